import { isJsonArray, type JsonObject, textAt, valueAt } from '../json.ts';
import { lineOf, releaseOf } from '../metallb/release.ts';
import type { FoundResource, ManifestDocument } from '../plain-manifests/contribution.ts';
import { originBelow } from '../plain-manifests/origin.ts';
import { emptyPart, type ImportedPart, type ImportNote } from './imported.ts';
import { asList, asNumber, madeResource } from './made-resource.ts';

const rangeKey = 'metal_lb_ip_range';

/** Variables that say something to an environment, or that nothing is lost with. */
const understood: ReadonlySet<string> = new Set([
  rangeKey,
  'metal_lb_mode',
  'metal_lb_type',
  'metal_lb_interfaces',
  'metal_lb_bgp_my_asn',
  'metal_lb_bgp_peer_asn',
  'metal_lb_bgp_peer_address',
  'metal_lb_speaker_tag_version',
  'metal_lb_controller_tag_version',
  'metal_lb_frr_tag_version',
  'metal_lb_available_timeout',
]);

/** True for variables of the k3s-ansible playbooks that configure MetalLB. */
export function isK3sAnsible(value: JsonObject): boolean {
  return Object.hasOwn(value, rangeKey);
}

/**
 * The variables of k3s-ansible as the resources that it makes of them, under the names that it gives: one pool first-pool,
 * and an advertisement (and peer) named default that covers every pool.
 */
export function importK3sAnsible({ origin, value }: ManifestDocument): ImportedPart {
  const isBgp = textAt(value, 'metal_lb_mode') === 'bgp';
  const pool = madeResource(
    'ipAddressPool',
    'first-pool',
    { addresses: asList(value[rangeKey]) },
    originBelow(origin, rangeKey),
  );
  return {
    ...emptyPart,
    resources: [pool, ...(isBgp ? bgp({ origin, value }) : [layer2({ origin, value })])],
    settings: [{ values: settingsOf(value), origin }],
    notes: unknownVariables({ origin, value }),
  };
}

function layer2({ origin, value }: ManifestDocument): FoundResource {
  const interfaces = asList(value['metal_lb_interfaces']);
  const given = isJsonArray(interfaces) && interfaces.length > 0 ? interfaces : undefined;
  return madeResource('l2Advertisement', 'default', { interfaces: given }, originBelow(origin, 'metal_lb_mode'));
}

function bgp({ origin, value }: ManifestDocument): readonly FoundResource[] {
  const peer = {
    myASN: asNumber(value['metal_lb_bgp_my_asn']),
    peerASN: asNumber(value['metal_lb_bgp_peer_asn']),
    peerAddress: value['metal_lb_bgp_peer_address'],
  };
  return [
    madeResource('bgpPeer', 'default', peer, originBelow(origin, 'metal_lb_bgp_peer_address')),
    madeResource('bgpAdvertisement', 'default', {}, originBelow(origin, 'metal_lb_mode')),
  ];
}

function settingsOf(value: JsonObject): JsonObject {
  const tag = textAt(value, 'metal_lb_controller_tag_version');
  const isFrr = textAt(value, 'metal_lb_type') === 'frr';
  return {
    ...(tag !== undefined && lineOf(tag) !== undefined ? { version: releaseOf(tag) } : {}),
    ...(isFrr ? { bgp: { backend: 'frr' } } : {}),
  };
}

function unknownVariables({ origin, value }: ManifestDocument): readonly ImportNote[] {
  return Object.keys(value)
    .filter((key) => key.startsWith('metal_lb_') && !understood.has(key))
    .map((key) => ({
      origin: originBelow(origin, key),
      message: `${key} is not carried over: what k3s-ansible does with it is not known here.`,
      remedy: 'Compare the environment with the cluster: metalwave import without files reads it.',
    }))
    .concat(
      valueAt(value, 'metal_lb_frr_tag_version') === undefined
        ? []
        : [
            {
              origin: originBelow(origin, 'metal_lb_frr_tag_version'),
              message: 'metal_lb_frr_tag_version is not carried over: the release of MetalLB decides about FRR.',
              remedy: 'Set metallb.speaker.frr.image where another one is needed.',
            },
          ],
    );
}
