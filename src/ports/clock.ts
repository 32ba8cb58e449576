/** Time, injected so that every wait can be tested and cancelled. */
export interface Clock {
  /** Wall clock, milliseconds since the Unix epoch. For people and records only; it may jump. */
  now(): number;
  /** Milliseconds that only grow. For deadlines and durations. */
  monotonic(): number;
  /** Resolves after `ms`; rejects with the signal's reason as soon as it is aborted. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}
