import { noFaults } from '../../../domain/fault/fault-settings.ts';
import type { EventFault, FaultSettings, RequestFault } from '../../../domain/fault/fault-settings.ts';
import { notYet, playFaults } from '../../../domain/fault/play-faults.ts';
import type { FaultCount, FaultTarget, FaultVerdict } from '../../../domain/fault/play-faults.ts';

type RequestVerdict = FaultVerdict<Exclude<RequestFault, { readonly ms: number }>>;
/** What happens to an event of a watch. */
export type EventVerdict = FaultVerdict<Exclude<EventFault, { readonly ms: number }>>;

export const harmless: EventVerdict = { delayMs: 0, harm: undefined, counts: [] };

/** The faults that are asked for now, and how often each was played. */
export class FaultPlan {
  #settings: FaultSettings = noFaults;
  #requests: readonly FaultCount[] = [];
  #events: readonly FaultCount[] = [];
  readonly #listeners = new Set<() => void>();

  constructor(settings: FaultSettings) {
    this.set(settings);
  }

  get settings(): FaultSettings {
    return this.#settings;
  }

  get counts(): { readonly requests: readonly FaultCount[]; readonly events: readonly FaultCount[] } {
    return { requests: this.#requests, events: this.#events };
  }

  /** Replaces all of them, and counts anew. */
  set(settings: FaultSettings): void {
    this.#settings = settings;
    this.#requests = (settings.requests ?? []).map(() => notYet);
    this.#events = (settings.events ?? []).map(() => notYet);
    for (const listener of this.#listeners) {
      listener();
    }
  }

  /** Calls the listener whenever other faults are asked for, until the returned function is called. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** What happens to a request that has just come. */
  ofRequest(target: FaultTarget): RequestVerdict {
    const { requests = [], seed = 0 } = this.#settings;
    const verdict = playFaults(requests, this.#requests, target, seed);
    this.#requests = verdict.counts;
    return verdict;
  }

  /** What happens to an event that is about to be sent. */
  ofEvent(target: FaultTarget): EventVerdict {
    const { events = [], seed = 0 } = this.#settings;
    if (events.length === 0) {
      return harmless;
    }
    const verdict = playFaults(events, this.#events, target, seed);
    this.#events = verdict.counts;
    return verdict;
  }

  isDown(node: string): boolean {
    return this.#settings.nodesDown?.includes(node) === true;
  }

  /** An image named `crash-loop` crashes always; others when asked for by a part of their name. */
  isCrashing(image: string): boolean {
    const isNamedSo = /(?:^|\/)crash-loop(?:[:@]|$)/u.test(image);
    return isNamedSo || this.#settings.crashingImages?.some((part) => image.includes(part)) === true;
  }
}
