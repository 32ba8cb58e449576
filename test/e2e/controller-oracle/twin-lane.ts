import { setTimeout as sleep } from 'node:timers/promises';
import { formatAddress } from '../../../src/domain/address/ip-address.ts';
import { compilePools, type PoolConfig } from '../../../src/domain/allocation/pool-config.ts';
import { decodePool } from '../../../src/domain/allocation/pool-view.ts';
import type { RulesProfile } from '../../../src/domain/allocation/rules-profile.ts';
import type { ServiceView } from '../../../src/domain/allocation/service-view.ts';
import type { MetalLbLine } from '../../../src/domain/environment/environment.ts';
import type { Json } from '../../../src/domain/json.ts';
import type { ApiClient } from '../../contracts/kube-api/api-client.ts';
import type { Child } from '../../plane/child.ts';
import type { MetallbVersion } from '../../plane/parts.ts';
import type { NamespaceCase, PoolCase, ServiceCase } from '../allocation-cases.ts';
import { compare, coursesOf, type Rest, type Verdict } from './compare.ts';
import { OracleCluster, type Side } from './oracle-cluster.ts';
import { sequenceOf, type Step } from './sequences.ts';

const settleMs = 180_000;
/** What is not as it must be by then stays so: both controllers have looked at everything before. */
const patienceMs = 20_000;
const pauseMs = 30;

export interface TwinLaneOptions {
  readonly api: ApiClient;
  readonly version: MetallbVersion;
  readonly number: number;
  /** MetalLB's Services here have no class, so that their type may change. */
  readonly classless: boolean;
  readonly start: (lane: TwinLane, side: Side, program: 'upstream' | 'ours') => Promise<Child>;
}

interface State {
  pools: readonly PoolCase[];
  namespaces: readonly NamespaceCase[];
  services: (ServiceCase | undefined)[];
}

/** One of MetalLB's controllers and one of ours, with the same pools and Services each. */
export class TwinLane {
  readonly version: MetallbVersion;
  readonly number: number;
  private readonly options: TwinLaneOptions;
  private readonly cluster: OracleCluster;
  private readonly upstream: Side;
  private readonly ours: Side;
  private running: readonly Child[] = [];
  private rounds = 0;
  private before: readonly ServiceView[] = [];
  private state: State = { pools: [], namespaces: [], services: [] };

  constructor(options: TwinLaneOptions) {
    const { api, number, version, classless } = options;
    this.options = options;
    this.version = version;
    this.number = number;
    this.cluster = new OracleCluster(api, [`lane${number}-x`, `lane${number}-y`]);
    const lbClass = classless ? undefined : `example.com/upstream${number}`;
    this.upstream = { prefix: 'm', poolNamespace: `metallb-${number}`, lbClass };
    this.ours = { prefix: 'o', poolNamespace: `metalwave-${number}`, lbClass: `example.com/ours${number}` };
  }

  private get sides(): readonly Side[] {
    return [this.upstream, this.ours];
  }

  async prepare(): Promise<void> {
    for (const name of [...this.cluster.namespaces, ...this.sides.map(({ poolNamespace }) => poolNamespace)]) {
      await this.cluster.createNamespace(name);
    }
    await this.cluster.createControllerPod(this.upstream.poolNamespace);
    await this.both(async (side) => this.cluster.createService(side, this.sentinelService()));
    await this.start();
    await this.round();
  }

  /** Runs the sequence of a seed from its empty beginning, and compares at rest after each step. */
  async run(seed: number): Promise<readonly Verdict[]> {
    const sequence = sequenceOf(seed, { lane: this.number, changesTypes: this.options.classless });
    await this.empty();
    this.state = { pools: [], namespaces: sequence.namespaces, services: [] };
    await Promise.all(sequence.namespaces.map(async (namespace) => this.cluster.label(namespace)));
    await this.do({ kind: 'pools', pools: sequence.pools });
    await this.round();
    for (const service of sequence.services) {
      await this.do({ kind: 'create', service });
    }
    const verdicts = [...(await this.compared(`${this.version} seed ${seed} start`, 'none'))];
    for (const [index, step] of sequence.steps.entries()) {
      await this.do(step);
      verdicts.push(...(await this.compared(this.tell(seed, index, step), restartOf(step))));
    }
    return verdicts;
  }

  private tell(seed: number, index: number, step: Step): string {
    const pools = this.state.pools.map(({ name, spec }) => `${name}=${JSON.stringify(spec)}`).join(' ');
    return `${this.version} lane ${this.number} seed ${seed} step ${index} ${JSON.stringify(step)}\n  ${pools}`;
  }

  private async do(step: Step): Promise<void> {
    const { services } = this.state;
    switch (step.kind) {
      case 'create':
        services.push(step.service);
        await this.both(async (side) => this.cluster.createService(side, this.named(step.service, services.length)));
        break;
      case 'edit':
      case 'delete': {
        const found = services[step.service];
        if (found === undefined) {
          throw new Error(`no Service ${step.service} is there`);
        }
        const service = this.named(found, step.service + 1);
        await this.both(async (side) =>
          step.kind === 'edit'
            ? this.cluster.editService(side, service, step.edit)
            : this.cluster.deleteService(side, service),
        );
        services[step.service] = step.kind === 'edit' ? found : undefined;
        break;
      }
      case 'pools':
        await this.both(async (side) => this.writePools(side, step.pools));
        this.state.pools = step.pools;
        break;
      case 'relabel':
        await Promise.all(step.namespaces.map(async (namespace) => this.cluster.label(namespace)));
        this.state.namespaces = step.namespaces;
        break;
      case 'restart':
        await Promise.all(this.running.map(async (child) => child.stop(10_000)));
        await (step.during === undefined ? undefined : this.do(step.during));
        await this.start();
    }
  }

  private async both(work: (side: Side) => Promise<void>): Promise<void> {
    await Promise.all(this.sides.map(async (side) => work(side)));
  }

  private named(service: ServiceCase, number: number): ServiceCase {
    return { ...service, name: `s${number}` };
  }

  /** New ones before old ones go, so that a renamed pool is refused for a moment and keeps its addresses. */
  private async writePools(side: Side, pools: readonly PoolCase[]): Promise<void> {
    const present = this.state.pools;
    for (const pool of pools) {
      if (JSON.stringify(pool) !== JSON.stringify(present.find(({ name }) => name === pool.name))) {
        await this.cluster.applyPool(side, pool);
      }
    }
    for (const { name } of present.filter((pool) => pools.every((each) => each.name !== pool.name))) {
      await this.cluster.removePool(side, name);
    }
  }

  private async start(): Promise<void> {
    const { start } = this.options;
    this.running = await Promise.all([start(this, this.upstream, 'upstream'), start(this, this.ours, 'ours')]);
  }

  /** Waits for rest and compares; what is still on its way gets some time to arrive. */
  private async compared(step: string, restart: Rest['restart']): Promise<readonly Verdict[]> {
    await this.round();
    const deadline = performance.now() + patienceMs;
    for (;;) {
      const views = await this.views();
      const verdicts = compare(this.rest(views, step, restart));
      if (verdicts.every(({ label }) => label !== undefined) || performance.now() > deadline) {
        this.before = views;
        return verdicts;
      }
      await sleep(pauseMs * 4);
    }
  }

  private rest(views: readonly ServiceView[], step: string, restart: Rest['restart']): Rest {
    const courses = coursesOf(views, this.before);
    const ofSide = ({ prefix }: Side): Rest['ours'] =>
      courses
        .filter(({ view }) => view.name.startsWith(`${prefix}-`))
        .toSorted((left, right) => (nameOf(left.view) < nameOf(right.view) ? -1 : 1));
    const line = this.version.slice(0, 4) as MetalLbLine;
    const rules = { upstream: this.config(`metallb-${line}`), native: this.config('native') };
    return { rules, upstream: ofSide(this.upstream), ours: ofSide(this.ours), step, restart };
  }

  private config(profile: RulesProfile): PoolConfig {
    const views = this.state.pools.map(({ name, spec }) =>
      decodePool({
        apiVersion: 'metallb.io/v1beta1',
        kind: 'IPAddressPool',
        metadata: { name },
        spec: spec as unknown as Json,
      }),
    );
    const config = compilePools(views, this.state.namespaces, profile);
    if (config.refusal !== undefined) {
      throw new Error(`the pools are refused: ${config.refusal}`);
    }
    return config;
  }

  /** Nothing of an earlier sequence is left. */
  private async empty(): Promise<void> {
    const { services, pools } = this.state;
    for (const [index, service] of services.entries()) {
      if (service !== undefined) {
        await this.both(async (side) => this.cluster.deleteService(side, this.named(service, index + 1)));
      }
    }
    await this.both(async (side) => {
      await Promise.all(pools.map(async ({ name }) => this.cluster.removePool(side, name)));
    });
    this.before = [];
  }

  private async views(): Promise<readonly ServiceView[]> {
    return (await this.cluster.services()).filter(({ name }) => !name.endsWith('-sentinel'));
  }

  /** A change of a pool that both have seen was loaded after the changes before it, and makes MetalLB look at everything. */
  private async round(): Promise<void> {
    this.rounds += 1;
    const sentinel = this.sentinelService();
    const address = `10.202.${this.number}.${this.rounds % 250}`;
    const spec = { addresses: [`${address}/32`], autoAssign: false };
    await this.both(async (side) => this.cluster.applyPool(side, { name: 'sentinel', spec }));
    const deadline = performance.now() + settleMs;
    for (;;) {
      const present = await this.cluster.services([sentinel.namespace]);
      const late = present.filter(
        ({ name, held: [first] }) =>
          name.endsWith(`-${sentinel.name}`) && (first === undefined || formatAddress(first) !== address),
      );
      if (late.length === 0) {
        return;
      }
      if (performance.now() > deadline) {
        const names = late.map(({ name }) => name).join(' and ');
        throw new Error(`${names} of lane ${this.number} (${this.version}) does not settle`);
      }
      await sleep(pauseMs);
    }
  }

  private sentinelService(): ServiceCase {
    return {
      name: 'sentinel',
      namespace: `lane${this.number}-x`,
      labels: {},
      annotations: { 'metallb.io/address-pool': 'sentinel' },
      spec: { type: 'LoadBalancer', allocateLoadBalancerNodePorts: false, ports: [{ port: 80 }] },
    };
  }
}

function restartOf(step: Step): Rest['restart'] {
  if (step.kind !== 'restart') {
    return 'none';
  }
  return step.during === undefined ? 'plain' : 'with a change';
}

/** Without the mark of its side. */
function nameOf({ namespace, name }: ServiceView): string {
  return `${namespace}/${name.slice(2)}`;
}
