import { isJsonArray, isJsonObject, jsonEqual } from '../../../domain/json.ts';
import type { Json } from '../../../domain/json.ts';
import { StatusError, badRequest } from '../answers/status-error.ts';

/** JSON merge patch (RFC 7386): null removes, mappings merge, everything else replaces. */
export function mergePatch(target: Json | undefined, patch: Json): Json {
  if (!isJsonObject(patch)) {
    return patch;
  }
  const merged: { [name: string]: Json } = isJsonObject(target) ? { ...target } : {};
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) {
      delete merged[name];
    } else {
      merged[name] = mergePatch(merged[name], value);
    }
  }
  return merged;
}

/** JSON patch (RFC 6902), whole or not at all. */
export function jsonPatch(target: Json, patch: Json): Json {
  if (!isJsonArray(patch)) {
    throw badRequest('a JSON patch must be a list of operations');
  }
  return patch.reduce<Json>((document, operation) => applyOperation(document, operation), target);
}

function applyOperation(document: Json, operation: Json): Json {
  const { op, path, from, value } = isJsonObject(operation) ? operation : {};
  const to = pointer(path);
  switch (typeof op === 'string' ? op : '') {
    case 'add':
      return change(document, to, () => value ?? null, true);
    case 'replace':
      return change(document, to, () => value ?? null, false);
    case 'remove':
      return change(document, to, () => undefined, false);
    case 'copy':
      return change(document, to, () => read(document, pointer(from)), true);
    case 'move': {
      const moved = read(document, pointer(from));
      return change(
        change(document, pointer(from), () => undefined, false),
        to,
        () => moved,
        true,
      );
    }
    case 'test':
      if (!jsonEqual(read(document, to), value ?? null)) {
        throw refused();
      }
      return document;
    default:
      throw refused();
  }
}

function refused(): StatusError {
  return new StatusError(422, 'Invalid', 'the server rejected our request due to an error in our request', {});
}

function pointer(text: Json | undefined): readonly string[] {
  if (typeof text !== 'string' || (text !== '' && !text.startsWith('/'))) {
    throw refused();
  }
  return text
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function read(document: Json, path: readonly string[]): Json {
  let here: Json | undefined = document;
  for (const step of path) {
    const next: Json | undefined = isJsonObject(here) ? here[step] : undefined;
    here = isJsonArray(here) ? here[Number(step)] : next;
  }
  if (here === undefined) {
    throw refused();
  }
  return here;
}

function change(document: Json, path: readonly string[], make: () => Json | undefined, mayBeNew: boolean): Json {
  const [step, ...rest] = path;
  if (step === undefined) {
    return make() ?? null;
  }
  if (isJsonArray(document)) {
    return changeItem(document, step, (item) => (rest.length === 0 ? make() : change(item, rest, make, mayBeNew)), {
      insert: mayBeNew && rest.length === 0,
    });
  }
  if (!isJsonObject(document) || (!(mayBeNew && rest.length === 0) && !Object.hasOwn(document, step))) {
    throw refused();
  }
  const changed: { [name: string]: Json } = { ...document };
  const value = rest.length === 0 ? make() : change(document[step] ?? null, rest, make, mayBeNew);
  if (value === undefined) {
    delete changed[step];
  } else {
    changed[step] = value;
  }
  return changed;
}

function changeItem(
  items: readonly Json[],
  step: string,
  make: (item: Json) => Json | undefined,
  { insert }: { readonly insert: boolean },
): Json {
  const index = step === '-' ? items.length : Number(step);
  const limit = insert ? items.length : items.length - 1;
  if (!Number.isInteger(index) || index < 0 || index > limit) {
    throw refused();
  }
  const value = make(items[index] ?? null);
  return items.toSpliced(index, insert ? 0 : 1, ...(value === undefined ? [] : [value]));
}
