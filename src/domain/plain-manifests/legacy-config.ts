import type { DocumentPlace, Finding } from '../finding/finding.ts';
import { nearestName } from '../finding/nearest-name.ts';
import { isJsonArray, isJsonObject, type Json, type JsonObject, listAt, textAt } from '../json.ts';
import type { ConfigListName } from '../metallb/kind.ts';
import type { FoundResource } from './contribution.ts';
import {
  legacyAdvertisementFields,
  legacyBfdFields,
  legacyPeerFields,
  legacyPoolFields,
  type Renamed,
  renamed,
} from './legacy-fields.ts';
import { findingAt, type Origin, originBelow } from './origin.ts';

/** What the old configuration stands for in today's resources. */
export interface ConvertedLegacy {
  readonly resources: readonly FoundResource[];
  readonly findings: readonly Finding<DocumentPlace>[];
}

/** A pool of the old configuration, in either of its spellings. */
export interface LegacyPool {
  readonly fields: JsonObject;
  readonly origin: Origin;
  readonly name: Json | undefined;
  readonly nameOrigin: Origin;
  readonly namespace: string | undefined;
  readonly namespaceOrigin: Origin;
}

const sections = ['address-pools', 'peers', 'bgp-communities', 'bfd-profiles', 'peer-autodiscovery'];

/** True for a mapping that holds the old configuration. */
export function isLegacyConfig(value: JsonObject): boolean {
  return Object.hasOwn(value, 'address-pools') || Object.hasOwn(value, 'peers');
}

/**
 * The configuration that MetalLB read up to 0.12 from its ConfigMap, as the resources it stands for: a pool with `protocol`
 * is a pool and the advertisements that name it, and peers, which had no names, are numbered.
 */
export function legacyConfig(config: JsonObject, origin: Origin, namespace: string | undefined): ConvertedLegacy {
  const home = { namespace, namespaceOrigin: origin };
  const mappings = (key: string): readonly { readonly value: JsonObject; readonly at: Origin }[] =>
    listAt(config, key).flatMap((value, index) =>
      isJsonObject(value) ? [{ value, at: originBelow(origin, key, index) }] : [],
    );
  const pools = mappings('address-pools').map(({ value, at }) =>
    legacyPool({ fields: value, origin: at, name: value['name'], nameOrigin: originBelow(at, 'name'), ...home }),
  );
  const peers = mappings('peers').map(({ value, at }, index) => {
    const result = renamed(value, legacyPeerFields, at);
    return converted({ list: 'bgpPeer', kind: 'BGPPeer', name: `peer${String(index + 1)}` }, at, result, home);
  });
  const profiles = mappings('bfd-profiles').map(({ value, at }) => {
    const result = renamed(value, legacyBfdFields, at);
    const name = textAt(value, 'name') ?? null;
    return converted({ list: 'bfdProfile', kind: 'BFDProfile', name }, at, result, home);
  });
  const all = [...pools, ...peers, ...profiles, communities(config, origin, home)];
  return {
    resources: all.flatMap((each) => each.resources),
    findings: [...sectionFindings(config, origin), ...all.flatMap((each) => each.findings)],
  };
}

type Home = Pick<FoundResource, 'namespace' | 'namespaceOrigin'>;

interface Identity {
  readonly list: ConfigListName;
  readonly kind: string;
  readonly name: Json;
}

function converted(identity: Identity, at: Origin, { value, parts, findings }: Renamed, home: Home): ConvertedLegacy {
  const { list, kind, name } = identity;
  const named = { ...value, ...(name === null ? {} : { name }) };
  const origins = new Map([['/name', originBelow(at, 'name')], ...parts]);
  return { resources: [{ list, kind, value: named, origin: at, parts: origins, ...home }], findings };
}

/** Community aliases were a mapping; the list of today keeps their order. */
function communities(config: JsonObject, origin: Origin, home: Home): ConvertedLegacy {
  const aliases = config['bgp-communities'];
  if (!isJsonObject(aliases)) {
    return { resources: [], findings: [] };
  }
  const at = originBelow(origin, 'bgp-communities');
  const names = Object.keys(aliases);
  const parts = names.flatMap((name, index) => [
    [`/communities/${String(index)}`, originBelow(at, name)] as const,
    [`/communities/${String(index)}/name`, originBelow(at, name)] as const,
    [`/communities/${String(index)}/value`, originBelow(at, name)] as const,
  ]);
  const value = { communities: names.map((name) => ({ name, value: aliases[name] ?? null })) };
  const identity = { list: 'community', kind: 'Community', name: 'communities' } as const;
  return converted(identity, at, { value, parts: new Map(parts), findings: [] }, home);
}

/** One pool with the advertisements that its protocol stands for. */
export function legacyPool(pool: LegacyPool): ConvertedLegacy {
  const { origin, name, nameOrigin } = pool;
  const home: Home = { namespace: pool.namespace, namespaceOrigin: pool.namespaceOrigin };
  const { value, parts, findings } = renamed(pool.fields, legacyPoolFields, origin);
  const { protocol, bgpAdvertisements, ...fields } = value;
  const own: FoundResource = {
    list: 'ipAddressPool',
    kind: 'IPAddressPool',
    value: { ...fields, ...(name === undefined || name === null ? {} : { name }) },
    origin,
    parts: new Map([...parts, ['/name', nameOrigin]]),
    ...home,
  };
  const at = parts.get('/protocol') ?? origin;
  if (protocol === 'layer2') {
    return { resources: [own, advertisement('l2Advertisement', at, [name, {}], home)], findings };
  }
  if (protocol === 'bgp') {
    const list = isJsonArray(bgpAdvertisements) && bgpAdvertisements.length > 0 ? bgpAdvertisements : [{}];
    const listAtOrigin = parts.get('/bgpAdvertisements') ?? at;
    const made = list.map((each, index) => {
      const below = parts.has('/bgpAdvertisements') ? originBelow(listAtOrigin, index) : at;
      const result = renamed(isJsonObject(each) ? each : {}, legacyAdvertisementFields, below);
      const resource = advertisement('bgpAdvertisement', below, [name, result.value, index], home);
      return { resource: { ...resource, parts: new Map([...resource.parts, ...result.parts]) }, result };
    });
    return {
      resources: [own, ...made.map((each) => each.resource)],
      findings: [...findings, ...made.flatMap((each) => each.result.findings)],
    };
  }
  return { resources: [own], findings: [...findings, protocolFinding(protocol, at)] };
}

function advertisement(
  list: 'l2Advertisement' | 'bgpAdvertisement',
  at: Origin,
  [pool, fields, index = 0]: readonly [Json | undefined, JsonObject, number?],
  home: Home,
): FoundResource {
  const name = typeof pool === 'string' ? pool : 'unnamed';
  return {
    list,
    kind: list === 'l2Advertisement' ? 'L2Advertisement' : 'BGPAdvertisement',
    value: { ...fields, ipAddressPools: [name], name: index === 0 ? name : `${name}-${String(index + 1)}` },
    origin: at,
    parts: new Map([
      ['/name', at],
      ['/ipAddressPools', at],
      ['/ipAddressPools/0', at],
    ]),
    ...home,
  };
}

function protocolFinding(protocol: Json | undefined, at: Origin): Finding<DocumentPlace> {
  const message =
    protocol === undefined
      ? 'A pool of the old configuration needs the key protocol.'
      : 'The protocol of a pool is layer2 or bgp.';
  const nearest = typeof protocol === 'string' ? nearestName(protocol, ['layer2', 'bgp']) : undefined;
  const code = protocol === undefined ? 'missing-key' : 'not-allowed-value';
  return findingAt(at, { code, message, remedy: `Write protocol: ${nearest ?? 'layer2, or bgp'}.` });
}

function sectionFindings(config: JsonObject, origin: Origin): readonly Finding<DocumentPlace>[] {
  return Object.keys(config).flatMap((key) => {
    if (sections.includes(key)) {
      return [];
    }
    const nearest = nearestName(key, sections);
    return [
      findingAt(originBelow(origin, key), {
        code: 'unknown-key',
        part: 'key',
        message: `${JSON.stringify(key)} is no key of MetalLB's old configuration.`,
        remedy: nearest === undefined ? 'Remove it.' : `Did you mean ${nearest}?`,
      }),
    ];
  });
}
