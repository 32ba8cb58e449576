import { setTimeout as sleep } from 'node:timers/promises';
import { formatAddress } from '../../src/domain/address/ip-address.ts';
import { decodeClusterViews } from '../../src/domain/address-plan/address-plan-input.ts';
import type { AddressPlan } from '../../src/domain/address-plan/address-plan.ts';
import { decodeMetallbObjects, type MetallbObjects } from '../../src/domain/address-plan/metallb-objects.ts';
import { planAddresses } from '../../src/domain/address-plan/plan-addresses.ts';
import { compilePools } from '../../src/domain/allocation/pool-config.ts';
import type { ServiceView } from '../../src/domain/allocation/service-view.ts';
import type { Json } from '../../src/domain/json.ts';
import type { KubeObject } from '../../src/domain/manifest/kube-object.ts';
import type { MetalLbLine } from '../../src/domain/environment/environment.ts';
import type { ApiClient } from '../contracts/kube-api/api-client.ts';
import type { MetallbVersion } from '../plane/parts.ts';
import { type AllocationCase, allocationCase, type NamespaceCase, type PoolCase } from './allocation-cases.ts';

const limitMs = 60_000;
const pauseMs = 25;

/** What was predicted and what happened to one Service. */
export interface Observed {
  readonly seed: number;
  readonly service: string;
  readonly before: readonly string[];
  readonly predicted: readonly (readonly string[])[];
  readonly exact: boolean;
  readonly verdict: string;
  readonly happened: readonly string[];
}

/** One of upstream's controllers with a namespace, a class and Services of its own. */
export class Lane {
  readonly version: MetallbVersion;
  readonly number: number;
  readonly #api: ApiClient;
  #rounds = 0;

  constructor(api: ApiClient, version: MetallbVersion, number: number) {
    this.#api = api;
    this.version = version;
    this.number = number;
  }

  get namespace(): string {
    return `metallb-${this.number}`;
  }

  async prepare(): Promise<void> {
    for (const name of [this.namespace, `lane${this.number}-x`, `lane${this.number}-y`]) {
      await this.#write('POST', '/api/v1/namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
    }
    const spec = { containers: [{ name: 'main', image: 'example.invalid/metallb:1' }] };
    const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'controller' }, spec };
    await this.#write('POST', `/api/v1/namespaces/${this.namespace}/pods`, pod);
    await this.#write('POST', this.#servicesPath(`lane${this.number}-x`), this.#sentinelService());
  }

  /** Brings the cluster to where the case begins, lets the controller settle, changes it, and compares. */
  async run(seed: number): Promise<readonly Observed[]> {
    const each = allocationCase(seed, this.number);
    await this.#reset();
    await Promise.all(each.before.namespaces.map((namespace) => this.#label(namespace)));
    await this.#settle(each.before.pools, []);
    for (const service of each.services) {
      const { name, namespace, labels, annotations, spec } = service;
      const metadata = { name, namespace, labels, annotations };
      await this.#write('POST', this.#servicesPath(namespace), { apiVersion: 'v1', kind: 'Service', metadata, spec });
    }
    await this.#settle(each.before.pools, each.before.pools);
    const before = await this.#services(each);
    const plan = this.#plan(each, before);
    await Promise.all(each.after.namespaces.map((namespace) => this.#label(namespace)));
    await this.#settle(each.after.pools, each.before.pools);
    const after = await this.#services(each);
    return plan.services.map((outcome): Observed => {
      const found = after.find(({ metadata }) => metadata.name === outcome.name);
      return {
        seed,
        service: outcome.name,
        before: outcome.before,
        predicted: outcome.after,
        exact: outcome.exact,
        verdict: outcome.verdict,
        happened: addressesOf(found),
      };
    });
  }

  #plan(each: AllocationCase, services: readonly KubeObject[]): AddressPlan {
    const line = this.version.slice(0, 4) as MetalLbLine;
    return planAddresses({
      before: this.#objects([...each.before.pools, this.#sentinelPool(0)]),
      after: this.#objects([...each.after.pools, this.#sentinelPool(1)]),
      services: views(services),
      namespaces: each.before.namespaces,
      namespacesAfter: each.after.namespaces,
      nodes: [],
      profile: `metallb-${line}`,
      loadBalancerClass: `example.com/lane${this.number}`,
      writes: 'any-order',
    });
  }

  #objects(pools: readonly PoolCase[]): MetallbObjects {
    return decodeMetallbObjects(
      pools.map(({ name, spec }) => ({
        apiVersion: 'metallb.io/v1beta1',
        kind: 'IPAddressPool',
        metadata: { name, namespace: this.namespace },
        spec: spec as unknown as Json,
      })),
    );
  }

  /** Writes the pools and waits until the controller has gone through all Services for them. */
  async #settle(pools: readonly PoolCase[], present: readonly PoolCase[]): Promise<void> {
    const gone = present.filter(({ name }) => !pools.some((pool) => pool.name === name));
    const writes = [
      ...gone.map(
        ({ name }) =>
          async (): Promise<void> =>
            this.#remove(this.#poolPath(name)),
      ),
      ...pools.map((pool) => async (): Promise<void> => this.#applyPool(pool)),
    ];
    await Promise.all(writes.map(async (write) => write()));
    if (this.#objects(pools).pools.some(({ refusal }) => refusal !== undefined) || overlap(this.#objects(pools))) {
      // Nothing may happen now; a pause that is too short only fails to notice that something does.
      await sleep(700);
      return;
    }
    // A change that is seen in the sentinel's address was loaded after the change before; each pass over the Services ends
    // before the next begins. What a pass wakes is done in the one after.
    for (let round = 0; round < 3; round += 1) {
      await this.#round();
    }
  }

  async #round(): Promise<void> {
    this.#rounds += 1;
    const sentinel = this.#sentinelPool(this.#rounds);
    await this.#applyPool(sentinel);
    const wanted = `10.202.${this.number}.${this.#rounds % 250}`;
    const path = `${this.#servicesPath(`lane${this.number}-x`)}/sentinel`;
    const deadline = performance.now() + limitMs;
    for (;;) {
      const { body } = await this.#api.call({ method: 'GET', path });
      if (addressesOf(body as KubeObject)[0] === wanted) {
        return;
      }
      if (performance.now() > deadline) {
        throw new Error(`the controller of lane ${this.number} (${this.version}) does not settle`);
      }
      await sleep(pauseMs);
    }
  }

  #sentinelPool(round: number): PoolCase {
    const addresses = [`10.202.${this.number}.${round % 250}/32`];
    return { name: 'sentinel', spec: { addresses, autoAssign: false, avoidBuggyIPs: false } };
  }

  #sentinelService(): unknown {
    return {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'sentinel', annotations: { 'metallb.io/address-pool': 'sentinel' } },
      spec: {
        type: 'LoadBalancer',
        loadBalancerClass: `example.com/lane${this.number}`,
        ports: [{ port: 80 }],
      },
    };
  }

  /** Nothing of an earlier case is left but the sentinel. */
  async #reset(): Promise<void> {
    const services = await Promise.all(['x', 'y'].map(async (suffix) => this.#list(`lane${this.number}-${suffix}`)));
    const others = services.flat().filter(({ metadata }) => metadata.name !== 'sentinel');
    await Promise.all(
      others.map(async ({ metadata }) =>
        this.#remove(`${this.#servicesPath(metadata.namespace ?? '')}/${metadata.name}`),
      ),
    );
    const { body } = await this.#api.call({ method: 'GET', path: this.#poolPath('') });
    const pools = (body as { readonly items: readonly KubeObject[] }).items.map(({ metadata }) => metadata.name);
    await Promise.all(
      pools.filter((name) => name !== 'sentinel').map(async (name) => this.#remove(this.#poolPath(name))),
    );
    await this.#round();
  }

  async #services(each: AllocationCase): Promise<readonly KubeObject[]> {
    const lists = await Promise.all(each.before.namespaces.map(async ({ name }) => this.#list(name)));
    return lists.flat().filter(({ metadata }) => metadata.name !== 'sentinel');
  }

  async #list(namespace: string): Promise<readonly KubeObject[]> {
    const { body } = await this.#api.call({ method: 'GET', path: this.#servicesPath(namespace) });
    const { items } = body as { readonly items: readonly KubeObject[] };
    return items.map((item) => ({ ...item, apiVersion: 'v1', kind: 'Service' }));
  }

  async #label({ name, labels }: NamespaceCase): Promise<void> {
    const patch = { metadata: { labels } };
    await this.#write('PATCH', `/api/v1/namespaces/${name}`, patch, 'application/merge-patch+json');
  }

  async #applyPool({ name, spec }: PoolCase): Promise<void> {
    const body = { apiVersion: 'metallb.io/v1beta1', kind: 'IPAddressPool', metadata: { name }, spec };
    const path = `${this.#poolPath(name)}?fieldManager=oracle&force=true`;
    await this.#write('PATCH', path, body, 'application/apply-patch+yaml');
  }

  #poolPath(name: string): string {
    return `/apis/metallb.io/v1beta1/namespaces/${this.namespace}/ipaddresspools${name === '' ? '' : `/${name}`}`;
  }

  #servicesPath(namespace: string): string {
    return `/api/v1/namespaces/${namespace}/services`;
  }

  async #remove(path: string): Promise<void> {
    await this.#api.call({ method: 'DELETE', path });
  }

  async #write(method: 'POST' | 'PATCH', path: string, body: unknown, type = 'application/json'): Promise<void> {
    const { code, text } = await this.#api.call({ method, path, body, type });
    if (code >= 300) {
      throw new Error(`${method} ${path} answered ${code}: ${text.slice(0, 400)}`);
    }
  }
}

function views(services: readonly KubeObject[]): readonly ServiceView[] {
  return decodeClusterViews(services).services;
}

function addressesOf(service: KubeObject | undefined): readonly string[] {
  return service === undefined ? [] : (views([service])[0]?.held ?? []).map((address) => formatAddress(address));
}

function overlap({ pools }: MetallbObjects): boolean {
  return compilePools(pools, [], 'native').refusal !== undefined;
}
