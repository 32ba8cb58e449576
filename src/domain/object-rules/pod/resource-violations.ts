import { parseQuantity } from '../../cel/quantity.ts';
import { qualifiedName } from '../../crd/name-rules.ts';
import type { Violation } from '../../crd/violation.ts';
import { isJsonObject, valueAt } from '../../json.ts';
import type { Json } from '../../json.ts';
import { invalidValue, named } from '../field-errors.ts';

const standard: ReadonlySet<string> = new Set(['cpu', 'memory', 'ephemeral-storage']);

function entriesAt(resources: Json | undefined, name: string): readonly (readonly [string, string])[] {
  const map = valueAt(resources, name);
  return Object.entries(isJsonObject(map) ? map : {}).map(([key, value]) => [
    key,
    typeof value === 'string' ? value : JSON.stringify(value),
  ]);
}

/** What a container asks for and is limited to: amounts of known things, the one never more than the other. */
export function resourceViolations(field: string, resources: Json | undefined): readonly Violation[] {
  const limits = new Map(entriesAt(resources, 'limits'));
  return [
    ...[...limits].flatMap(([name, amount]) => amountViolations(`${field}.limits[${name}]`, name, amount)),
    ...entriesAt(resources, 'requests').flatMap(([name, amount]) => [
      ...amountViolations(`${field}.requests[${name}]`, name, amount),
      ...excess(`${field}.requests`, name, amount, limits.get(name)),
    ]),
  ];
}

function amountViolations(field: string, name: string, amount: string): readonly Violation[] {
  const isKnown = standard.has(name) || name.startsWith('hugepages-') || name.includes('/');
  const nano = parseQuantity(amount)?.nano ?? 0n;
  return [
    ...named(field, name, qualifiedName),
    ...(isKnown
      ? []
      : ['must be a standard resource type or fully qualified', 'must be a standard resource for containers'].map(
          (rule) => invalidValue(field, name, rule),
        )),
    ...(nano < 0n ? [invalidValue(field, amount, 'must be greater than or equal to 0')] : []),
  ];
}

function excess(field: string, name: string, amount: string, limit: string | undefined): readonly Violation[] {
  const asked = parseQuantity(amount)?.nano ?? 0n;
  const most = limit === undefined ? undefined : parseQuantity(limit)?.nano;
  return most === undefined || asked <= most
    ? []
    : [invalidValue(field, amount, `must be less than or equal to ${name} limit of ${limit ?? ''}`)];
}
