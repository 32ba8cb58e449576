import { isJsonArray, isJsonObject, textAt } from '../../../domain/json.ts';
import type { Json } from '../../../domain/json.ts';

type Step = (values: readonly Json[]) => readonly Json[];

/**
 * The values at a printer column's path: `.a.b`, `['a.b']`, `[0]`, `[*]`, and `[?(@.type=="Ready")]` with an equality. A path
 * that is none gives nothing.
 */
export function valuesAt(object: Json, path: string): readonly Json[] {
  let values: readonly Json[] = [object];
  for (const step of stepsOf(path)) {
    values = step(values);
  }
  return values;
}

const grammar =
  /\.?\[\?\(@\.([\w.\\-]+)\s*==\s*["']([^"']*)["']\)\]|\.?\[["']([^"']+)["']\]|\.?\[(-?\d+|\*)\]|\.((?:\\.|[^.[\]\\])+)/gu;

function stepsOf(path: string): readonly Step[] {
  return [...path.matchAll(grammar)].map(([, key, wanted, quoted, index, plain]): Step => {
    if (key !== undefined) {
      return (values) => items(values).filter((item) => valueText(item, key) === wanted);
    }
    if (index === '*') {
      return items;
    }
    if (index !== undefined) {
      return (values) => values.flatMap((value) => (isJsonArray(value) ? value.slice(Number(index)).slice(0, 1) : []));
    }
    const name = quoted ?? (plain ?? '').replaceAll(/\\(.)/gu, '$1');
    return (values) => values.flatMap((value) => field(value, name));
  });
}

function items(values: readonly Json[]): readonly Json[] {
  return values.flatMap((value) => (isJsonArray(value) ? value : []));
}

function field(value: Json, name: string): readonly Json[] {
  const found = isJsonObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
  return found === undefined ? [] : [found];
}

function valueText(item: Json, key: string): string | undefined {
  return textAt(item, ...key.split('.'));
}
