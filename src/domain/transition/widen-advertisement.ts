import { isJsonObject, jsonEqual, listAt, type Json, type JsonObject } from '../json.ts';
import { asJson, type KubeObject } from '../manifest/kube-object.ts';

/** The two fields by which an advertisement chooses pools; both empty means every pool. */
const choices = ['ipAddressPools', 'ipAddressPoolSelectors'] as const;

function choosesAll(spec: Json | undefined): boolean {
  return choices.every((field) => listAt(spec, field).length === 0);
}

function union(before: readonly Json[], after: readonly Json[]): readonly Json[] {
  return [...after, ...before.filter((one) => !after.some((other) => jsonEqual(one, other)))];
}

function specOf(object: KubeObject): JsonObject {
  const { spec } = object;
  return isJsonObject(spec) ? spec : {};
}

/**
 * The advertisement as planned, but for the pools of before as well. undefined: it already speaks for those, or its choice
 * does not change.
 */
export function widenAdvertisement(live: KubeObject, planned: KubeObject): KubeObject | undefined {
  const before = asJson(live);
  const spec = specOf(planned);
  if (choosesAll(spec)) {
    return undefined;
  }
  const wide: JsonObject = choosesAll(specOf(live))
    ? Object.fromEntries(Object.entries(spec).filter(([field]) => !choices.some((choice) => choice === field)))
    : {
        ...spec,
        ...Object.fromEntries(
          choices
            .map((field) => [field, union(listAt(before, 'spec', field), listAt(spec, field))] as const)
            .filter(([, list]) => list.length > 0),
        ),
      };
  return jsonEqual(wide, spec) ? undefined : { ...planned, spec: wide };
}
