import { formatAddress } from '../../domain/address/ip-address.ts';
import type { Release } from '../../domain/claims/release-from.ts';
import type { Clock } from '../../ports/clock.ts';
import type { ClaimStore } from '../claims/claim-store.ts';
import { Wake } from './wake.ts';

/** The most that one call gives back. */
const batchSize = 2_000;
const pauseMs = 1_000;

/** Gives claims back beside everything else: nobody waits for it but who waits for the address. */
export class ReleaseQueue {
  private readonly claims: ClaimStore;
  private readonly clock: Clock;
  private readonly wake: Wake;
  private readonly queued = new Map<string, Release>();
  private readonly onTrouble: (message: string) => void;

  constructor(claims: ClaimStore, clock: Clock, onTrouble: (message: string) => void) {
    this.claims = claims;
    this.clock = clock;
    this.wake = new Wake(clock);
    this.onTrouble = onTrouble;
  }

  get size(): number {
    return this.queued.size;
  }

  /** A later sighting of the same Service takes the place of an earlier one. */
  add(releases: readonly Release[]): void {
    for (const release of releases) {
      this.queued.set(`${release.uid} ${formatAddress(release.address)}`, release);
    }
    if (releases.length > 0) {
      this.wake.raise();
    }
  }

  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      if (this.queued.size === 0) {
        await this.wake.wait(60_000, signal);
      } else if (!(await this.flush(signal))) {
        await this.clock.sleep(pauseMs, signal).catch(() => undefined);
      }
    }
    this.queued.clear();
  }

  /** False where a write failed, so that it is better to wait a little. What stays unproven is given up: it is planned anew. */
  private async flush(signal: AbortSignal): Promise<boolean> {
    const batch = [...this.queued].slice(0, batchSize);
    for (const [name] of batch) {
      this.queued.delete(name);
    }
    try {
      const releases = batch.map(([, release]) => release);
      const { failed } = await this.claims.release(releases, signal);
      const [first] = failed;
      if (first !== undefined) {
        this.onTrouble(first.failure.message);
        this.add(failed.map(({ release }) => release));
      }
      return first === undefined;
    } catch (error) {
      if (!signal.aborted) {
        throw error;
      }
      return true;
    }
  }
}
