import type { ShortCase } from './short-case.ts';

const group = 'expressions.metalwave.io';
const at = 'spec.validation.openAPIV3Schema.properties[spec].x-kubernetes-validations[0]';

const spec = {
  type: 'object',
  properties: {
    s: { type: 'string', maxLength: 5 },
    b: { type: 'boolean' },
    n: { type: 'number' },
    i: { type: 'integer' },
    l: { type: 'array', maxItems: 3, items: { type: 'integer' } },
    m: { type: 'object', maxProperties: 3, additionalProperties: { type: 'string', maxLength: 5 } },
    o: { type: 'object', properties: { a: { type: 'integer' } } },
    either: { 'x-kubernetes-int-or-string': true },
    when: { type: 'string', format: 'date-time' },
    take: { type: 'string', format: 'duration' },
    open: { 'x-kubernetes-preserve-unknown-fields': true },
    named: { type: 'object', 'x-kubernetes-embedded-resource': true, 'x-kubernetes-preserve-unknown-fields': true },
  },
} as const;

function definition(rule: object): object {
  const schema = {
    type: 'object',
    properties: { spec: { ...spec, 'x-kubernetes-validations': [rule] } },
  };
  return {
    metadata: { name: `exprs.${group}` },
    spec: {
      group,
      names: { kind: 'Expr', plural: 'exprs' },
      scope: 'Namespaced',
      versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: schema } }],
    },
  };
}

interface Rule {
  readonly rule: string;
  readonly message?: string;
  readonly messageExpression?: string;
  readonly reason?: string;
  readonly fieldPath?: string;
  readonly optionalOldSelf?: boolean;
}

const begin = `CustomResourceDefinition.apiextensions.k8s.io "exprs.${group}" is invalid: ${at}`;

function shown({ rule, message = '', messageExpression = '', fieldPath = '', reason, optionalOldSelf }: Rule): string {
  const whole = {
    Rule: rule,
    Message: message,
    MessageExpression: messageExpression,
    Reason: reason ?? null,
    FieldPath: fieldPath,
    OptionalOldSelf: optionalOldSelf ?? null,
  };
  return JSON.stringify(whole).replaceAll('<', '\\u003c').replaceAll('>', '\\u003e').replaceAll('&', '\\u0026');
}

function refused(rule: Rule, told: string): ShortCase {
  const message = `${begin}.${told}`;
  return [
    `the rule ${JSON.stringify(rule)} is refused`,
    ['POST definitions?dryRun=All', definition(rule), { code: 422, reason: 'Invalid', message }],
  ];
}

/** What the checker says of a rule, with its line and a mark below the column. */
function mistaken(rule: string, ...mistakes: readonly (readonly [column: number, told: string])[]): ShortCase {
  const told = mistakes.map(
    ([column, text]) => `ERROR: <input>:1:${column}: ${text}\n | ${rule}\n | ${'.'.repeat(column - 1)}^`,
  );
  return refused({ rule }, `rule: Invalid value: ${shown({ rule })}: compilation failed: ${told.join('\n')}`);
}

function accepted(rule: string): ShortCase {
  return [`the rule ${rule} is accepted`, ['POST definitions?dryRun=All', definition({ rule }), 201]];
}

const noOverload = (name: string, given: string): string =>
  `found no matching overload for '${name}' applied to '${given}'`;
const undeclared = (name: string): string => `undeclared reference to '${name}' (in container '')`;

const types: readonly ShortCase[] = [
  mistaken('self.zz > 1', [5, "undefined field 'zz'"]),
  mistaken('has(self.zz)', [4, "undefined field 'zz'"]),
  mistaken('self.open == 1', [5, "undefined field 'open'"]),
  mistaken('zz == 1', [1, undeclared('zz')]),
  mistaken('authorizer == 1', [1, undeclared('authorizer')]),
  mistaken('zz(self.i)', [3, undeclared('zz')]),
  mistaken('self.i.zz()', [10, undeclared('zz')]),
  mistaken('self.i > "x"', [8, noOverload('_>_', '(int, string)')]),
  mistaken('self.i == 1.0', [8, noOverload('_==_', '(int, double)')]),
  mistaken('self.i in ["x"]', [8, noOverload('@in', '(int, list(string))')]),
  mistaken('self.m[1] == "x"', [7, noOverload('_[_]', '(map(string, string), int)')]),
  mistaken('self.l["x"] == 1', [7, noOverload('_[_]', '(list(int), string)')]),
  mistaken('self.i.startsWith("x")', [18, noOverload('startsWith', 'int.(string)')]),
  mistaken('self.s.matches(1)', [15, noOverload('matches', 'string.(int)')]),
  mistaken('size(self.i) > 1', [5, noOverload('size', '(int)')]),
  mistaken('self.take > "1s"', [11, noOverload('_>_', '(duration, string)')]),
  mistaken('self.when > "x"', [11, noOverload('_>_', '(timestamp, string)')]),
  mistaken('!self.i', [1, noOverload('!_', '(int)')]),
  mistaken('self.b ? true : 1', [8, noOverload('_?_:_', '(bool, bool, int)')]),
  mistaken(
    'self.i && self.s',
    [5, "expected type 'bool' but found 'int'"],
    [15, "expected type 'bool' but found 'string'"],
  ),
  mistaken('[1, "a"].size() == 1', [5, "expected type 'int' but found 'string'"]),
  mistaken('self.s.size == 1', [7, "type 'string' does not support field selection"]),
  mistaken('self.i.all(x, x)', [
    5,
    "expression of type 'int' cannot be range of a comprehension (must be list, map, or dynamic)",
  ]),
  mistaken('self.l.all(x, x)', [15, "expected type 'bool' but found 'int'"]),
  mistaken('self.l.filter(x, x) == []', [14, noOverload('_?_:_', '(int, list(int), list(int))')]),
  mistaken('quantity(self.s).isGreaterThan(1)', [31, noOverload('isGreaterThan', 'kubernetes.Quantity.(int)')]),
  mistaken('self.?s.orValue(1) == 1', [16, noOverload('orValue', 'optional_type(string).(int)')]),
  mistaken('self.s.matches("[")', [16, 'invalid matches argument']),
  mistaken('self.take == duration("1x")', [23, 'invalid duration argument']),
  accepted('self.either == 1 && self.either.startsWith("x")'),
  accepted('self.n > 1 && self.i < 1.5'),
  accepted('self.named.metadata.name == "x" && self.o.a == 1'),
  accepted('self.l.map(x, x * 2).exists_one(i, v, i == v)'),
  accepted('lists.range(3).first() == optional.of(0) && semver("1.2.3").major() == 1'),
  accepted('self.m.transformList(k, v, k + v).sort() == [""]'),
];

const syntax: readonly ShortCase[] = [
  mistaken('self.i == 1 2', [13, "Syntax error: extraneous input '2' expecting <EOF>"]),
  mistaken('self.l.all(1, x)', [12, 'argument must be a simple name']),
  mistaken('has(self)', [5, 'invalid argument to has() macro']),
  mistaken('if == 1', [1, 'reserved identifier: if']),
  mistaken('9223372036854775808 == 2', [1, 'invalid int literal']),
];

const parts: readonly ShortCase[] = [
  refused(
    { rule: 'self.i' },
    `rule: Invalid value: ${shown({ rule: 'self.i' })}: cel expression must evaluate to a bool`,
  ),
  refused({ rule: ' ' }, 'rule: Required value: rule is not specified'),
  refused(
    { rule: 'self.b', messageExpression: 'self.i' },
    `messageExpression: Invalid value: ${shown({ rule: 'self.b', messageExpression: 'self.i' })}: messageExpression must evaluate to a string`,
  ),
  refused(
    { rule: 'self.b', messageExpression: '"x" + self.i' },
    `messageExpression: Invalid value: ${shown({ rule: 'self.b', messageExpression: '"x" + self.i' })}: messageExpression compilation failed: ` +
      `ERROR: <input>:1:5: ${noOverload('_+_', '(string, int)')}\n | "x" + self.i\n | ....^`,
  ),
  refused({ rule: 'self.b', fieldPath: '.zz' }, 'fieldPath: Invalid value: ".zz": must be a valid path'),
  refused({ rule: 'self.b', fieldPath: 's' }, 'fieldPath: Invalid value: "s": must be a valid path'),
  refused({ rule: 'self.b', message: 'a\nb' }, 'message: Invalid value: "a\\nb": must not contain line breaks'),
  refused(
    { rule: 'self.b\n&& true' },
    'message: Required value: message must be specified if rule contains line breaks',
  ),
  refused(
    { rule: 'self.b', reason: 'Odd' },
    'reason: Unsupported value: "Odd": supported values: "FieldValueDuplicate", "FieldValueForbidden", "FieldValueInvalid", "FieldValueRequired"',
  ),
  refused(
    { rule: 'self.b', optionalOldSelf: true },
    'optionalOldSelf: Invalid value: true: may not be set if oldSelf is not used in rule',
  ),
];

/** Rules of definitions are checked against the types of their schema when the definition is written. */
export const expressionRows: readonly ShortCase[] = [...types, ...syntax, ...parts];
