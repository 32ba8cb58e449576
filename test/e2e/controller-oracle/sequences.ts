import { allocationCase, Dice, type NamespaceCase, type PoolCase, type ServiceCase } from '../allocation-cases.ts';

/** What is done to the Service of this index on both sides; its new texts stand for all of MetalLB's there are. */
export interface ServiceEdit {
  readonly annotations?: { readonly [key: string]: string };
  readonly labels?: { readonly [key: string]: string };
  readonly spec?: { readonly [field: string]: unknown };
}

export type Step =
  | { readonly kind: 'edit'; readonly service: number; readonly edit: ServiceEdit }
  | { readonly kind: 'delete'; readonly service: number }
  | { readonly kind: 'create'; readonly service: ServiceCase }
  | { readonly kind: 'pools'; readonly pools: readonly PoolCase[] }
  | { readonly kind: 'relabel'; readonly namespaces: readonly NamespaceCase[] }
  /** Both controllers are stopped, and started after the other step. */
  | { readonly kind: 'restart'; readonly during: Step | undefined };

export interface Sequence {
  readonly seed: number;
  readonly pools: readonly PoolCase[];
  readonly namespaces: readonly NamespaceCase[];
  readonly services: readonly ServiceCase[];
  readonly steps: readonly Step[];
}

export interface SequenceOptions {
  readonly lane: number;
  /** MetalLB forgets a Service of a class that loses its type: only without a class the two can be compared there. */
  readonly changesTypes: boolean;
}

/** Makes the sequence of a seed in the namespaces and addresses of a lane. */
export function sequenceOf(seed: number, options: SequenceOptions): Sequence {
  return new SequenceMaker(seed, options).make();
}

/** Labels of one lane's own, so that no other lane's namespaces are selected. */
function inLane<Value>(value: Value, lane: number): Value {
  return JSON.parse(JSON.stringify(value).replaceAll(/"team":"(red|blue)"/gu, `"team":"$1${lane}"`)) as Value;
}

class SequenceMaker {
  private readonly seed: number;
  private readonly dice: Dice;
  private readonly options: SequenceOptions;
  private pools: readonly PoolCase[] = [];
  private present: number[] = [];
  private count = 0;
  private draws = 0;

  constructor(seed: number, options: SequenceOptions) {
    this.seed = seed;
    this.options = options;
    this.dice = new Dice(seed * 31 + 7);
  }

  make(): Sequence {
    const start = inLane(allocationCase(this.seed, this.options.lane), this.options.lane);
    this.pools = start.before.pools;
    const services = start.services.slice(0, 5);
    this.count = services.length;
    this.present = services.map((_, index) => index);
    const steps = Array.from({ length: 2 + this.dice.below(4) }, () => this.step());
    if (this.seed % 8 === 0) {
      const during = this.dice.chance(50) ? this.poolStep() : undefined;
      steps.push({ kind: 'restart', during });
    }
    return { seed: this.seed, pools: start.before.pools, namespaces: start.before.namespaces, services, steps };
  }

  /** Another case, to take parts from. */
  private another(): ReturnType<typeof allocationCase> {
    this.draws += 1;
    return inLane(allocationCase(this.seed * 100 + this.draws, this.options.lane), this.options.lane);
  }

  private step(): Step {
    const face = this.dice.below(100);
    const service = this.present[this.dice.below(this.present.length)];
    if (service === undefined || face < 15) {
      return this.creation();
    }
    if (face < 25) {
      this.present = this.present.filter((each) => each !== service);
      return { kind: 'delete', service };
    }
    if (face < 70) {
      return { kind: 'edit', service, edit: this.edit() };
    }
    return face < 92 ? this.poolStep() : { kind: 'relabel', namespaces: this.another().before.namespaces };
  }

  private creation(): Step {
    const [service] = this.another().services;
    if (service === undefined) {
      throw new Error('a case has no Service');
    }
    this.present.push(this.count);
    this.count += 1;
    return { kind: 'create', service };
  }

  private edit(): ServiceEdit {
    const [other] = this.another().services;
    switch (this.dice.below(this.options.changesTypes ? 8 : 7)) {
      case 0:
        return { annotations: this.request() };
      case 1:
        return { annotations: this.unreadable() };
      case 2:
        return { annotations: { 'metallb.io/allow-shared-ip': `key${this.options.lane}-${this.dice.below(2)}` } };
      case 3:
        return { spec: { ports: [{ name: 'main', port: 80 + this.dice.below(3), protocol: 'TCP' }] } };
      case 4:
        return { spec: { externalTrafficPolicy: this.dice.oneOf(['Local', 'Cluster']), selector: { app: 'one' } } };
      case 5:
        return { spec: { ipFamilyPolicy: this.dice.oneOf(['SingleStack', 'PreferDualStack', 'RequireDualStack']) } };
      case 6:
        return { annotations: other?.annotations ?? {}, labels: { tier: this.dice.oneOf(['gold', 'tin']) } };
      default:
        return { spec: { type: this.dice.oneOf(['ClusterIP', 'LoadBalancer']) } };
    }
  }

  private v4(): string {
    return `10.201.${this.options.lane}.${this.dice.below(18)}`;
  }

  private request(): { readonly [key: string]: string } {
    const v6 = `fd00:201:${this.options.lane}::${this.dice.below(18).toString(16)}`;
    return this.dice.oneOf<{ readonly [key: string]: string }>([
      {},
      { 'metallb.io/address-pool': `p${this.dice.below(3)}` },
      { 'metallb.universe.tf/address-pool': `p${this.dice.below(3)}`, 'metallb.io/address-pool': '' },
      { 'metallb.io/loadBalancerIPs': this.v4() },
      { 'metallb.universe.tf/loadBalancerIPs': this.v4() },
      { 'metallb.io/loadBalancerIPs': `${v6}, ${this.v4()}` },
      { 'metallb.io/loadBalancerIPs': this.v4(), 'metallb.io/address-pool': `p${this.dice.below(2)}` },
    ]);
  }

  private unreadable(): { readonly [key: string]: string } {
    return {
      'metallb.io/loadBalancerIPs': this.dice.oneOf([
        'nonsense',
        `${this.v4()},`,
        `${this.v4()},${this.v4()}`,
        '10.0.0',
      ]),
    };
  }

  private poolStep(): Step {
    const index = this.dice.below(this.pools.length);
    const chosen = this.pools[index];
    const number = chosen?.name.replace('-new', '');
    const spare = this.another().before.pools.find(({ name }) => name === number)?.spec;
    if (chosen === undefined || this.pools.length < 2) {
      this.pools = [
        ...this.pools,
        ...this.another()
          .before.pools.filter(({ name }) => this.isNew(name))
          .slice(0, 1),
      ];
    } else {
      const changed = this.changed(chosen, spare);
      this.pools = this.pools.flatMap((pool) => (pool === chosen ? changed : [pool]));
    }
    return { kind: 'pools', pools: this.pools };
  }

  private isNew(name: string): boolean {
    return this.pools.every((pool) => pool.name.replace('-new', '') !== name);
  }

  /** One pool grown, shrunk, moved, renamed, gone, or for others than before; it stays within its own eight addresses. */
  private changed(pool: PoolCase, spare: PoolCase['spec'] | undefined): readonly PoolCase[] {
    const { serviceAllocation: _, ...open } = pool.spec;
    switch (this.dice.below(8)) {
      case 0:
        return [];
      case 1:
        return [{ ...pool, name: pool.name.endsWith('-new') ? pool.name.replace('-new', '') : `${pool.name}-new` }];
      case 2:
        return [{ ...pool, spec: { ...pool.spec, autoAssign: pool.spec['autoAssign'] !== true } }];
      case 3:
        return [{ ...pool, spec: { ...pool.spec, avoidBuggyIPs: pool.spec['avoidBuggyIPs'] !== true } }];
      case 4:
        return [{ ...pool, spec: this.allocationOf(open) }];
      default:
        return [{ ...pool, spec: { ...pool.spec, addresses: spare?.addresses ?? pool.spec.addresses } }];
    }
  }

  private allocationOf(open: PoolCase['spec']): PoolCase['spec'] {
    const found = this.another().before.pools.find(({ spec }) => spec['serviceAllocation'] !== undefined);
    return found === undefined ? open : { ...open, serviceAllocation: found.spec['serviceAllocation'] };
  }
}
