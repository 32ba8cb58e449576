import type { IpAddress } from '../../address/ip-address.ts';
import { converge, type Converged } from '../../allocation/converge.ts';
import { Ledger } from '../../allocation/ledger.ts';
import { commonOwner } from '../../allocation/pool-config.ts';
import { textOf } from '../address-texts.ts';
import type { ServiceView } from '../../allocation/service-view.ts';
import type { Contender, Contest } from './contest.ts';

/** Where one Service stands. */
interface Slot {
  readonly held: readonly IpAddress[];
  readonly registered: boolean;
  /** It is still to be looked at in the pass over all Services. */
  readonly todo: boolean;
  /** It was written and the controller has not looked at it since. */
  readonly event: boolean;
  /** Equal for slots that are; found when it is asked for. */
  text: string | undefined;
}

function slotOf(held: readonly IpAddress[], registered: boolean, todo: boolean, event: boolean): Slot {
  return { held, registered, todo, event, text: undefined };
}

function slotText(slot: Slot | undefined): string {
  if (slot === undefined) {
    return '';
  }
  const { held, registered, todo, event } = slot;
  slot.text ??= `${registered ? 'r' : ''}${todo ? 't' : ''}${event ? 'e' : ''}${textOf(held)}`;
  return slot.text;
}

/**
 * The controller in the middle of a change: what is written, what it has loaded, whom it still has to look at. Changed step
 * by step by whoever decides which of the possible steps comes next.
 */
export class Simulation {
  private readonly contest: Contest;
  private readonly ledger: Ledger;
  private readonly slots: Slot[];
  /** Indices of contenders that are alike. */
  private readonly classes: readonly (readonly number[])[];
  written = 0;
  private loaded = 0;
  private queued: boolean;
  /** Services left in the pass that is under way. */
  private left = 0;

  constructor(contest: Contest, original?: Simulation) {
    this.contest = contest;
    this.ledger = original === undefined ? new Ledger(contest.base) : original.ledger.copy();
    this.slots =
      original === undefined
        ? contest.contenders.map(({ held, registered }) => slotOf(held, registered && !contest.restart, false, false))
        : [...original.slots];
    this.queued = original?.queued ?? contest.restart;
    this.classes = original?.classes ?? classesOf(contest);
    if (original === undefined) {
      this.slots.forEach((slot, index) => {
        this.book(index, slot);
      });
      return;
    }
    this.written = original.written;
    this.loaded = original.loaded;
    this.left = original.left;
  }

  copy(): Simulation {
    return new Simulation(this.contest, this);
  }

  /** Equal for simulations that go on alike, up to the names of Services that are alike. */
  text(): string {
    const slots = this.classes.map((indices) =>
      indices
        .map((index) => slotText(this.slots[index]))
        .toSorted()
        .join(' '),
    );
    return `${String(this.written)} ${String(this.loaded)} ${this.queued ? 'q' : ''}|${slots.join('|')}`;
  }

  held(index: number): readonly IpAddress[] {
    return this.slots[index]?.held ?? [];
  }

  /** Writes that may come next. */
  nextWrites(written: number = this.written): readonly number[] {
    const open = this.contest.writes.flatMap((write, bit) => ((written & (1 << bit)) === 0 ? [{ write, bit }] : []));
    const batch = Math.min(...open.map(({ write }) => write.batch));
    return open.filter(({ write }) => write.batch === batch).map(({ bit }) => bit);
  }

  write(bit: number): void {
    this.written |= 1 << bit;
    this.contest.contenders.forEach((contender, index) => {
      const slot = this.slots[index];
      if (contender.write === bit && slot !== undefined) {
        // The API server itself empties the status of a Service that is not of type LoadBalancer any more.
        const held = contender.after?.isLoadBalancer === false ? [] : slot.held;
        this.put(index, held, slot, { registered: slot.registered, todo: slot.todo, event: true });
      }
    });
  }

  /** The controller would take the configuration after these writes, and it differs from the one it has. */
  canLoad(written: number = this.written): boolean {
    const next = this.contest.configAfter(written);
    return next.config.refusal === undefined && next.fingerprint !== this.contest.configAfter(this.loaded).fingerprint;
  }

  /** Sets of writes at which the controller may load the configuration next, having missed those in between. */
  nextLoads(): readonly number[] {
    const found = new Set([this.written]);
    for (const written of found) {
      for (const bit of this.nextWrites(written)) {
        if (this.contest.writes[bit]?.kind !== 'service') {
          found.add(written | (1 << bit));
        }
      }
    }
    return [...found].filter((written) => this.canLoad(written));
  }

  /** Takes the written configuration: what no pool of it holds is off the books at once; then all Services are looked at. */
  load(written: number = this.written): void {
    this.written = written;
    this.loaded = this.written;
    this.queued = true;
    const { config } = this.contest.configAfter(this.loaded);
    this.slots.forEach((slot, index) => {
      if (slot.registered && commonOwner(config, slot.held) === undefined) {
        this.put(index, slot.held, slot, { registered: false, todo: slot.todo, event: slot.event });
      }
    });
  }

  canBegin(): boolean {
    return this.queued && this.left === 0;
  }

  /** Begins a pass over all Services where one is due and none is under way. */
  begin(): void {
    if (this.canBegin()) {
      this.queued = false;
      this.slots.forEach((slot, index) => {
        if (this.view(index) !== undefined) {
          this.slots[index] = slotOf(slot.held, slot.registered, true, slot.event);
          this.left += 1;
        }
      });
    }
  }

  /** Services the controller may look at next: in a pass those with the most addresses first, and with 0.14 any. */
  nextServices(): readonly number[] {
    let most = -1;
    for (const { todo, held } of this.slots) {
      most = todo ? Math.max(most, held.length) : most;
    }
    const anyOrder = this.contest.configAfter(this.loaded).config.profile === 'metallb-0.14';
    return [...this.slots.keys()].filter((index) => {
      const slot = this.slots[index];
      return slot !== undefined && (slot.event || (slot.todo && (anyOrder || slot.held.length === most)));
    });
  }

  /** One order in which the controller may look at all it has to: those with the most addresses first, else as drawn. */
  passOrder(draw: (count: number) => number): readonly number[] {
    const order = [...this.slots.keys()].filter((index) => {
      const slot = this.slots[index];
      return slot?.todo === true || slot?.event === true;
    });
    for (let last = order.length - 1; last > 0; last -= 1) {
      const other = draw(last + 1);
      [order[last], order[other]] = [order[other] ?? 0, order[last] ?? 0];
    }
    return order.toSorted((left, right) => this.held(right).length - this.held(left).length);
  }

  /** One for each kind among them: Services that are alike and stand alike go on alike. */
  distinct(indices: readonly number[]): readonly number[] {
    const seen = new Set<string>();
    return indices.filter((index) => {
      const text = `${this.contender(index).alike}\n${slotText(this.slots[index])}`;
      const isNew = !seen.has(text);
      seen.add(text);
      return isNew;
    });
  }

  /** Every way in which a look at the Service may end. */
  looks(index: number, draw?: (count: number) => number): readonly Converged[] {
    const view = this.view(index);
    const slot = this.slots[index];
    if (view === undefined || slot === undefined) {
      return [{ addresses: [], taken: 'it is deleted', refused: 'it is deleted' }];
    }
    const { config, orders } = this.contest.configAfter(this.loaded);
    this.unbook(index, slot);
    const ends = converge(
      { config, orders, ledger: this.ledger, ...(draw === undefined ? {} : { draw }) },
      view,
      slot.held,
    );
    this.book(index, slot);
    return ends;
  }

  /** The controller has looked at the Service, with this end. */
  look(index: number, { addresses }: Converged): void {
    const slot = this.slots[index];
    if (slot === undefined) {
      return;
    }
    const { config } = this.contest.configAfter(this.loaded);
    const wakes =
      (slot.registered &&
        addresses.length === 0 &&
        (this.view(index) === undefined || commonOwner(config, slot.held) !== undefined)) ||
      (slot.event && this.sharesOtherwise(index));
    this.put(index, addresses, slot, { registered: addresses.length > 0, todo: false, event: false });
    this.queued ||= wakes;
    this.left -= slot.todo ? 1 : 0;
  }

  /** Nothing is left to happen. */
  isDone(): boolean {
    return (
      !this.queued &&
      this.left === 0 &&
      this.slots.every(({ event }) => !event) &&
      this.contest.writes.every(({ kind }, bit) => kind !== 'service' || (this.written & (1 << bit)) !== 0) &&
      !this.canLoad((1 << this.contest.writes.length) - 1)
    );
  }

  private sharesOtherwise(index: number): boolean {
    const { before, after } = this.contender(index);
    const old = this.contest.configAfter(this.loaded).config.profile === 'metallb-0.14';
    return (
      !old &&
      before !== undefined &&
      after !== undefined &&
      (before.sharingKey !== after.sharingKey || before.backendKey !== after.backendKey)
    );
  }

  /** The Service as it is written now; undefined where it does not exist. */
  private view(index: number): ServiceView | undefined {
    const { before, after, write } = this.contender(index);
    return write === undefined || (this.written & (1 << write)) !== 0 ? after : before;
  }

  private contender(index: number): Contender {
    const contender = this.contest.contenders[index];
    if (contender === undefined) {
      throw new Error(`bug: there is no contender ${String(index)}`);
    }
    return contender;
  }

  private put(index: number, held: readonly IpAddress[], old: Slot, flags: Omit<Slot, 'held' | 'text'>): void {
    this.unbook(index, old);
    const slot = slotOf(held, flags.registered, flags.todo, flags.event);
    this.slots[index] = slot;
    this.book(index, slot);
  }

  private book(index: number, slot: Slot): void {
    const { before, after } = this.contender(index);
    const view = this.view(index) ?? after ?? before;
    if (slot.registered && view !== undefined) {
      this.ledger.claim(view, slot.held);
    }
  }

  private unbook(index: number, slot: Slot): void {
    const { before, after } = this.contender(index);
    const view = before ?? after;
    if (slot.registered && view !== undefined) {
      this.ledger.release(view, slot.held);
    }
  }
}

function classesOf({ contenders }: Contest): readonly (readonly number[])[] {
  const classes = new Map<string, number[]>();
  contenders.forEach(({ alike }, index) => {
    const indices = classes.get(alike) ?? [];
    classes.set(alike, indices);
    indices.push(index);
  });
  return [...classes.values()];
}
