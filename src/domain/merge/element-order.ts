import { isJsonObject, jsonEqual } from '../json.ts';
import type { Json } from '../json.ts';

/**
 * A merged list in the order that a patch asks for (`$setElementOrder`). Elements that the order names stand as it says; all
 * others keep the order of the list before, each in front of the first named element that followed it there.
 */
export function inElementOrder(
  items: readonly Json[],
  order: readonly Json[],
  before: readonly Json[],
  key: string | undefined,
): readonly Json[] {
  const keyOf = (item: Json): Json => (key !== undefined && isJsonObject(item) ? (item[key] ?? null) : item);
  const placeIn = (list: readonly Json[], item: Json): number =>
    list.findIndex((one) => jsonEqual(keyOf(one), keyOf(item)));
  const byPlace = (list: readonly Json[], some: readonly Json[]): Json[] =>
    some.toSorted((left, right) => placeIn(list, left) - placeIn(list, right));
  const named = byPlace(
    order,
    items.filter((item) => placeIn(order, item) >= 0),
  );
  const others = byPlace(
    before,
    items.filter((item) => placeIn(order, item) < 0),
  );
  const result: Json[] = [];
  for (const item of named) {
    const place = placeIn(before, item);
    for (let other = others[0]; other !== undefined && place > placeIn(before, other); other = others[0]) {
      result.push(other);
      others.shift();
    }
    result.push(item);
  }
  return [...result, ...others];
}
