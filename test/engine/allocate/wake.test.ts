import { describe, expect, it } from 'vitest';
import { Wake } from '../../../src/engine/allocate/wake.ts';
import type { Clock } from '../../../src/ports/clock.ts';

/** A clock whose sleeps are counted and end only when their time is made to pass or they are ended. */
class SleepBook {
  begun = 0;
  readonly open = new Set<() => void>();
  time = 0;

  readonly clock: Clock = {
    now: () => this.time,
    monotonic: () => this.time,
    sleep: async (_ms, signal) => {
      this.begun += 1;
      return new Promise((resolve, reject) => {
        const end = (): void => {
          this.open.delete(end);
          resolve();
        };
        this.open.add(end);
        signal.addEventListener('abort', () => {
          this.open.delete(end);
          reject(new Error('ended'));
        });
      });
    },
  };
}

async function turns(): Promise<void> {
  await new Promise((resolve) => {
    setImmediate(resolve);
  });
}

describe('a wake', () => {
  const { signal } = new AbortController();

  it('ends a wait when it is raised, before or while somebody waits', async () => {
    const wake = new Wake(new SleepBook().clock);
    wake.raise();
    await wake.wait(5_000, signal);
    const waiting = wake.wait(5_000, signal);
    wake.raise();
    wake.raise();
    await waiting;
  });

  it('is raised a thousand times for one sleep', async () => {
    const book = new SleepBook();
    const wake = new Wake(book.clock);
    for (let round = 0; round < 1_000; round += 1) {
      const waiting = wake.wait(5_000, signal);
      wake.raise();
      await waiting;
    }
    expect([book.begun, book.open.size]).toEqual([1, 1]);
  });

  it('sleeps anew where a wait is shorter than the sleep that goes on, and leaves no other', async () => {
    const book = new SleepBook();
    const wake = new Wake(book.clock);
    const long = wake.wait(5_000, signal);
    wake.raise();
    await long;
    const short = wake.wait(10, signal);
    await turns();
    expect([book.begun, book.open.size]).toEqual([2, 1]);
    for (const end of book.open) {
      end();
    }
    await short;
  });

  it('leaves no sleep behind when the signal is aborted, whether or not somebody waits', async () => {
    const book = new SleepBook();
    const wake = new Wake(book.clock);
    const first = new AbortController();
    const waiting = wake.wait(60_000, first.signal);
    first.abort();
    await waiting;
    await turns();
    expect(book.open.size).toBe(0);
    const second = new AbortController();
    const raised = wake.wait(60_000, second.signal);
    wake.raise();
    await raised;
    second.abort();
    await turns();
    expect(book.open.size).toBe(0);
    await wake.wait(60_000, second.signal);
  });
});
