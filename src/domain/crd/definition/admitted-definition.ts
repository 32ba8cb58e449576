import { isJsonObject, listAt, textAt, valueAt } from '../../json.ts';
import type { JsonObject } from '../../json.ts';
import { withSpec } from '../../object-rules/with-spec.ts';

/** Names that follow from others, and a record of every version that objects were ever stored in. */
export function admittedDefinition(object: JsonObject): JsonObject {
  const stored = listAt(object, 'status', 'storedVersions');
  const storage = listAt(object, 'spec', 'versions')
    .filter((version) => valueAt(version, 'storage') === true)
    .map((version) => textAt(version, 'name') ?? '')
    .slice(0, 1);
  const status = isJsonObject(object['status']) ? object['status'] : { acceptedNames: { kind: '', plural: '' } };
  const storedVersions = [...new Set([...stored, ...storage])];
  return withSpec({ ...object, status: { ...status, storedVersions } }, (spec) => {
    const names = isJsonObject(spec['names']) ? spec['names'] : {};
    const kind = textAt(names, 'kind') ?? '';
    const filled = kind === '' ? {} : { singular: kind.toLowerCase(), listKind: `${kind}List` };
    return { ...spec, names: { ...filled, ...names } };
  });
}
