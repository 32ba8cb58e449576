import type { DocumentPlace, Finding } from '../finding/finding.ts';
import { nearestName } from '../finding/nearest-name.ts';
import { pointerOf } from '../finding/place-finding.ts';
import { isJsonArray, isJsonObject, type Json, type JsonObject } from '../json.ts';
import { findingAt, type Origin, originBelow } from './origin.ts';

/** How one field of the old configuration is called today; `items` where it is a list of mappings with such fields. */
interface LegacyField {
  readonly name: string;
  readonly items?: LegacyFields;
}

/** By the old name. */
export interface LegacyFields {
  readonly [written: string]: LegacyField;
}

const nodeSelector: LegacyFields = {
  'match-labels': { name: 'matchLabels' },
  'match-expressions': {
    name: 'matchExpressions',
    items: { key: { name: 'key' }, operator: { name: 'operator' }, values: { name: 'values' } },
  },
};

export const legacyAdvertisementFields: LegacyFields = {
  'aggregation-length': { name: 'aggregationLength' },
  'aggregation-length-v6': { name: 'aggregationLengthV6' },
  localpref: { name: 'localPref' },
  'local-pref': { name: 'localPref' },
  communities: { name: 'communities' },
};

export const legacyPoolFields: LegacyFields = {
  name: { name: 'name' },
  protocol: { name: 'protocol' },
  addresses: { name: 'addresses' },
  'auto-assign': { name: 'autoAssign' },
  'avoid-buggy-ips': { name: 'avoidBuggyIPs' },
  'bgp-advertisements': { name: 'bgpAdvertisements' },
};

export const legacyPeerFields: LegacyFields = {
  'my-asn': { name: 'myASN' },
  'peer-asn': { name: 'peerASN' },
  'peer-address': { name: 'peerAddress' },
  'source-address': { name: 'sourceAddress' },
  'peer-port': { name: 'peerPort' },
  'hold-time': { name: 'holdTime' },
  'keepalive-time': { name: 'keepaliveTime' },
  'router-id': { name: 'routerID' },
  'node-selectors': { name: 'nodeSelectors', items: nodeSelector },
  password: { name: 'password' },
  'bfd-profile': { name: 'bfdProfile' },
  'ebgp-multihop': { name: 'ebgpMultiHop' },
  'ebgp-multi-hop': { name: 'ebgpMultiHop' },
};

export const legacyBfdFields: LegacyFields = {
  name: { name: 'name' },
  'receive-interval': { name: 'receiveInterval' },
  'transmit-interval': { name: 'transmitInterval' },
  'detect-multiplier': { name: 'detectMultiplier' },
  'echo-interval': { name: 'echoInterval' },
  'echo-mode': { name: 'echoMode' },
  'passive-mode': { name: 'passiveMode' },
  'minimum-ttl': { name: 'minimumTtl' },
};

/** A mapping under today's names, with where each part of it stood. */
export interface Renamed {
  readonly value: JsonObject;
  readonly parts: ReadonlyMap<string, Origin>;
  readonly findings: readonly Finding<DocumentPlace>[];
}

/** The two spellings there were: with dashes in the ConfigMap, in camel case in AddressPool. */
const plain = (name: string): string => name.replaceAll('-', '').toLowerCase();

/** Fields of the old configuration under the names they have today. What it never had is a finding, and left out. */
export function renamed(fields: JsonObject, known: LegacyFields, origin: Origin): Renamed {
  const byName = new Map(Object.entries(known).map(([written, field]) => [plain(written), field]));
  const value: { [name: string]: Json } = {};
  const parts = new Map<string, Origin>();
  const findings: Finding<DocumentPlace>[] = [];
  for (const [written, inner] of Object.entries(fields)) {
    const field = byName.get(plain(written));
    const at = originBelow(origin, written);
    if (field === undefined) {
      findings.push(unknown(written, Object.keys(known), at));
    } else if (inner !== null) {
      const below = field.items === undefined ? undefined : renamedItems(inner, field.items, at);
      value[field.name] = below?.value ?? inner;
      parts.set(pointerOf([field.name]), at);
      below?.parts.forEach((part, pointer) => parts.set(`${pointerOf([field.name])}${pointer}`, part));
      findings.push(...(below?.findings ?? []));
    }
  }
  return { value, parts, findings };
}

interface RenamedItems extends Omit<Renamed, 'value'> {
  readonly value: Json;
}

function renamedItems(list: Json, known: LegacyFields, origin: Origin): RenamedItems {
  if (!isJsonArray(list)) {
    return { value: list, parts: new Map(), findings: [] };
  }
  const items = list.map((item, index) =>
    isJsonObject(item) ? renamed(item, known, originBelow(origin, index)) : undefined,
  );
  const parts = items.flatMap((item, index) =>
    [...(item?.parts ?? [])].map(([pointer, part]) => [`/${String(index)}${pointer}`, part] as const),
  );
  return {
    value: items.map((item, index) => item?.value ?? list[index] ?? null),
    parts: new Map(parts),
    findings: items.flatMap((item) => item?.findings ?? []),
  };
}

function unknown(written: string, known: readonly string[], at: Origin): Finding<DocumentPlace> {
  const nearest = nearestName(written, known);
  return findingAt(at, {
    code: 'unknown-key',
    part: 'key',
    message: `${JSON.stringify(written)} is no key of MetalLB's old configuration here.`,
    remedy: nearest === undefined ? `Remove it, or use one of ${known.join(', ')}.` : `Did you mean ${nearest}?`,
  });
}
