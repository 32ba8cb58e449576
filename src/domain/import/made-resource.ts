import type { Json, JsonObject } from '../json.ts';
import { metalLbApi } from '../metallb/api.ts';
import type { ConfigListName } from '../metallb/kind.ts';
import type { FoundResource } from '../plain-manifests/contribution.ts';
import type { Origin } from '../plain-manifests/origin.ts';

/** A resource that another tool makes from its own variables; fields without a value are left out. */
export function madeResource(
  list: ConfigListName,
  name: string,
  fields: { readonly [field: string]: Json | undefined },
  origin: Origin,
): FoundResource {
  const kind = metalLbApi.find((each) => each.config?.key === list)?.kind ?? list;
  const spec: JsonObject = Object.fromEntries(
    Object.entries(fields).flatMap(([key, value]): readonly [string, Json][] =>
      value === undefined || value === null ? [] : [[key, value]],
    ),
  );
  const parts = new Map([['/name', origin]]);
  return { list, kind, value: { name, ...spec }, namespace: undefined, namespaceOrigin: origin, origin, parts };
}

/** A number that the variables of Ansible often hold as a text. */
export function asNumber(value: Json | undefined): Json | undefined {
  return typeof value === 'string' && /^\d{1,15}$/u.test(value) ? Number(value) : value;
}

/** A truth value, as the templates of Ansible understand one. */
export function asBoolean(value: Json | undefined): Json | undefined {
  if (typeof value !== 'string') {
    return value;
  }
  return /^(?:true|yes|on|false|no|off)$/iu.test(value) ? /^(?:true|yes|on)$/iu.test(value) : value;
}

/** One value or a list of them, as a list. */
export function asList(value: Json | undefined): Json | undefined {
  return typeof value === 'string' ? [value] : value;
}
