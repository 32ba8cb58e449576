import { sameAddress } from '../../address/ip-address.ts';
import type { PoolConfig } from '../pool-config.ts';
import type { ServiceView } from '../service-view.ts';

/** True where the controller sees no difference between the pools. */
export function samePools(left: PoolConfig, right: PoolConfig): boolean {
  return (
    left.pools.length === right.pools.length &&
    left.pools.every((pool, index) => {
      const other = right.pools[index];
      return other?.name === pool.name && other.fingerprint === pool.fingerprint;
    })
  );
}

/** True where others may share with the Service that could not before, or the other way round. */
export function affectsSharing(before: ServiceView, view: ServiceView): boolean {
  return (
    before.sharingKey !== view.sharingKey ||
    before.backendKey !== view.backendKey ||
    !sameTexts(before.ports, view.ports)
  );
}

/** True where anything differs that a decision depends on, the addresses of the status apart. */
export function affectsDecision(before: ServiceView, view: ServiceView): boolean {
  return (
    before.isLoadBalancer !== view.isLoadBalancer ||
    before.policy !== view.policy ||
    before.primaryFamily !== view.primaryFamily ||
    before.pool !== view.pool ||
    !sameTexts(before.clusterFamilies, view.clusterFamilies) ||
    affectsSharing(before, view) ||
    !sameRequest(before, view) ||
    !sameLabels(before, view)
  );
}

function sameRequest({ request: before }: ServiceView, { request }: ServiceView): boolean {
  if (before.kind === 'addresses' && request.kind === 'addresses') {
    return (
      before.addresses.length === request.addresses.length &&
      before.addresses.every((address, index) => {
        const other = request.addresses[index];
        return other !== undefined && sameAddress(other, address);
      })
    );
  }
  if (before.kind === 'unusable' && request.kind === 'unusable') {
    return before.reason === request.reason;
  }
  return before.kind === 'none' && request.kind === 'none';
}

function sameLabels({ labels: before }: ServiceView, { labels }: ServiceView): boolean {
  const names = Object.keys(before);
  return names.length === Object.keys(labels).length && names.every((name) => before[name] === labels[name]);
}

function sameTexts(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((text, index) => text === right[index]);
}
