import { formatAddress, type IpAddress } from '../../../../src/domain/address/ip-address.ts';
import type { IpPrefix } from '../../../../src/domain/address/ip-range.ts';
import { type Block, blockName, blockOf, claimsAt, emptyBlock } from '../../../../src/domain/claims/block.ts';
import { type Claim, mayShare } from '../../../../src/domain/claims/claim.ts';
import type { Sighting } from '../../../../src/domain/claims/evidence.ts';
import type { Release } from '../../../../src/domain/claims/release-from.ts';
import type { Choices } from './choices.ts';
import {
  blockIn,
  holdsOf,
  type ModelFence,
  type ModelServer,
  type ModelService,
  type ServiceList,
  type StoredBlock,
} from './model-server.ts';
import type { Protocol } from './protocol.ts';

export type ModelRequest =
  | { readonly kind: 'read-block'; readonly name: string }
  | { readonly kind: 'read-services' }
  | { readonly kind: 'swap'; readonly name: string; readonly fence: ModelFence | undefined; readonly wanted: Block }
  | {
      readonly kind: 'status';
      readonly name: string;
      readonly fence: ModelFence;
      /** undefined: only a condition is written. */
      readonly addresses: readonly IpAddress[] | undefined;
    };

/** `done` with what stands then, `refused` by a precondition, or `lost`: nobody knows. */
export type ModelReply =
  | {
      readonly kind: 'done';
      readonly service?: ModelService;
      readonly list?: ServiceList;
      readonly block?: StoredBlock;
    }
  | { readonly kind: 'refused' }
  | { readonly kind: 'lost' };

export type Task = Generator<ModelRequest, void, ModelReply>;

/** What the controllers of a run have in common. */
export interface ModelScene {
  readonly server: ModelServer;
  readonly protocol: Protocol;
  readonly choices: Choices;
  readonly addresses: readonly IpAddress[];
  /** Changed by the world. */
  pool: readonly IpAddress[];
}

/**
 * A controller that decides by chance. Whatever it decides, it keeps the protocol; its caches are as old as the run lets
 * them be, and all of it is lost with a crash.
 */
export class ModelController {
  private readonly scene: ModelScene;
  private listIndex: number;
  private readonly blockViews = new Map<string, StoredBlock>();

  constructor(scene: ModelScene) {
    this.scene = scene;
    this.listIndex = scene.choices.below(scene.server.lists.length);
    this.hearBlocks();
  }

  /** The watches tell of changes: of Services some, of blocks all or none. */
  hear(): void {
    const { server, choices } = this.scene;
    this.listIndex += choices.below(server.lists.length - this.listIndex);
    if (choices.oneIn(2)) {
      this.hearBlocks();
    }
  }

  /** One thing that a controller may do next. */
  task(): Task {
    const kind = this.scene.choices.below(7);
    if (kind < 3) {
      return this.give();
    }
    if (kind < 5) {
      return this.release();
    }
    return kind === 5 ? this.clear() : this.renew();
  }

  private hearBlocks(): void {
    for (const [name, states] of this.scene.server.blocks) {
      this.blockViews.set(name, states.at(-1));
    }
  }

  private get list(): ServiceList {
    return this.scene.server.lists[this.listIndex] as ServiceList;
  }

  private viewOf(prefix: IpPrefix): { readonly block: Block; readonly fence: ModelFence | undefined } {
    const stored = this.blockViews.get(blockName(prefix));
    if (stored === undefined) {
      return { block: emptyBlock(prefix), fence: undefined };
    }
    const { uid, resourceVersion } = stored.metadata;
    return { block: blockIn(stored), fence: { uid, resourceVersion } };
  }

  private claimsAt(address: IpAddress): readonly Claim[] {
    return claimsAt(this.viewOf(blockOf(address)).block, address);
  }

  private isFreeFor(address: IpAddress, service: ModelService): boolean {
    const text = formatAddress(address);
    const others = [...this.list.services.values()].filter(({ uid }) => uid !== service.uid);
    return (
      this.claimsAt(address).every(({ uid, share }) => uid === service.uid || mayShare(share, service.share)) &&
      others.every(({ published, share }) => !published.has(text) || mayShare(share, service.share))
    );
  }

  /** Gives a Service an address: a first one, one more, or another. */
  private *give(): Task {
    const { choices, pool } = this.scene;
    let service = choices.pick([...this.list.services.values()]);
    if (service === undefined) {
      return;
    }
    const wanted = service;
    const address = choices.pick(pool.filter((each) => this.isFreeFor(each, wanted)));
    if (address === undefined) {
      return;
    }
    let claim: Claim | undefined;
    for (let attempt = 0; attempt < 3; attempt += 1) {
      const target: { uid: string; version: string; holds: readonly IpAddress[] } = {
        uid: service.uid,
        version: service.version,
        holds: holdsOf(service),
      };
      if (claim === undefined || !this.scene.protocol.mayPublish(claim, target)) {
        claim = claimOf(service, address);
        if (!(yield* this.claim(claim)) || choices.oneIn(6)) {
          return;
        }
      }
      const addresses = this.replaces(service) ? [address] : [...this.kept(service, address), address];
      const reply: ModelReply = yield this.status(service, addresses);
      if (reply.kind === 'done') {
        return;
      }
      const next: ModelService | undefined = yield* this.readAgain(service);
      if (next === undefined) {
        return;
      }
      service = next;
    }
  }

  private replaces(service: ModelService): boolean {
    return service.published.size > 1 || this.scene.choices.oneIn(2);
  }

  /** What the status holds already and goes on holding. */
  private kept(service: ModelService, added: IpAddress): readonly IpAddress[] {
    return holdsOf(service).filter(
      (address) =>
        formatAddress(address) !== formatAddress(added) &&
        this.claimsAt(address).some(({ uid }) => uid === service.uid),
    );
  }

  /** Gives a claim back, with whatever is known of its Service. */
  private *release(): Task {
    const { choices, addresses, protocol } = this.scene;
    const claim = choices.pick(addresses.flatMap((address) => this.claimsAt(address)));
    if (claim === undefined) {
      return;
    }
    let sighting = sightingOf(claim.uid, this.list);
    if (!protocol.mayRelease(claim, sighting) && choices.oneIn(2)) {
      sighting = (yield* this.lookAgain(claim)) ?? sighting;
    }
    if (protocol.mayRelease(claim, sighting)) {
      yield* this.giveBack({ address: claim.address, uid: claim.uid, sighting });
    }
  }

  /** The latest state; a Service that still is at the ticket is moved past it. */
  private *lookAgain(claim: Claim): Generator<ModelRequest, Sighting | undefined, ModelReply> {
    const reply = yield { kind: 'read-services' };
    if (reply.kind !== 'done' || reply.list === undefined) {
      return undefined;
    }
    const service = [...reply.list.services.values()].find(({ uid }) => uid === claim.uid);
    if (service === undefined) {
      return { kind: 'gone' };
    }
    if (service.version !== claim.ticket) {
      return sightingOf(claim.uid, reply.list);
    }
    const written = yield this.status(service, undefined);
    if (written.kind !== 'done' || written.service === undefined) {
      return undefined;
    }
    const { version } = written.service;
    return { kind: 'seen', version, holds: holdsOf(written.service), follows: service.version };
  }

  /** Takes addresses out of a status, as where they are in no pool any more. */
  private *clear(): Task {
    const { choices } = this.scene;
    const service = choices.pick([...this.list.services.values()].filter(({ published }) => published.size > 0));
    if (service !== undefined) {
      yield this.status(service, holdsOf(service).slice(1));
    }
  }

  /** Claims what a status holds: an address that no claim names yet, or one that is shared otherwise now. */
  private *renew(): Task {
    const { choices } = this.scene;
    const service = choices.pick([...this.list.services.values()].filter(({ published }) => published.size > 0));
    const address = service === undefined ? undefined : choices.pick(holdsOf(service));
    if (service !== undefined && address !== undefined) {
      yield* this.claim(claimOf(service, address));
    }
  }

  private status(service: ModelService, addresses: readonly IpAddress[] | undefined): ModelRequest {
    const resourceVersion = this.scene.protocol.publishIsFenced ? service.version : undefined;
    return { kind: 'status', name: service.name, fence: { uid: service.uid, resourceVersion }, addresses };
  }

  private *readAgain(service: ModelService): Generator<ModelRequest, ModelService | undefined, ModelReply> {
    const reply = yield { kind: 'read-services' };
    const now = reply.kind === 'done' ? reply.list?.services.get(service.name) : undefined;
    return now?.uid === service.uid ? now : undefined;
  }

  private *claim(claim: Claim): Generator<ModelRequest, boolean, ModelReply> {
    const block = yield* this.change(blockOf(claim.address), (now) => this.scene.protocol.claimIn(now, [claim]).block);
    return (
      block !== undefined &&
      claimsAt(block, claim.address).some(({ uid, ticket }) => uid === claim.uid && ticket === claim.ticket)
    );
  }

  private *giveBack(release: Release): Task {
    yield* this.change(blockOf(release.address), (now) => this.scene.protocol.releaseFrom(now, [release]).block);
  }

  /** Compare-and-swap; a conflict or a lost answer is followed by reading again. Gives the block that stands then. */
  private *change(
    prefix: IpPrefix,
    step: (block: Block) => Block,
  ): Generator<ModelRequest, Block | undefined, ModelReply> {
    const name = blockName(prefix);
    for (let attempt = 0; attempt < 3; attempt += 1) {
      const { block, fence } = this.viewOf(prefix);
      const wanted = step(block);
      if (wanted === block) {
        return block;
      }
      const unfenced = { uid: undefined, resourceVersion: undefined };
      const reply = yield { kind: 'swap', name, fence: this.scene.protocol.swapIsFenced ? fence : unfenced, wanted };
      if (reply.kind === 'done') {
        this.blockViews.set(name, reply.block);
        return wanted;
      }
      const read = yield { kind: 'read-block', name };
      if (read.kind === 'done') {
        this.blockViews.set(name, read.block);
      }
    }
    return undefined;
  }
}

function claimOf(service: ModelService, address: IpAddress): Claim {
  const { uid, version, name, share } = service;
  const claim = { address, uid, ticket: version, service: `default/${name}` };
  return share === undefined ? claim : { ...claim, share };
}

function sightingOf(uid: string, { revision, services }: ServiceList): Sighting {
  const service = [...services.values()].find((each) => each.uid === uid);
  return service === undefined
    ? { kind: 'absent', listVersion: revision }
    : { kind: 'seen', version: service.version, holds: holdsOf(service) };
}
