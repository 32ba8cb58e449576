import { checkCel } from '../../cel/program.ts';
import type { Checked } from '../../cel/program.ts';
import { optionalOf } from '../../cel/types/value-type.ts';
import type { ValueType } from '../../cel/types/value-type.ts';
import { isJsonObject, listAt, textAt, valueAt } from '../../json.ts';
import type { Json, JsonObject } from '../../json.ts';
import { invalidValue, notSupported, required } from '../../object-rules/field-errors.ts';
import { schemaType } from '../schema-type.ts';
import { violation } from '../violation.ts';
import type { Violation } from '../violation.ts';

/** The path of a list whose items cannot be followed from one version of an object to the next; undefined outside of any. */
type Loose = string | undefined;

/** What is wrong with the rules (`x-kubernetes-validations`) in a structural schema. */
export function ruleViolations(schema: JsonObject, path: string, loose?: Loose, isRoot = true): readonly Violation[] {
  const properties = isJsonObject(schema['properties']) ? Object.entries(schema['properties']) : [];
  const { items } = schema;
  const values = schema['additionalProperties'];
  const isFollowed = schema['x-kubernetes-list-type'] === 'map';
  const isWhole = schema['x-kubernetes-map-type'] === 'atomic';
  const own = loose ?? (isWhole ? path : undefined);
  return [
    ...ownRules(schema, path, loose, isRoot),
    ...properties.flatMap(([name, property]) =>
      isJsonObject(property) ? ruleViolations(property, `${path}.properties[${name}]`, own, false) : [],
    ),
    ...(isJsonObject(items)
      ? ruleViolations(items, `${path}.items`, own ?? (isFollowed ? undefined : `${path}.items`), false)
      : []),
    ...(isJsonObject(values) ? ruleViolations(values, `${path}.additionalProperties`, own, false) : []),
  ];
}

function ownRules(schema: JsonObject, path: string, loose: Loose, isRoot: boolean): readonly Violation[] {
  const rules = listAt(schema, 'x-kubernetes-validations');
  if (rules.length === 0) {
    return [];
  }
  const isResource = isRoot || schema['x-kubernetes-embedded-resource'] === true;
  const self = schemaType(schema, 'selfType1', isResource);
  const at = (index: number): string => `${path}.x-kubernetes-validations[${index}]`;
  const said = rules.flatMap((rule, index) => wordViolations(rule, schema, at(index)));
  if (said.length > 0 || self === undefined) {
    return said;
  }
  return rules.flatMap((rule, index) => expressionViolations(rule, { self, loose, at: at(index) }));
}

const reasons = ['FieldValueDuplicate', 'FieldValueForbidden', 'FieldValueInvalid', 'FieldValueRequired'];

function wordViolations(rule: Json, schema: JsonObject, at: string): readonly Violation[] {
  const source = (textAt(rule, 'rule') ?? '').trim();
  const message = textAt(rule, 'message') ?? '';
  const expression = textAt(rule, 'messageExpression') ?? '';
  const fieldPath = textAt(rule, 'fieldPath') ?? '';
  const reason = textAt(rule, 'reason');
  return [
    ...(source === '' ? [required(`${at}.rule`, 'rule is not specified')] : []),
    ...messageViolations(message, source, `${at}.message`),
    ...(expression !== '' && expression.trim() === ''
      ? [required(`${at}.messageExpression`, 'messageExpression must be non-empty if specified')]
      : []),
    ...(reason === undefined || reasons.includes(reason) ? [] : [notSupported(`${at}.reason`, reason, reasons)]),
    ...(fieldPath === '' || isPath(fieldPath, schema)
      ? []
      : [invalidValue(`${at}.fieldPath`, fieldPath, 'must be a valid path')]),
  ];
}

function messageViolations(message: string, rule: string, at: string): readonly Violation[] {
  const text = message.trim();
  if (message !== '' && text === '') {
    return [invalidValue(at, message, 'must be non-empty if specified')];
  }
  if (/[\r\n]/u.test(text)) {
    return [invalidValue(at, message, 'must not contain line breaks')];
  }
  const isNeeded = /[\r\n]/u.test(rule) && text === '';
  return isNeeded ? [required(at, 'message must be specified if rule contains line breaks')] : [];
}

/** A path from the value that the rule is about to a field that its schema declares. */
function isPath(path: string, schema: JsonObject): boolean {
  const steps = [...path.matchAll(/\.([A-Za-z_][\w-]*)|\['((?:[^'\\]|\\.)*)'\]/gu)];
  if (steps.map(([text]) => text).join('') !== path) {
    return false;
  }
  let here: Json | undefined = schema;
  for (const [, plain, quoted] of steps) {
    const name = plain ?? (quoted ?? '').replaceAll(/\\(.)/gu, '$1');
    here = valueAt(here, 'properties', name) ?? valueAt(here, 'additionalProperties');
    if (!isJsonObject(here)) {
      return false;
    }
  }
  return true;
}

interface Place {
  readonly self: ValueType;
  readonly loose: Loose;
  readonly at: string;
}

function expressionViolations(rule: Json, { self, loose, at }: Place): readonly Violation[] {
  const source = textAt(rule, 'rule') ?? '';
  const expression = textAt(rule, 'messageExpression') ?? '';
  const isOptional = valueAt(rule, 'optionalOldSelf') === true;
  const variables = new Map([
    ['self', self],
    ['oldSelf', isOptional ? optionalOf(self) : self],
  ]);
  const checked = checkCel(source, variables);
  const message = expression === '' ? undefined : checkCel(expression, variables);
  const wrong = (field: string, why: string | undefined): readonly Violation[] => {
    const shown = `Invalid value: ${shownRule(rule)}: ${why ?? ''}`;
    return why === undefined ? [] : [violation('FieldValueInvalid', `${at}.${field}`, shown)];
  };
  const broken = 'messageExpression compilation failed';
  return [
    ...wrong('rule', judge(checked, 'bool', ['compilation failed', 'cel expression must evaluate to a bool'])),
    ...wrong('messageExpression', judge(message, 'string', [broken, 'messageExpression must evaluate to a string'])),
    ...oldViolations(rule, checked.ok && checked.reads.has('oldSelf'), isOptional ? undefined : loose, at),
  ];
}

/** A rule that reads what was before must be able to know what that is. */
function oldViolations(rule: Json, usesOld: boolean, loose: Loose, at: string): readonly Violation[] {
  const optional = valueAt(rule, 'optionalOldSelf');
  if (!usesOld) {
    const unused = 'may not be set if oldSelf is not used in rule';
    return optional === undefined ? [] : [invalidValue(`${at}.optionalOldSelf`, optional, unused)];
  }
  const why = 'oldSelf cannot be used on the uncorrelatable portion of the schema within';
  const shown = `Invalid value: ${shownRule(rule)}: ${why} ${loose ?? ''}`;
  return loose === undefined ? [] : [violation('FieldValueInvalid', `${at}.rule`, shown)];
}

function judge(
  checked: Checked | undefined,
  wanted: string,
  [broken, mistyped]: readonly [broken: string, mistyped: string],
): string | undefined {
  if (checked?.ok === false) {
    return `${broken}: ${checked.mistake}`;
  }
  return checked === undefined || checked.type.name === wanted ? undefined : mistyped;
}

/** As Go prints its own form of a rule. */
function shownRule(rule: Json): string {
  const whole = {
    Rule: textAt(rule, 'rule') ?? '',
    Message: textAt(rule, 'message') ?? '',
    MessageExpression: textAt(rule, 'messageExpression') ?? '',
    Reason: textAt(rule, 'reason') ?? null,
    FieldPath: textAt(rule, 'fieldPath') ?? '',
    OptionalOldSelf: valueAt(rule, 'optionalOldSelf') ?? null,
  };
  const escapes: { readonly [sign: string]: string } = { '<': '\\u003c', '>': '\\u003e', '&': '\\u0026' };
  return JSON.stringify(whole).replaceAll(/[<>&]/gu, (sign) => escapes[sign] ?? sign);
}
