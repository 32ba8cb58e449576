import { labelPairViolations } from '../crd/metadata-rules.ts';
import { labelValue, qualifiedName } from '../crd/name-rules.ts';
import type { Violation } from '../crd/violation.ts';
import { isJsonObject, listAt, textAt } from '../json.ts';
import type { Json, JsonObject } from '../json.ts';
import { forbidden, invalidValue, named, required } from './field-errors.ts';

/** What is wrong with a selector of labels and expressions. */
export function selectorViolations(field: string, selector: Json | undefined): readonly Violation[] {
  return [
    ...labelPairViolations(`${field}.matchLabels`, isJsonObject(selector) ? selector['matchLabels'] : undefined),
    ...listAt(selector, 'matchExpressions').flatMap((expression, index) =>
      expressionViolations(`${field}.matchExpressions[${index}]`, expression),
    ),
  ];
}

function expressionViolations(field: string, expression: Json): readonly Violation[] {
  const operator = textAt(expression, 'operator') ?? '';
  const values = listAt(expression, 'values');
  return [
    ...operatorViolations(field, operator, values.length),
    ...named(`${field}.key`, textAt(expression, 'key') ?? '', qualifiedName),
    ...values.flatMap((value, index) =>
      typeof value === 'string' ? named(`${field}.values[${index}]`, value, labelValue) : [],
    ),
  ];
}

function operatorViolations(field: string, operator: string, values: number): readonly Violation[] {
  switch (operator) {
    case 'In':
    case 'NotIn':
      return values > 0 ? [] : [required(`${field}.values`, "must be specified when `operator` is 'In' or 'NotIn'")];
    case 'Exists':
    case 'DoesNotExist':
      return values === 0
        ? []
        : [forbidden(`${field}.values`, "may not be specified when `operator` is 'Exists' or 'DoesNotExist'")];
    default:
      return [invalidValue(`${field}.operator`, operator, 'not a valid selector operator')];
  }
}

/** Whether labels are selected; a selector of nothing selects everything. */
export function selectsLabels(selector: Json | undefined, labels: JsonObject): boolean {
  const pairs = isJsonObject(selector) && isJsonObject(selector['matchLabels']) ? selector['matchLabels'] : {};
  return (
    Object.entries(pairs).every(([key, value]) => labels[key] === value) &&
    listAt(selector, 'matchExpressions').every((expression) => meets(expression, labels))
  );
}

function meets(expression: Json, labels: JsonObject): boolean {
  const key = textAt(expression, 'key') ?? '';
  const isThere = Object.hasOwn(labels, key);
  const isListed = isThere && listAt(expression, 'values').includes(labels[key] ?? '');
  switch (textAt(expression, 'operator') ?? '') {
    case 'In':
      return isListed;
    case 'NotIn':
      return !isListed;
    case 'Exists':
      return isThere;
    default:
      return !isThere;
  }
}
