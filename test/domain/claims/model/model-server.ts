import { formatAddress, type IpAddress } from '../../../../src/domain/address/ip-address.ts';
import { type Block, blockName, blockOf, claimsAt, emptyBlock } from '../../../../src/domain/claims/block.ts';
import { decodeBlock, encodeBlock } from '../../../../src/domain/claims/block-codec.ts';
import { mayShare, type Share } from '../../../../src/domain/claims/claim.ts';
import type { KubeObject } from '../../../../src/domain/manifest/kube-object.ts';

/** A Service at one version. */
export interface ModelService {
  readonly name: string;
  readonly uid: string;
  readonly version: string;
  readonly share: Share | undefined;
  /** Its status: each address with what the Service shared by since it has it. */
  readonly published: ReadonlyMap<
    string,
    { readonly address: IpAddress; readonly shares: readonly (Share | undefined)[] }
  >;
  /** Published by somebody who makes no claims, and not claimed since. */
  readonly isForeign: boolean;
}

export function holdsOf(service: ModelService): readonly IpAddress[] {
  return [...service.published.values()].map(({ address }) => address);
}

const decoded = new WeakMap<KubeObject, Block>();

/** A stored block as the real decoder reads it, once for each state. */
export function blockIn(stored: KubeObject): Block {
  const block = decoded.get(stored) ?? decodeBlock(stored);
  if (block === undefined) {
    throw new Error('a stored block has the name of none');
  }
  decoded.set(stored, block);
  return block;
}

/** All Services at one time, and the revision of the list. */
export interface ServiceList {
  readonly revision: string;
  readonly services: ReadonlyMap<string, ModelService>;
}

/** A stored block at one time; undefined: there was none. */
export type StoredBlock = KubeObject | undefined;

/** What a write is fenced by; undefined: the object must not be there. */
export interface ModelFence {
  readonly uid: string | undefined;
  readonly resourceVersion: string | undefined;
}

/**
 * An API server as etcd makes it: one revision counts all writes, a write with preconditions takes effect at once or not
 * at all. It remembers every state, so that a controller can look at an old one.
 */
export class ModelServer {
  readonly lists: ServiceList[] = [];
  /** By name, in the order of their writes. */
  readonly blocks: Map<string, StoredBlock[]> = new Map();
  private revision = 96;
  private checkedRevision = 0;
  private counter = 0;

  constructor() {
    this.lists.push({ revision: String(this.revision), services: new Map() });
  }

  get list(): ServiceList {
    return this.lists.at(-1) as ServiceList;
  }

  storedAt(name: string): StoredBlock {
    return this.blocks.get(name)?.at(-1);
  }

  create(name: string, share: Share | undefined, foreign?: IpAddress): void {
    this.counter += 1;
    const published = new Map(
      foreign === undefined ? [] : [[formatAddress(foreign), { address: foreign, shares: [share] }]],
    );
    this.store({ name, uid: `uid-${this.counter}`, version: '', share, published, isForeign: foreign !== undefined });
  }

  remove(name: string): void {
    const services = new Map(this.list.services);
    services.delete(name);
    this.revision += 1;
    this.lists.push({ revision: String(this.revision), services });
  }

  /** An edit by its owner. `clears`: one that takes its type away, whereupon the server empties the status. */
  edit(name: string, change: { readonly share?: Share | undefined; readonly clears?: boolean }): void {
    const before = this.list.services.get(name);
    if (before === undefined) {
      return;
    }
    const share = 'share' in change ? change.share : before.share;
    const entries = [...before.published].map(
      ([text, { address, shares }]) => [text, { address, shares: [...shares, share] }] as const,
    );
    const published = new Map(change.clears === true ? [] : entries);
    this.store({ ...before, share, published, isForeign: before.isForeign && change.clears !== true });
  }

  /** Writes a status, or with no addresses given only a condition. undefined: a precondition does not hold. */
  patchStatus(name: string, fence: ModelFence, addresses: readonly IpAddress[] | undefined): ModelService | undefined {
    const before = this.list.services.get(name);
    const isMoved = fence.resourceVersion !== undefined && fence.resourceVersion !== before?.version;
    if (before === undefined || before.uid !== fence.uid || isMoved) {
      return undefined;
    }
    if (addresses === undefined) {
      return this.store(before);
    }
    const published = new Map(
      addresses.map((address) => {
        const text = formatAddress(address);
        return [text, before.published.get(text) ?? { address, shares: [before.share] }];
      }),
    );
    return this.store({ ...before, published, isForeign: before.isForeign && addresses.length > 0 });
  }

  /** Writes a block, or deletes it with its last claim. False: the fence does not hold. */
  swap(name: string, fence: ModelFence | undefined, wanted: Block): boolean {
    const live = this.storedAt(name)?.metadata;
    if (!isFenceMet(fence, live)) {
      return false;
    }
    this.revision += 1;
    const states = this.blocks.get(name) ?? [];
    this.blocks.set(name, states);
    if (wanted.entries.size === 0) {
      states.push(undefined);
      return true;
    }
    const object = encodeBlock(wanted, 'x');
    const uid = live?.uid ?? `block-${this.revision}`;
    states.push({ ...object, metadata: { ...object.metadata, uid, resourceVersion: String(this.revision) } });
    return true;
  }

  blockOf(address: IpAddress): Block {
    const prefix = blockOf(address);
    const stored = this.storedAt(blockName(prefix));
    return stored === undefined ? emptyBlock(prefix) : blockIn(stored);
  }

  /** What must never be, in words; undefined: all is well. */
  violation(): string | undefined {
    if (this.checkedRevision === this.revision) {
      return undefined;
    }
    this.checkedRevision = this.revision;
    const publications = [...this.list.services.values()].flatMap((service) =>
      [...service.published.values()].map((each) => ({ service, ...each })),
    );
    for (const [index, { service, address, shares }] of publications.entries()) {
      const text = formatAddress(address);
      const other = publications
        .slice(index + 1)
        .find((each) => formatAddress(each.address) === text && !couldShare(each.shares, shares));
      if (other !== undefined) {
        return `${text} is published by ${service.uid} and ${other.service.uid}`;
      }
      const claims = claimsAt(this.blockOf(address), address);
      const rival = claims.find(({ uid, share }) => uid !== service.uid && !couldShare([share], shares));
      if (rival !== undefined) {
        return `${text} is published by ${service.uid} and claimed by ${rival.uid}`;
      }
      if (!service.isForeign && !claims.some(({ uid }) => uid === service.uid)) {
        return `${text} is published by ${service.uid} without a claim`;
      }
    }
    return undefined;
  }

  private store(service: ModelService): ModelService {
    this.revision += 1;
    const stored = { ...service, version: String(this.revision) };
    const services = new Map(this.list.services).set(service.name, stored);
    this.lists.push({ revision: stored.version, services });
    return stored;
  }
}

/** An owner's edit may set two Services at odds that shared well before; that is no fault of the protocol. */
function couldShare(left: readonly (Share | undefined)[], right: readonly (Share | undefined)[]): boolean {
  return left.some((one) => right.some((other) => mayShare(one, other)));
}

/** A fence without a version lets everything through. */
function isFenceMet(fence: ModelFence | undefined, live: ModelFence | KubeObject['metadata'] | undefined): boolean {
  if (fence === undefined) {
    return live === undefined;
  }
  const { uid, resourceVersion } = fence;
  return resourceVersion === undefined || (live?.uid === uid && live?.resourceVersion === resourceVersion);
}
