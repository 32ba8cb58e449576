import { formatAddress } from '../../address/ip-address.ts';
import type { Ledger } from '../../allocation/ledger.ts';
import { configOf, ownerOf } from '../../allocation/pool-config.ts';
import { canonicalJson } from '../../json.ts';
import type { Change } from './change.ts';
import type { Contender, Contest, Write, WrittenConfig } from './contest.ts';
import type { PoolHistory } from './pool-history.ts';
import { requirementText, type ServiceHistory } from './service-history.ts';

/** A contest, whose contenders they are, and whether writes had to be taken together to follow it. */
export interface FoundContest {
  readonly contest: Contest;
  readonly services: readonly ServiceHistory[];
  readonly simplified: boolean;
}

/** Writes of one kind that are followed one by one; more are taken as one. */
const mostWrites = 4;

/** Makes one contest of its pools and Services. */
export class ContestBuilder {
  private readonly change: Change;
  private readonly pools: readonly PoolHistory[];
  private readonly services: readonly ServiceHistory[];
  private readonly writes: Write[] = [];
  /** For each bit the stages of pools that it brings. */
  private readonly stagesOfBit = new Map<number, { readonly name: string; readonly stage: number }[]>();
  private relabelBit: number | undefined;
  private simplified = false;

  constructor(change: Change, pools: readonly PoolHistory[], services: readonly ServiceHistory[]) {
    this.change = change;
    this.pools = pools;
    this.services = services;
  }

  build(base: Ledger, registered: ReadonlySet<string>): FoundContest {
    const restart = this.change.input.restart === true;
    if (!restart) {
      this.addPoolWrites();
      this.addOtherWrites();
    }
    const contenders = this.contenders(registered, restart);
    const configs = new Map<number, WrittenConfig>();
    const configAfter = (written: number): WrittenConfig => {
      const known = configs.get(written) ?? this.configAfter(written, restart);
      configs.set(written, known);
      return known;
    };
    return {
      contest: { contenders, writes: this.writes, base, restart, configAfter },
      services: this.services,
      simplified: this.simplified,
    };
  }

  private addPoolWrites(): void {
    const moves = this.pools.flatMap(({ name, stages }) =>
      stages.slice(1).map(({ batch }, index) => ({ name, stage: index + 1, batch })),
    );
    if (moves.length <= mostWrites) {
      for (const { name, stage, batch } of moves) {
        this.stagesOfBit.set(this.writes.length, [{ name, stage }]);
        this.writes.push({ kind: 'pool', batch });
      }
      return;
    }
    this.simplified = true;
    for (const batch of [...new Set(moves.map((move) => move.batch))].toSorted((left, right) => left - right)) {
      this.stagesOfBit.set(
        this.writes.length,
        moves.filter((move) => move.batch === batch),
      );
      this.writes.push({ kind: 'pool', batch });
    }
  }

  private addOtherWrites(): void {
    if (this.change.relabelled) {
      // Namespaces are relabelled one after the other; what lies between is not followed.
      this.simplified ||= this.change.relabelledNamespaces > 1;
      this.relabelBit = this.writes.length;
      this.writes.push({ kind: 'namespaces', batch: 0 });
    }
    const waits = this.services.some(({ held }) => held.length === 0);
    const elsewhere = this.change.unsteady > this.pools.filter(({ steady }) => !steady).length;
    if (waits && elsewhere) {
      this.writes.push({ kind: 'elsewhere', batch: 0 });
    }
  }

  private contenders(registered: ReadonlySet<string>, restart: boolean): readonly Contender[] {
    const written = this.services.filter((service) => service.written);
    const together = written.length > mostWrites;
    this.simplified ||= together;
    const firstBit = this.writes.length;
    if (!restart) {
      for (let count = 0; count < (together ? 1 : written.length); count += 1) {
        this.writes.push({ kind: 'service', batch: 0 });
      }
    }
    const scoped = this.pools.some(({ stages }) => stages.some(({ view }) => view?.allocation !== undefined));
    let next = firstBit;
    return this.services.map((service) => {
      const bit = together ? firstBit : next;
      next += service.written ? 1 : 0;
      const write = service.written && !restart ? bit : undefined;
      const before = write === undefined ? service.after : service.before;
      const isRegistered = registered.has(service.key);
      const alike = this.alike(service, scoped, `${String(write)} ${String(isRegistered)}`);
      return {
        key: service.key,
        before,
        after: service.after,
        write,
        held: service.held,
        registered: isRegistered,
        alike,
      };
    });
  }

  private alike({ before, after, held }: ServiceHistory, scoped: boolean, more: string): string {
    const views = [...new Set([before, after])].map((view) =>
      view === undefined
        ? ''
        : `${requirementText(view)}${scoped ? `${view.namespace} ${canonicalJson(view.labels)}` : ''}`,
    );
    const shared = [before, after].some((view) => view !== undefined && view.sharingKey !== '');
    // With one write all that goes goes at once; else it matters from which pool.
    const apart = this.writes.length > 1;
    const gone = held.every((address) => ownerOf(this.change.after.config, address) === undefined);
    const holds =
      gone && !shared
        ? held.map(
            (address) => `${address.family} ${apart ? (ownerOf(this.change.before.config, address)?.name ?? '') : ''}`,
          )
        : held.map((address) => formatAddress(address));
    return JSON.stringify([views, holds, more]);
  }

  private configAfter(written: number, restart: boolean): WrittenConfig {
    const has = (bit: number | undefined): boolean => restart || (bit !== undefined && (written & (1 << bit)) !== 0);
    const stages = new Map<string, number>();
    for (const [bit, moves] of this.stagesOfBit) {
      for (const { name, stage } of has(bit) ? moves : []) {
        stages.set(name, Math.max(stage, stages.get(name) ?? 0));
      }
    }
    const relabelled = restart || has(this.relabelBit);
    const pools = this.pools.flatMap(
      (pool) => pool.at(restart ? pool.stages.length - 1 : (stages.get(pool.name) ?? 0), relabelled) ?? [],
    );
    const elsewhere = this.writes.findIndex(({ kind }) => kind === 'elsewhere');
    const fingerprint = `${String(has(elsewhere === -1 ? undefined : elsewhere) && !restart)} ${pools.map((pool) => `${pool.name} ${pool.fingerprint}`).join()}`;
    return { config: configOf(pools, this.change.input.profile), orders: new Map(), fingerprint };
  }
}
