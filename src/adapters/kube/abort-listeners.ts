import { setMaxListeners } from 'node:events';

interface Listening {
  readonly stops: Set<() => void>;
  readonly listener: () => void;
}

/** Many that stop at one signal, for the price of one listener. */
export class AbortListeners {
  private readonly listening = new Map<AbortSignal, Listening>();

  /** The signal is not aborted yet. */
  add(signal: AbortSignal, stop: () => void): void {
    const known = this.listening.get(signal);
    if (known !== undefined) {
      known.stops.add(stop);
      return;
    }
    const stops = new Set([stop]);
    const listener = (): void => {
      this.listening.delete(signal);
      // The last first: what still waits for its turn must not get it when those before it stop.
      for (const stop of [...stops].toReversed()) {
        stop();
      }
    };
    this.listening.set(signal, { stops, listener });
    // Others may listen to it as well, as many as they like.
    setMaxListeners(0, signal);
    signal.addEventListener('abort', listener, { once: true });
  }

  remove(signal: AbortSignal, stop: () => void): void {
    const known = this.listening.get(signal);
    if (known?.stops.delete(stop) === true && known.stops.size === 0) {
      this.listening.delete(signal);
      signal.removeEventListener('abort', known.listener);
    }
  }
}
