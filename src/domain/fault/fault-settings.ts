/** Which requests or events a fault is for, and how often it is done to them. What is left out selects everything. */
export interface FaultSelection {
  /** Resources with their group, as `services` or `ipaddresspools.metallb.io`. */
  readonly resources?: readonly string[];
  /** Who asks, as user agents begin: `kubectl`, `metalwave`. */
  readonly clients?: readonly string[];
  /** Names of single objects. */
  readonly names?: readonly string[];
  /** Every so many of those that are selected; each unless given. */
  readonly every?: number;
  /** How often at most; without end unless given. */
  readonly times?: number;
}

interface Delay {
  readonly ms: number;
  /** Up to so many milliseconds more, by the seed. */
  readonly jitterMs?: number;
}

/** `read` and `write` stand for several verbs; a dry run is no write. */
export interface VerbSelection {
  readonly verbs?: readonly string[];
}

/**
 * What is done to a request.
 * - latency: it waits.
 * - error: it is answered so, and nothing else happens.
 * - cut-before: its connection is cut before anything happens.
 * - cut-after: its connection is cut in place of the answer.
 */
export type RequestFault = FaultSelection &
  VerbSelection &
  (
    | ({ readonly fault: 'latency' } & Delay)
    | {
        readonly fault: 'error';
        readonly status: number;
        readonly reason?: string;
        readonly retryAfterSeconds?: number;
      }
    | { readonly fault: 'cut-before' | 'cut-after' }
  );

/**
 * What is done to an event of a watch.
 * - lose: its receiver never hears of it.
 * - delay: it and those that follow come later.
 * - expire: the watch ends with 410 in its place.
 */
export type EventFault = FaultSelection &
  (({ readonly fault: 'delay' } & Delay) | { readonly fault: 'lose' | 'expire' });

/** The faults that an embedded control plane plays on request. */
export interface FaultSettings {
  /** What is random follows from it alone. 0 unless given. */
  readonly seed?: number;
  /** Nodes of which nothing is heard. */
  readonly nodesDown?: readonly string[];
  /** Containers of images with such a part in their names crash and start again. */
  readonly crashingImages?: readonly string[];
  readonly requests?: readonly RequestFault[];
  readonly events?: readonly EventFault[];
}

export const noFaults: FaultSettings = {};
