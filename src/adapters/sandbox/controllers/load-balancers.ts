import { formatAddress, type IpAddress } from '../../../domain/address/ip-address.ts';
import type { AllocationWorld } from '../../../domain/allocation/allocate.ts';
import { converge } from '../../../domain/allocation/converge.ts';
import { Ledger } from '../../../domain/allocation/ledger.ts';
import { compilePools, type PoolConfig } from '../../../domain/allocation/pool-config.ts';
import { decodePool } from '../../../domain/allocation/pool-view.ts';
import type { RulesProfile } from '../../../domain/allocation/rules-profile.ts';
import { decodeService, isServedBy, type ServiceView } from '../../../domain/allocation/service-view.ts';
import { listAt, numberAt, textAt } from '../../../domain/json.ts';
import { asJson } from '../../../domain/manifest/kube-object.ts';
import type { KubeObject } from '../../../domain/manifest/kube-object.ts';
import { lineOf } from '../../../domain/metallb/release.ts';
import type { ClusterState } from './cluster-state.ts';

/**
 * MetalLB's controller, simulated by the rules of its release: while its Deployment is available, each Service is looked at
 * in the order of names, and what all others hold counts. Where MetalLB draws at random, the first it may draw is taken. A
 * Deployment that runs our own controller is left to that program.
 */
export function giveAddresses(state: Cluster): void {
  const controller = state.list('apps', 'Deployment').find((deployment) => isMetalLbController(deployment));
  if (controller === undefined) {
    return;
  }
  const asking = state.list('', 'Service').flatMap((object): readonly Asking[] => {
    const view = textAt(asJson(object), 'spec', 'type') === 'LoadBalancer' ? decodeService(object) : undefined;
    return view !== undefined && isServedBy(view, undefined) ? [{ object, view }] : [];
  });
  if (asking.length > 0) {
    serve(state, asking, poolsOf(state, controller));
  }
}

/** What a controller outside of the API server sees of it and does. */
type Cluster = Pick<ClusterState, 'list' | 'writeStatus'>;

interface Asking {
  readonly object: KubeObject;
  readonly view: ServiceView;
}

function serve(state: Cluster, asking: readonly Asking[], config: PoolConfig): void {
  // MetalLB goes on with the last good configuration: nothing changes for anybody.
  if (config.refusal !== undefined) {
    return;
  }
  const ledger = new Ledger();
  const world: AllocationWorld = { config, ledger, orders: new Map() };
  for (const { view } of asking) {
    ledger.claim(view, view.held);
  }
  for (const { object, view } of asking) {
    ledger.release(view, view.held);
    const addresses = converge(world, view, view.held)[0]?.addresses ?? [];
    ledger.claim(view, addresses);
    if (textOf(addresses) !== textOf(view.held)) {
      const ingress = addresses.map((address) => ({ ip: formatAddress(address), ipMode: 'VIP' }));
      state.writeStatus(object, { loadBalancer: ingress.length === 0 ? {} : { ingress } }, 'controller');
    }
  }
}

function textOf(addresses: readonly IpAddress[]): string {
  return addresses.map((address) => formatAddress(address)).join();
}

function poolsOf(state: Cluster, controller: KubeObject): PoolConfig {
  const pools = state.list('metallb.io', 'IPAddressPool', controller.metadata.namespace);
  const namespaces = state.list('', 'Namespace').map(({ metadata: { name, labels = {} } }) => ({ name, labels }));
  return compilePools(
    pools.map((pool) => decodePool(pool)),
    namespaces,
    profileOf(controller),
  );
}

/** By the tag of its image, `v0.15.2`; one that says nothing is taken for the release that we deploy by default. */
function profileOf(controller: KubeObject): RulesProfile {
  const image = textAt(containerOf(controller), 'image') ?? '';
  return `metallb-${lineOf(/:v?(\d[\w.-]*)$/u.exec(image)?.[1] ?? '') ?? '0.15'}`;
}

function containerOf(deployment: KubeObject): ReturnType<typeof listAt>[number] | undefined {
  return listAt(asJson(deployment), 'spec', 'template', 'spec', 'containers')[0];
}

function isMetalLbController(deployment: KubeObject): boolean {
  const { labels = {}, name } = deployment.metadata;
  const app =
    labels['app'] ??
    labels['app.kubernetes.io/name'] ??
    textAt(asJson(deployment), 'spec', 'template', 'metadata', 'labels', 'app');
  const isOurs = listAt(containerOf(deployment), 'command')[0] === 'metalwave';
  const available = numberAt(asJson(deployment), 'status', 'availableReplicas') ?? 0;
  return name.endsWith('controller') && app === 'metallb' && !isOurs && available > 0;
}
