import { isJsonObject, type Json, type JsonObject, listAt, textAt, valueAt } from '../json.ts';

export interface Labels {
  readonly [key: string]: string;
}

interface Requirement {
  readonly key: string;
  readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';
  readonly values: readonly string[];
}

/** Kubernetes' LabelSelector: all requirements must hold. None at all selects everything. */
export interface LabelSelector {
  readonly requirements: readonly Requirement[];
}

const operators = ['In', 'NotIn', 'Exists', 'DoesNotExist'] as const;

/** The texts of a mapping; what is no text is left out. */
export function labelsAt(root: Json | undefined, ...path: readonly string[]): Labels {
  const value = valueAt(root, ...path);
  return isJsonObject(value) ? textsOf(value) : {};
}

function textsOf(value: JsonObject): Labels {
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, text]) => (typeof text === 'string' ? [[key, text]] : [])),
  );
}

/** Reads a selector; undefined where Kubernetes would refuse it. */
export function decodeSelector(value: Json): LabelSelector | undefined {
  if (!isJsonObject(value)) {
    return undefined;
  }
  const equal = Object.entries(labelsAt(value, 'matchLabels')).map(([key, text]): Requirement => ({
    key,
    operator: 'In',
    values: [text],
  }));
  const others = listAt(value, 'matchExpressions').map((each) => decodeRequirement(each));
  const read = others.filter((each) => each !== undefined);
  return read.length === others.length ? { requirements: [...equal, ...read] } : undefined;
}

function decodeRequirement(value: Json): Requirement | undefined {
  const key = textAt(value, 'key');
  const operator = operators.find((each) => each === textAt(value, 'operator'));
  const values = listAt(value, 'values').filter((each) => typeof each === 'string');
  if (key === undefined || operator === undefined) {
    return undefined;
  }
  const wantsValues = operator === 'In' || operator === 'NotIn';
  return wantsValues === values.length > 0 ? { key, operator, values } : undefined;
}

/** True where the labels fulfil every requirement. A label that is missing fulfils `NotIn`. */
export function selectorMatches(selector: LabelSelector, labels: Labels): boolean {
  return selector.requirements.every(({ key, operator, values }) => {
    const value = Object.hasOwn(labels, key) ? labels[key] : undefined;
    switch (operator) {
      case 'In':
        return value !== undefined && values.includes(value);
      case 'NotIn':
        return value === undefined || !values.includes(value);
      case 'Exists':
        return value !== undefined;
      case 'DoesNotExist':
        return value === undefined;
    }
  });
}

/** True where any of the selectors matches. */
export function anySelectorMatches(selectors: readonly LabelSelector[], labels: Labels): boolean {
  return selectors.some((selector) => selectorMatches(selector, labels));
}
