import type { Claim } from '../../domain/claims/claim.ts';
import { mayRelease, type Sighting } from '../../domain/claims/evidence.ts';
import { Failure } from '../../domain/failure.ts';
import type { Clock } from '../../ports/clock.ts';
import { throwUnlessAborted } from './aborted.ts';
import type { AllocationState } from './allocation-state.ts';
import type { ReleaseQueue } from './release-queue.ts';
import type { ServiceWriter } from './service-writer.ts';

interface Parts {
  readonly state: AllocationState;
  readonly writer: ServiceWriter;
  readonly releases: ReleaseQueue;
  readonly clock: Clock;
}

const pauseMs = 2_000;

/** Claims of Services that aren't known: they are gone, or were not seen yet. */
export class Departures {
  private readonly parts: Parts;
  private readonly asking = new Set<string>();

  constructor(parts: Parts) {
    this.parts = parts;
  }

  /** Gives back what a Service that is surely gone had; where that isn't sure yet, the server is asked. */
  settle(uid: string, signal: AbortSignal): void {
    const { state, releases } = this.parts;
    const stored = state.claims.claimsOf(uid);
    const sighting = this.sightingOf(uid);
    if (sighting !== undefined && stored.every((claim) => mayRelease(claim, sighting))) {
      releases.add(stored.map(({ address }) => ({ address, uid, sighting })));
    } else if (!this.asking.has(uid)) {
      this.asking.add(uid);
      void this.ask(uid, stored, signal).finally(() => {
        this.asking.delete(uid);
      });
    }
  }

  private sightingOf(uid: string): Sighting | undefined {
    const { services } = this.parts.state;
    if (services.isGone(uid)) {
      return { kind: 'gone' };
    }
    const { listVersion } = services;
    return listVersion === undefined ? undefined : { kind: 'absent', listVersion };
  }

  /** Another controller may have seen it before us, or the news that it is gone may still be on its way. */
  private async ask(uid: string, [first]: readonly Claim[], signal: AbortSignal): Promise<void> {
    const { writer, clock, state } = this.parts;
    const [namespace = '', name = ''] = (first?.service ?? '').split('/');
    while (!signal.aborted && !state.services.records.has(uid)) {
      try {
        if ((await writer.readAnew(uid, { namespace, name }, signal)) !== 'unknown') {
          return;
        }
      } catch (error) {
        if (!(error instanceof Failure)) {
          throwUnlessAborted(error, signal);
        }
      }
      await clock.sleep(pauseMs, signal).catch(() => undefined);
    }
  }
}
