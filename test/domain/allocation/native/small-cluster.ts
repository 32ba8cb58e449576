import { formatAddress, type IpAddress } from '../../../../src/domain/address/ip-address.ts';
import { parseAddress } from '../../../../src/domain/address/parse-address.ts';
import { Allocator, type AllocatorOptions } from '../../../../src/domain/allocation/native/allocator.ts';
import type { Decision } from '../../../../src/domain/allocation/native/decision.ts';
import { compilePools, type PoolConfig } from '../../../../src/domain/allocation/pool-config.ts';
import type { Labels } from '../../../../src/domain/allocation/label-selector.ts';
import type { ServiceView } from '../../../../src/domain/allocation/service-view.ts';
import type { KubeObject } from '../../../../src/domain/manifest/kube-object.ts';
import { objects, service, type ServiceFields } from '../../address-plan/plan-fixture.ts';

export interface Entry {
  readonly uid: string;
  readonly created: string;
  readonly fields: ServiceFields;
  readonly view: ServiceView;
  published: readonly IpAddress[];
}

export function address(text: string): IpAddress {
  const read = parseAddress(text);
  if (!read.ok) {
    throw new Error(`${text} is no address`);
  }
  return read.value;
}

export function textsOf(addresses: readonly IpAddress[]): readonly string[] {
  return addresses.map((each) => formatAddress(each));
}

/** A cluster in which everything that is decided is claimed, published and given back at once. */
export class SmallCluster {
  readonly entries: Map<string, Entry> = new Map();
  readonly decisions: Decision[] = [];
  allocator: Allocator;
  config: PoolConfig = compilePools([], [], 'native');
  private readonly options: AllocatorOptions;
  /** By uid, since the allocator started. */
  private readonly last = new Map<string, Decision>();
  private made = 0;

  constructor(options: AllocatorOptions = {}) {
    this.options = options;
    this.allocator = new Allocator(options);
  }

  pools(pools: readonly KubeObject[], namespaces: readonly { name: string; labels: Labels }[] = []): this {
    this.config = compilePools(objects(...pools).pools, namespaces, 'native');
    this.allocator.setPools(this.config);
    return this;
  }

  /** A new Service, or an edit of one. */
  put(name: string, fields: ServiceFields = {}, published?: readonly string[]): this {
    const known = this.entries.get(name);
    this.made += known === undefined ? 1 : 0;
    const entry: Entry = {
      uid: known?.uid ?? `uid-${name}-${this.made}`,
      created: known?.created ?? `2026-01-01T00:00:00Z ${String(this.made).padStart(6, '0')}`,
      fields,
      view: service(name, [], fields),
      published: published?.map((text) => address(text)) ?? known?.published ?? [],
    };
    this.entries.set(name, entry);
    this.tell(entry);
    return this;
  }

  delete(name: string, now = 0): this {
    const entry = this.entry(name);
    this.entries.delete(name);
    this.allocator.remove(entry.uid, now);
    this.allocator.setClaimed(entry.uid, []);
    return this;
  }

  entry(name: string): Entry {
    const entry = this.entries.get(name);
    if (entry === undefined) {
      throw new Error(`there is no Service ${name}`);
    }
    return entry;
  }

  held(name: string): string {
    return textsOf(this.entry(name).published).join(' ');
  }

  /** The last decision on a Service. */
  decision(name: string): Decision {
    const found = this.last.get(this.entry(name).uid);
    if (found === undefined) {
      throw new Error(`nothing was decided on ${name}`);
    }
    return found;
  }

  /** Decides and publishes until nothing is left to do; gives the names of those decided. */
  settle(limit = 100): readonly string[] {
    const decided: string[] = [];
    for (let round = 0; round < 1000; round += 1) {
      const uids = this.allocator.takeDirty(limit);
      if (uids.length === 0) {
        return decided;
      }
      for (const uid of uids) {
        decided.push(this.carryOut(this.allocator.decide(uid)));
      }
    }
    throw new Error('it never settles');
  }

  /** The same cluster with an allocator that has just started. */
  restart(order: (entries: Entry[]) => Entry[] = (entries) => entries): readonly string[] {
    this.allocator = new Allocator(this.options);
    this.last.clear();
    for (const entry of order([...this.entries.values()])) {
      this.allocator.setClaimed(entry.uid, entry.published);
      this.tell(entry);
    }
    this.allocator.setPools(this.config);
    const before = new Map([...this.entries.values()].map(({ uid, published }) => [uid, textsOf(published).join()]));
    const from = this.decisions.length;
    this.settle();
    return this.decisions
      .slice(from)
      .filter(({ uid, wanted }) => before.get(uid) !== textsOf(wanted).join())
      .map(({ key }) => key);
  }

  private carryOut(decision: Decision): string {
    this.decisions.push(decision);
    this.last.set(decision.uid, decision);
    const entry = [...this.entries.values()].find(({ uid }) => uid === decision.uid);
    if (entry !== undefined && textsOf(entry.published).join() !== textsOf(decision.wanted).join()) {
      this.allocator.setClaimed(entry.uid, [...entry.published, ...decision.wanted]);
      entry.published = decision.wanted;
      this.tell(entry);
    }
    this.allocator.setClaimed(decision.uid, decision.wanted);
    return decision.key.slice(decision.key.indexOf('/') + 1);
  }

  private tell({ uid, created, view, published }: Entry): void {
    const allocatedFrom = this.last.get(uid)?.pool;
    this.allocator.put({ uid, created, view: { ...view, allocatedFrom }, published });
  }
}
