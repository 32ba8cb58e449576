/** Small numbers that look drawn: the same seed gives the same. */
export class Dice {
  private state: number;

  constructor(seed: number) {
    this.state = (seed * 2_654_435_761 + 97) % 4_294_967_296;
  }

  below(count: number): number {
    this.state = (this.state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return Math.floor((this.state / 4_294_967_296) * count);
  }

  chance(percent: number): boolean {
    return this.below(100) < percent;
  }

  oneOf<Value>(values: readonly [Value, ...Value[]]): Value {
    return values[this.below(values.length)] ?? values[0];
  }
}

export interface PoolCase {
  readonly name: string;
  readonly spec: { readonly addresses: readonly string[]; readonly [field: string]: unknown };
}

export interface ServiceCase {
  readonly name: string;
  readonly namespace: string;
  readonly labels: { readonly [key: string]: string };
  readonly annotations: { readonly [key: string]: string };
  readonly spec: { readonly [field: string]: unknown };
}

export interface NamespaceCase {
  readonly name: string;
  readonly labels: { readonly [key: string]: string };
}

/** A cluster before and after a change. */
export interface AllocationCase {
  readonly seed: number;
  readonly before: { readonly pools: readonly PoolCase[]; readonly namespaces: readonly NamespaceCase[] };
  readonly services: readonly ServiceCase[];
  readonly after: { readonly pools: readonly PoolCase[]; readonly namespaces: readonly NamespaceCase[] };
}

/** Makes the case of a seed, in two namespaces of the lane and addresses of its own. */
export function allocationCase(seed: number, lane: number): AllocationCase {
  return new CaseMaker(seed, lane).make();
}

class CaseMaker {
  private readonly dice: Dice;
  private readonly seed: number;
  private readonly lane: number;

  constructor(seed: number, lane: number) {
    this.dice = new Dice(seed);
    this.seed = seed;
    this.lane = lane;
  }

  make(): AllocationCase {
    const count = 1 + this.dice.below(3);
    const pools = Array.from({ length: count }, (_, index) => this.pool(`p${index}`, index * 8));
    const namespaces = this.namespaces();
    const services = Array.from({ length: 3 + this.dice.below(5) }, (_, index) => this.service(index));
    const relabelled = this.dice.chance(25) ? this.namespaces() : namespaces;
    const after = relabelled === namespaces || this.dice.chance(30) ? this.changed(pools) : pools;
    return {
      seed: this.seed,
      before: { pools, namespaces },
      services,
      after: { pools: after, namespaces: relabelled },
    };
  }

  private v4(last: number): string {
    return `10.201.${this.lane}.${last}`;
  }

  private v6(last: number): string {
    return `fd00:201:${this.lane}::${last.toString(16)}`;
  }

  private namespaces(): readonly NamespaceCase[] {
    return ['x', 'y'].map((suffix) => ({
      name: `lane${this.lane}-${suffix}`,
      labels: { team: this.dice.oneOf(['red', 'blue']) },
    }));
  }

  private addresses(start: number): readonly string[] {
    const first = start + this.dice.below(3);
    const last = first + this.dice.below(5);
    const v4 = this.dice.chance(20)
      ? [`${this.v4(first)}/32`, `${this.v4(first + 1)}-${this.v4(last + 1)}`]
      : [`${this.v4(first)}-${this.v4(last)}`];
    const v6 = this.dice.chance(50) ? [`${this.v6(first)}-${this.v6(first + this.dice.below(3))}`] : [];
    return this.dice.chance(20) ? [...v6, ...v4] : [...v4, ...v6];
  }

  private pool(name: string, start: number): PoolCase {
    return {
      name,
      spec: {
        addresses: this.addresses(start),
        autoAssign: !this.dice.chance(15),
        avoidBuggyIPs: this.dice.chance(25),
        ...(this.dice.chance(65) ? {} : { serviceAllocation: this.allocation() }),
      },
    };
  }

  private allocation(): { readonly [field: string]: unknown } {
    const priority = this.dice.oneOf([0, 0, 5, 5, 9]);
    return {
      ...(this.dice.chance(70) ? { priority } : {}),
      ...(this.dice.chance(35) ? { namespaces: [`lane${this.lane}-${this.dice.oneOf(['x', 'y'])}`] } : {}),
      ...(this.dice.chance(35)
        ? { namespaceSelectors: [{ matchLabels: { team: this.dice.oneOf(['red', 'blue']) } }] }
        : {}),
      ...(this.dice.chance(35)
        ? { serviceSelectors: [{ matchLabels: { tier: this.dice.oneOf(['gold', 'tin']) } }] }
        : {}),
    };
  }

  private service(index: number): ServiceCase {
    const dual = this.dice.chance(30);
    const policy = dual ? this.dice.oneOf(['PreferDualStack', 'RequireDualStack']) : 'SingleStack';
    const order = this.dice.oneOf([
      ['IPv4', 'IPv6'],
      ['IPv6', 'IPv4'],
    ]);
    const six = !dual && this.dice.chance(15);
    const local = this.dice.chance(15);
    return {
      name: `s${this.seed}-${index}`,
      namespace: `lane${this.lane}-${this.dice.oneOf(['x', 'y'])}`,
      labels: this.dice.chance(40) ? { tier: this.dice.oneOf(['gold', 'tin']) } : {},
      annotations: { ...this.request(dual, six), ...this.sharing() },
      spec: {
        type: 'LoadBalancer',
        loadBalancerClass: `example.com/lane${this.lane}`,
        ipFamilyPolicy: policy,
        ...(dual ? { ipFamilies: order } : { ipFamilies: [six ? 'IPv6' : 'IPv4'] }),
        allocateLoadBalancerNodePorts: false,
        externalTrafficPolicy: local ? 'Local' : 'Cluster',
        selector: { app: this.dice.oneOf(['one', 'two']) },
        ports: [{ name: 'main', port: 80 + this.dice.below(3), protocol: this.dice.oneOf(['TCP', 'UDP']) }],
      },
    };
  }

  private request(dual: boolean, six: boolean): { readonly [key: string]: string } {
    const prefix = this.dice.oneOf(['metallb.io', 'metallb.universe.tf']);
    if (this.dice.chance(12)) {
      return { [`${prefix}/address-pool`]: `p${this.dice.below(3)}` };
    }
    if (!this.dice.chance(10)) {
      return {};
    }
    const last = this.dice.below(18);
    const single = six ? this.v6(last) : this.v4(last);
    return { [`${prefix}/loadBalancerIPs`]: dual ? `${this.v4(last)},${this.v6(last)}` : single };
  }

  private sharing(): { readonly [key: string]: string } {
    return this.dice.chance(30) ? { 'metallb.io/allow-shared-ip': `key${this.lane}-${this.dice.below(2)}` } : {};
  }

  /** One or two pools changed, gone, renamed or new; now and then so that they overlap. */
  private changed(pools: readonly PoolCase[]): readonly PoolCase[] {
    const chosen = this.dice.below(pools.length);
    const other = this.dice.chance(25) ? this.dice.below(pools.length) : chosen;
    return pools.flatMap((pool, index) => (index === chosen || index === other ? this.mutated(pool, index) : [pool]));
  }

  private mutated(pool: PoolCase, index: number): readonly PoolCase[] {
    switch (this.dice.below(7)) {
      case 0:
        return [];
      case 1:
        return [{ ...pool, name: `${pool.name}-new` }];
      case 2:
        return [{ ...this.pool(pool.name, index * 8), spec: { ...pool.spec, serviceAllocation: this.allocation() } }];
      case 3:
        return [pool, this.pool('extra', 24)];
      case 4:
        return [{ ...pool, spec: { ...pool.spec, avoidBuggyIPs: pool.spec['avoidBuggyIPs'] !== true } }];
      default:
        return [{ ...pool, spec: { ...pool.spec, addresses: this.addresses(index * 8) } }];
    }
  }
}
