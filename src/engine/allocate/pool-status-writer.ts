import { Failure } from '../../domain/failure.ts';
import type { ObjectId } from '../../domain/manifest/object-id.ts';
import { isPoolStatus, poolStatus } from '../../domain/publication/pool-status.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';
import type { StatusWriter } from '../../ports/status-writer.ts';
import { inParallel } from '../in-parallel.ts';
import { throwUnlessAborted } from './aborted.ts';
import type { AllocationState } from './allocation-state.ts';

interface Parts {
  readonly state: AllocationState;
  readonly statuses: StatusWriter;
  readonly namespace: string;
  readonly clock: Clock;
  readonly log: Log;
}

/** Whatever happens to a pool meanwhile is one write. */
const everyMs = 1_000;
const width = 4;

/** Keeps the status of pools true: how much of each is in use. It writes what has changed, and a pool once a second at most. */
export class PoolStatusWriter {
  private readonly parts: Parts;
  /** Pools whose definition keeps no such status: writing it changes nothing, so it isn't written again. */
  private readonly mute = new Set<string>();

  constructor(parts: Parts) {
    this.parts = parts;
  }

  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.writeChanged(signal);
      await this.parts.clock.sleep(everyMs, signal).catch(() => undefined);
    }
  }

  /** Writes what is left to write, in that time or not at all: the last word of a leader that stops. */
  async finish(limitMs: number): Promise<void> {
    const [late, done] = [new AbortController(), new AbortController()];
    const limit = async (): Promise<void> => {
      await this.parts.clock.sleep(limitMs, done.signal).catch(() => undefined);
      late.abort();
    };
    const write = async (): Promise<void> => {
      await this.writeChanged(late.signal);
      done.abort();
    };
    await Promise.all([limit(), write()]);
  }

  private async writeChanged(signal: AbortSignal): Promise<void> {
    await inParallel(this.changed(), width, (name) => this.write(name, signal)).catch((error: unknown) => {
      throwUnlessAborted(error, signal);
    });
  }

  /** Pools that aren't in the configuration that counts are left as they are. */
  private changed(): readonly string[] {
    const { pools, allocator } = this.parts.state;
    return [...pools.pools].flatMap(([name, { uid, status }]) => {
      const usage = this.mute.has(uid) ? undefined : allocator.usage(name);
      return usage === undefined || isPoolStatus(status, poolStatus(usage)) ? [] : [name];
    });
  }

  private async write(name: string, signal: AbortSignal): Promise<void> {
    const { state, statuses, namespace, log } = this.parts;
    const [pool, usage] = [state.pools.pools.get(name), state.allocator.usage(name)];
    if (pool === undefined || usage === undefined) {
      return;
    }
    const id: ObjectId = { group: 'metallb.io', kind: 'IPAddressPool', namespace, name };
    const status = poolStatus(usage);
    try {
      const written = await statuses.patchStatus(
        { apiVersion: 'metallb.io/v1beta1', id, uid: pool.uid, status },
        signal,
      );
      state.pools.seePool(written);
      if (!isPoolStatus(state.pools.pools.get(name)?.status ?? {}, status)) {
        this.mute.add(pool.uid);
      }
    } catch (error) {
      if (!(error instanceof Failure)) {
        throw error;
      }
      log.write('debug', 'the status of a pool could not be written', { pool: name, error: error.message });
    }
  }
}
