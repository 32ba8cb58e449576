import { isJsonObject, type Json, type JsonObject, listAt, numberAt, textAt, valueAt } from '../json.ts';
import { lineOf, releaseOf } from '../metallb/release.ts';
import type { FoundResource, ManifestDocument } from '../plain-manifests/contribution.ts';
import { type Origin, originBelow } from '../plain-manifests/origin.ts';
import { emptyPart, type ImportedPart, type ImportNote, joinedParts } from './imported.ts';
import { importOldKubespray, isOldKubespray } from './kubespray-legacy.ts';
import { asBoolean, asList, asNumber, madeResource } from './made-resource.ts';
import { asObjectName } from './object-names.ts';
import { merged, nested } from './settings.ts';

const configKey = 'metallb_config';

/** True for variables of Kubespray that configure MetalLB. */
export function isKubespray(value: JsonObject): boolean {
  return isJsonObject(value[configKey]) || isOldKubespray(value);
}

/** The variables of Kubespray, of both generations, as the resources that it makes of them, under the names that it gives. */
export function importKubespray(document: ManifestDocument): ImportedPart {
  const { origin, value } = document;
  const config = valueAt(value, configKey);
  const at = originBelow(origin, configKey);
  const settings = settingsOf(value);
  const common = {
    ...emptyPart,
    settings: Object.keys(settings).length === 0 ? [] : [{ values: settings, origin }],
    notes: imageNotes(document),
  };
  const old = isOldKubespray(value) ? importOldKubespray(document) : emptyPart;
  return joinedParts(common, old, isJsonObject(config) ? fromConfig(config, at) : emptyPart);
}

function fromConfig(config: JsonObject, at: Origin): ImportedPart {
  const layer3 = valueAt(config, 'layer3');
  const bgp = isJsonObject(layer3) ? fromLayer3(layer3, originBelow(at, 'layer3')) : emptyPart;
  return {
    ...bgp,
    resources: [
      ...entriesOf(config, 'address_pools').map(([name, pool]) =>
        poolOf(name, pool, originBelow(at, 'address_pools', name)),
      ),
      ...listAt(config, 'layer2').flatMap((pool, index) =>
        typeof pool === 'string'
          ? [madeResource('l2Advertisement', pool, { ipAddressPools: [pool] }, originBelow(at, 'layer2', index))]
          : [],
      ),
      ...bgp.resources,
    ],
    notes: [
      ...strangers(config, ['address_pools', 'layer2', 'layer3', 'controller', 'speaker', 'enabled', 'namespace'], at),
      ...bgp.notes,
    ],
  };
}

function entriesOf(value: Json | undefined, key: string): readonly (readonly [string, JsonObject])[] {
  const inner = valueAt(value, key);
  return isJsonObject(inner)
    ? Object.entries(inner).flatMap(([name, each]): readonly (readonly [string, JsonObject])[] =>
        isJsonObject(each) ? [[name, each]] : [],
      )
    : [];
}

/** Names of the fields differ from MetalLB's by their form; people also write dashes. */
function poolOf(name: string, pool: JsonObject, origin: Origin): FoundResource {
  const fields = {
    addresses: asList(pool['ip_range']),
    autoAssign: asBoolean(pool['auto_assign'] ?? pool['auto-assign']),
    avoidBuggyIPs: asBoolean(pool['avoid_buggy_ips'] ?? pool['avoid-buggy-ips']),
  };
  return madeResource('ipAddressPool', name, fields, origin);
}

/** Aliases that Kubespray makes wherever BGP is configured. */
const wellKnown: readonly JsonObject[] = [
  { name: 'no-export', value: '65535:65281' },
  { name: 'no-advertise', value: '65535:65282' },
  { name: 'local-as', value: '65535:65283' },
  { name: 'nopeer', value: '65535:65284' },
];

function fromLayer3(layer3: JsonObject, at: Origin): ImportedPart {
  const aliases = valueAt(layer3, 'communities');
  const communities = isJsonObject(aliases) ? Object.entries(aliases) : [];
  const named = communities.map(([alias, value]) => ({ alias, value, name: asObjectName(alias) }));
  const peers = entriesOf(layer3, 'metallb_peers');
  const peersAt = originBelow(at, 'metallb_peers');
  return {
    ...emptyPart,
    resources: [
      ...named.map(({ alias, name, value }) =>
        madeResource(
          'community',
          name,
          { communities: [{ name: alias, value }] },
          originBelow(at, 'communities', alias),
        ),
      ),
      madeResource('community', 'well-known', { communities: wellKnown }, at),
      ...peers.flatMap(([name, peer]) => [
        peerOf(name, peer, valueAt(layer3, 'defaults'), originBelow(peersAt, name)),
        ...advertisementsOf(name, peer, originBelow(peersAt, name)),
      ]),
    ],
    notes: [
      ...named
        .filter(({ alias, name }) => alias !== name)
        .map(({ alias, name }) => ({
          origin: originBelow(at, 'communities', alias),
          message: `${alias} is no name that Kubernetes takes: the Community is named ${name}, its alias stays ${alias}.`,
          remedy: 'Nothing is to be done: advertisements use the alias.',
        })),
      ...peers.flatMap(([name, peer]) => strangers(peer, peerKeys, originBelow(peersAt, name))),
    ],
  };
}

const peerKeys =
  'peer_address peer_asn my_asn peer_port hold_time password router_id multihop communities address_pool aggregation_length localpref'.split(
    ' ',
  );

function peerOf(name: string, peer: JsonObject, defaults: Json | undefined, origin: Origin): FoundResource {
  const fields = {
    myASN: asNumber(peer['my_asn']),
    peerASN: asNumber(peer['peer_asn']),
    peerAddress: peer['peer_address'],
    peerPort: asNumber(peer['peer_port'] ?? valueAt(defaults, 'peer_port')),
    holdTime: peer['hold_time'] ?? valueAt(defaults, 'hold_time'),
    password: peer['password'],
    routerID: peer['router_id'],
    ebgpMultiHop: asBoolean(peer['multihop']),
  };
  return madeResource('bgpPeer', name, fields, origin);
}

/** Kubespray advertises what it aggregates a second time, address by address, for the peer itself. */
const longestAggregate = 30;

function advertisementsOf(name: string, peer: JsonObject, origin: Origin): readonly FoundResource[] {
  const pools = { ipAddressPools: peer['address_pool'] };
  const length = numberAt(peer, 'aggregation_length');
  const isAggregated = length !== undefined && length <= longestAggregate;
  const external = {
    aggregationLength: isAggregated ? length : undefined,
    ...pools,
    communities: asList(peer['communities']),
  };
  const local = {
    aggregationLength: 32,
    aggregationLengthV6: 128,
    communities: ['no-advertise'],
    localPref: asNumber(peer['localpref'] ?? 100),
    ...pools,
  };
  return [
    ...(isAggregated ? [madeResource('bgpAdvertisement', `${name}-local`, local, origin)] : []),
    madeResource('bgpAdvertisement', `${name}-external`, external, origin),
  ];
}

function strangers(value: JsonObject, known: readonly string[], at: Origin): readonly ImportNote[] {
  return Object.keys(value)
    .filter((key) => !known.includes(key))
    .map((key) => ({
      origin: originBelow(at, key),
      message: `${key} is not carried over: Kubespray makes nothing of it for MetalLB.`,
      remedy: 'See whether the environment has a setting for what was wanted.',
    }));
}

/** Settings of the programs, from the variables of either generation. */
function settingsOf(value: JsonObject): JsonObject {
  const programs = (['controller', 'speaker'] as const).flatMap((program) => {
    const own = valueAt(value, configKey, program);
    return [
      placed([program, 'nodeSelector'], valueAt(own, 'nodeselector') ?? value[`metallb_${program}_nodeselector`]),
      placed([program, 'tolerations'], valueAt(own, 'tolerations') ?? value[`metallb_${program}_tolerations`]),
      placed([program, 'logLevel'], value[`metallb_${program}_log_level`] ?? value['metallb_log_level']),
    ];
  });
  const version = textAt(value, 'metallb_version');
  return [
    placed(['namespace'], value['metallb_namespace']),
    placed(['version'], version !== undefined && lineOf(version) !== undefined ? releaseOf(version) : undefined),
    placed(['loadBalancerClass'], value['metallb_loadbalancer_class']),
    placed(['speaker', 'memberlist', 'port'], asNumber(value['metallb_memberlist_port'])),
    ...programs,
  ].reduce<JsonObject>((sum, each) => merged(sum, each), {});
}

function placed(path: readonly string[], value: Json | undefined): JsonObject {
  const isNothing =
    value === undefined ||
    value === null ||
    value === '' ||
    (typeof value === 'object' && Object.keys(value).length === 0);
  return isNothing ? {} : nested(path, value);
}

function imageNotes({ origin, value }: ManifestDocument): readonly ImportNote[] {
  return Object.keys(value)
    .filter((key) => /^metallb_(?:.*_image_|.*_limits_|.*_resources|port$|speaker_enabled$)/u.test(key))
    .filter((key) => key !== 'metallb_speaker_enabled' || asBoolean(value[key]) === false)
    .filter((key) => key !== 'metallb_port' || asNumber(value[key]) !== 7472)
    .map((key) => ({
      origin: originBelow(origin, key),
      message:
        key === 'metallb_speaker_enabled'
          ? 'metallb_speaker_enabled is not carried over: an environment that installs MetalLB runs its speaker.'
          : `${key} is not carried over: an environment says it otherwise, if at all.`,
      remedy:
        'Look at metallb.controller and metallb.speaker for image and resources, or write metallb.install: false.',
    }));
}
