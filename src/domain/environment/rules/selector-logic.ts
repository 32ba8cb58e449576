import { isJsonObject, type Json, type JsonObject, listAt, textAt, valueAt } from '../../json.ts';

/** One thing that a label selector asks of one label. */
interface Demand {
  readonly key: string;
  readonly operator: string;
  readonly values: readonly Json[];
}

function demandsOf(selector: Json): readonly Demand[] {
  const labels = valueAt(selector, 'matchLabels');
  const pairs = isJsonObject(labels) ? Object.entries(labels) : [];
  return [
    ...pairs.map(([key, value]): Demand => ({ key, operator: 'In', values: [value] })),
    ...listAt(selector, 'matchExpressions').map((condition) => ({
      key: textAt(condition, 'key') ?? '',
      operator: textAt(condition, 'operator') ?? '',
      values: listAt(condition, 'values'),
    })),
  ];
}

/** True where nothing can have labels that both selectors ask for. An empty selector excludes nothing. */
export function excludeEachOther(left: Json, right: Json): boolean {
  const byKey = new Map<string, Demand[]>();
  for (const demand of [...demandsOf(left), ...demandsOf(right)]) {
    byKey.set(demand.key, [...(byKey.get(demand.key) ?? []), demand]);
  }
  return [...byKey.values()].some((demands) => !areSatisfiable(demands));
}

function areSatisfiable(demands: readonly Demand[]): boolean {
  const wanted = demands.filter(({ operator, values }) => operator === 'In' && values.length > 0);
  const isPresent = wanted.length > 0 || demands.some(({ operator }) => operator === 'Exists');
  if (isPresent && demands.some(({ operator }) => operator === 'DoesNotExist')) {
    return false;
  }
  const [first, ...others] = wanted;
  return (
    first === undefined ||
    first.values.some(
      (value) =>
        others.every(({ values }) => values.includes(value)) &&
        demands.every(({ operator, values }) => operator !== 'NotIn' || !values.includes(value)),
    )
  );
}

/** Kubernetes' own matching of a selector against labels. */
export function selects(selector: Json, labels: JsonObject): boolean {
  return demandsOf(selector).every(({ key, operator, values }) => {
    const value = Object.hasOwn(labels, key) ? labels[key] : undefined;
    switch (operator) {
      case 'In':
        return value !== undefined && values.includes(value);
      case 'NotIn':
        return value === undefined || !values.includes(value);
      case 'Exists':
        return value !== undefined;
      default:
        return value === undefined;
    }
  });
}
