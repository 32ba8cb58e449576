import { canonicalJson, isJsonArray, isJsonObject, type Json, listAt, textAt, valueAt } from '../../json.ts';
import { excludeEachOther } from './selector-logic.ts';
import { itemsOf, type Path, resourceKinds, type RuleContext, type RuleFinding } from './rule.ts';

/** Every list of label selectors, as the path from its resource. */
const selectorLists = {
  ipAddressPool: [
    ['serviceAllocation', 'namespaceSelectors'],
    ['serviceAllocation', 'serviceSelectors'],
  ],
  l2Advertisement: [['ipAddressPoolSelectors'], ['nodeSelectors'], ['serviceSelectors']],
  bgpAdvertisement: [['ipAddressPoolSelectors'], ['nodeSelectors'], ['serviceSelectors']],
  bgpPeer: [['nodeSelectors']],
} as const;

interface SelectorList {
  readonly path: Path;
  /** For people: where the list is. */
  readonly words: string;
  readonly selectors: readonly Json[];
}

function allLists({ config }: RuleContext): readonly SelectorList[] {
  return (['ipAddressPool', 'l2Advertisement', 'bgpAdvertisement', 'bgpPeer'] as const).flatMap((key) =>
    itemsOf(config, key).flatMap((item) =>
      selectorLists[key].flatMap((steps): readonly SelectorList[] => {
        const selectors = listAt(item.value, ...steps);
        const words = `${steps.join('.')} of the ${resourceKinds[key]} ${item.name}`;
        return selectors.length === 0 ? [] : [{ path: [...item.path, ...steps], words, selectors }];
      }),
    ),
  );
}

/** MetalLB refuses a selector that stands twice in one list, however its values are ordered. */
export function selectorsDiffer(context: RuleContext): readonly RuleFinding[] {
  return allLists(context).flatMap(({ path, words, selectors }) =>
    repeats(selectors).map(({ index, first }) => ({
      code: 'selector-duplicate' as const,
      path: [...path, index],
      message: `Selector number ${String(index + 1)} in ${words} is the same as number ${String(first + 1)}.`,
      remedy: 'Remove one of the two.',
    })),
  );
}

/** Within a selector neither a condition nor a value of one may stand twice. */
export function conditionsDiffer(context: RuleContext): readonly RuleFinding[] {
  return eachSelector(context).flatMap(({ path, words, selector }) => {
    const conditions = listAt(selector, 'matchExpressions');
    const twice = repeats(conditions).map(({ index }) => ({
      code: 'selector-duplicate' as const,
      path: [...path, 'matchExpressions', index],
      message: `A selector in ${words} holds one condition twice.`,
      remedy: 'Remove one of the two.',
    }));
    const values = conditions.flatMap((condition, at) =>
      repeats(listAt(condition, 'values')).map(({ index, value }) => ({
        code: 'list-duplicate' as const,
        path: [...path, 'matchExpressions', at, 'values', index],
        message: `A condition on ${textAt(condition, 'key') ?? 'a label'} in ${words} holds ${canonicalJson(value)} twice.`,
        remedy: `Remove one ${canonicalJson(value)}.`,
      })),
    );
    return [...twice, ...values];
  });
}

/** Kubernetes' own rule: In and NotIn compare with values, Exists and DoesNotExist with none. */
export function conditionsHaveTheirValues(context: RuleContext): readonly RuleFinding[] {
  return eachSelector(context).flatMap(({ path, words, selector }) =>
    listAt(selector, 'matchExpressions').flatMap((condition, index) => {
      const operator = textAt(condition, 'operator') ?? '';
      const given = listAt(condition, 'values').length > 0;
      const needed = operator === 'In' || operator === 'NotIn';
      if (given === needed || !['In', 'NotIn', 'Exists', 'DoesNotExist'].includes(operator)) {
        return [];
      }
      const below: Path = [...path, 'matchExpressions', index];
      return [
        {
          code: 'selector-values' as const,
          path: given ? [...below, 'values'] : below,
          message: `The condition ${operator} on ${textAt(condition, 'key') ?? 'a label'} in ${words} has ${given ? 'values' : 'no values'}.`,
          remedy: given
            ? 'Remove values, or write operator: In.'
            : 'Write values: and what the label may be, or operator: Exists.',
        },
      ];
    }),
  );
}

/** A selector that asks for opposite things matches nothing, and what it restricts is in vain. */
export function selectorsCanMatch(context: RuleContext): readonly RuleFinding[] {
  return eachSelector(context)
    .filter(({ selector }) => excludeEachOther(selector, {}))
    .map(({ path, words }) => ({
      code: 'selector-impossible' as const,
      path,
      message: `A selector in ${words} asks for opposite things of one label: it matches nothing.`,
      remedy: 'All parts of a selector must hold at once. For one or the other, write two selectors, or operator: In.',
    }));
}

function eachSelector(
  context: RuleContext,
): readonly { readonly path: Path; readonly words: string; readonly selector: Json }[] {
  return allLists(context).flatMap(({ path, words, selectors }) =>
    selectors.map((selector, index) => ({ path: [...path, index], words, selector })),
  );
}

interface Repeat {
  readonly index: number;
  readonly first: number;
  readonly value: Json;
}

function repeats(values: readonly Json[]): readonly Repeat[] {
  if (values.length < 2) {
    return [];
  }
  const known = new Map<string, number>();
  return values.flatMap((value, index) => {
    const text = comparable(value);
    const first = known.get(text);
    if (first === undefined) {
      known.set(text, index);
      return [];
    }
    return [{ index, first, value }];
  });
}

/** Equal for selectors that MetalLB takes for one: it sorts the values of each condition, and nothing else, first. */
function comparable(value: Json): string {
  if (!isJsonObject(value)) {
    return canonicalJson(value);
  }
  const values = valueAt(value, 'values');
  const conditions = valueAt(value, 'matchExpressions');
  return canonicalJson({
    ...value,
    ...(isJsonArray(values) ? { values: values.map((each) => canonicalJson(each)).toSorted() } : {}),
    ...(isJsonArray(conditions) ? { matchExpressions: conditions.map((each) => comparable(each)) } : {}),
  });
}
