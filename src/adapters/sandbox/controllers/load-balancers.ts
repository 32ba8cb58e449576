import { isJsonObject, listAt, numberAt, textAt, valueAt } from '../../../domain/json.ts';
import { asJson } from '../../../domain/manifest/kube-object.ts';
import type { KubeObject } from '../../../domain/manifest/kube-object.ts';
import type { ClusterState } from './cluster-state.ts';

/**
 * A stand-in for MetalLB's controller, the first and simple form of it: while a Deployment `controller` of MetalLB is
 * available, each LoadBalancer Service has the lowest free IPv4 address of the pools that assign by themselves, in the order
 * of their names. A Service keeps an address that a pool still holds. Requests, sharing, selectors and IPv6 are not read.
 */
export function giveAddresses(state: ClusterState): void {
  if (!isControllerAvailable(state)) {
    return;
  }
  const ranges = state
    .list('metallb.io', 'IPAddressPool')
    .filter((pool) => valueAt(asJson(pool), 'spec', 'autoAssign') !== false)
    .flatMap((pool) => listAt(asJson(pool), 'spec', 'addresses'))
    .flatMap((text) => rangeOf(typeof text === 'string' ? text : ''));
  const services = state.list('', 'Service').filter((one) => textAt(asJson(one), 'spec', 'type') === 'LoadBalancer');
  const used = new Set<number>();
  const waiting: KubeObject[] = [];
  for (const service of services) {
    const address = toNumber(textAt(asJson(service), 'status', 'loadBalancer', 'ingress', 0, 'ip') ?? '');
    const isHeld =
      address !== undefined && !used.has(address) && ranges.some(([from, to]) => from <= address && address <= to);
    if (isHeld) {
      used.add(address);
    } else {
      waiting.push(service);
    }
  }
  for (const service of waiting) {
    const address = lowestFree(ranges, used);
    if (address !== undefined) {
      used.add(address);
    }
    const loadBalancer = address === undefined ? {} : { ingress: [{ ip: toText(address), ipMode: 'VIP' }] };
    state.writeStatus(service, { loadBalancer }, 'controller');
  }
}

function isControllerAvailable(state: ClusterState): boolean {
  return state.list('apps', 'Deployment').some((deployment) => {
    const labels = deployment.metadata.labels ?? {};
    const template = valueAt(asJson(deployment), 'spec', 'template', 'metadata', 'labels');
    const app =
      labels['app'] ?? labels['app.kubernetes.io/name'] ?? (isJsonObject(template) ? template['app'] : undefined);
    const isController = deployment.metadata.name.endsWith('controller') && (app === 'metallb' || app === 'metalwave');
    return isController && (numberAt(asJson(deployment), 'status', 'availableReplicas') ?? 0) > 0;
  });
}

type Range = readonly [from: number, to: number];

function rangeOf(text: string): readonly Range[] {
  const [first = '', last] = text.split('-').map((part) => part.trim());
  if (last !== undefined) {
    const [from, to] = [toNumber(first), toNumber(last)];
    return from === undefined || to === undefined ? [] : [[from, to]];
  }
  const [base = '', bits = ''] = first.split('/');
  const start = toNumber(base);
  const size = 2 ** (32 - Number(bits));
  return start === undefined || !Number.isInteger(size)
    ? []
    : [[start - (start % size), start - (start % size) + size - 1]];
}

function lowestFree(ranges: readonly Range[], used: ReadonlySet<number>): number | undefined {
  for (const [from, to] of ranges) {
    for (let address = from; address <= to; address += 1) {
      if (!used.has(address)) {
        return address;
      }
    }
  }
  return undefined;
}

function toNumber(text: string): number | undefined {
  const parts = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/u.exec(text)?.slice(1).map(Number);
  const isAddress = parts?.every((part) => part <= 255) === true;
  return isAddress ? parts.reduce((sum, part) => sum * 256 + part, 0) : undefined;
}

function toText(address: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join('.');
}
