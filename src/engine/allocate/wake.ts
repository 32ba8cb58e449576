import type { Clock } from '../../ports/clock.ts';

/** The sleep that ends a wait in which nobody raises. */
interface Alarm {
  readonly due: number;
  readonly of: AbortSignal;
  readonly cancel: () => void;
}

/**
 * Lets one waiter sleep until there is something to do. A call that comes while nobody waits isn't lost. It may be raised
 * thousands of times a second, so a sleep goes on from wait to wait and is not ended for each.
 */
export class Wake {
  private readonly clock: Clock;
  private isRaised = false;
  private end: (() => void) | undefined;
  private alarm: Alarm | undefined;

  constructor(clock: Clock) {
    this.clock = clock;
  }

  raise(): void {
    this.isRaised = true;
    this.end?.();
  }

  /** Ends when raised, when the signal is aborted, and after `ms` at the latest; never rejects. */
  async wait(ms: number, signal: AbortSignal): Promise<void> {
    if (!this.isRaised && !signal.aborted) {
      await new Promise<void>((resolve) => {
        this.end = resolve;
        this.setAlarm(ms, signal);
      });
      this.end = undefined;
    }
    this.isRaised = false;
  }

  /** An alarm of an earlier wait that comes soon enough serves this one too. */
  private setAlarm(ms: number, signal: AbortSignal): void {
    const due = this.clock.monotonic() + ms;
    if (this.alarm !== undefined && this.alarm.due <= due && this.alarm.of === signal) {
      return;
    }
    this.alarm?.cancel();
    const sleep = new AbortController();
    const cancel = (): void => {
      signal.removeEventListener('abort', cancel);
      sleep.abort();
    };
    const alarm = { due, of: signal, cancel };
    this.alarm = alarm;
    void this.ring(ms, alarm, sleep.signal);
  }

  private async ring(ms: number, alarm: Alarm, until: AbortSignal): Promise<void> {
    alarm.of.addEventListener('abort', alarm.cancel, { once: true });
    await this.clock.sleep(ms, until).catch(() => undefined);
    alarm.of.removeEventListener('abort', alarm.cancel);
    if (this.alarm === alarm) {
      this.alarm = undefined;
      this.end?.();
    }
  }
}
