import { describe, expect, it } from 'vitest';
import { Failure } from '../../src/domain/failure.ts';
import { inParallel } from '../../src/engine/in-parallel.ts';
import { retryDelay, withRetry } from '../../src/engine/with-retry.ts';
import { manualClock } from './manual-clock.ts';

const policy = { attempts: 4, firstDelayMs: 100, factor: 2, maxDelayMs: 250 };

describe('running in parallel', () => {
  it('keeps the order of the items and never runs more than the width at once', async () => {
    let running = 0;
    let most = 0;
    const results = await inParallel([5, 1, 4, 2, 3], 2, async (item) => {
      running += 1;
      most = Math.max(most, running);
      for (let turn = 0; turn < item; turn += 1) {
        await Promise.resolve();
      }
      running -= 1;
      return item * 10;
    });
    expect(results).toEqual([50, 10, 40, 20, 30]);
    expect(most).toBe(2);
  });

  it('starts nothing new after a rejection and throws the first one', async () => {
    const started: number[] = [];
    const work = inParallel([1, 2, 3, 4, 5, 6], 2, async (item) => {
      started.push(item);
      await Promise.resolve();
      if (item === 2) {
        throw new Error('second');
      }
    });
    await expect(work).rejects.toThrow('second');
    expect(started.length).toBeLessThan(6);
  });

  it('gives nothing for nothing', async () => {
    expect(await inParallel([], 8, async () => Promise.resolve(1))).toEqual([]);
  });
});

describe('trying again', () => {
  const busy = new Failure({ code: 'cluster-busy', retry: 'now', message: 'busy' });

  it('waits longer each time, up to the limit, and never shorter than the server asked', () => {
    expect([1, 2, 3].map((attempt) => retryDelay(policy, attempt, undefined))).toEqual([100, 200, 250]);
    expect(retryDelay(policy, 1, 9_000)).toBe(9_000);
  });

  it('gives up after the last attempt with the last failure', async () => {
    const clock = manualClock();
    let calls = 0;
    const work = withRetry(
      async () => {
        calls += 1;
        return Promise.reject(busy);
      },
      { clock, signal: new AbortController().signal, policy },
    );
    await expect(work).rejects.toBe(busy);
    expect(calls).toBe(4);
    expect(clock.slept).toEqual([100, 200, 250]);
  });

  it('does not repeat what can not be mended by repeating, nor a bug', async () => {
    for (const error of [
      new Failure({ code: 'object-invalid', retry: 'never', message: 'bad' }),
      new Failure({ code: 'cluster-forbidden', retry: 'later', message: 'no' }),
      new Error('bug'),
    ]) {
      const clock = manualClock();
      const work = withRetry(async () => Promise.reject(error), { clock, signal: new AbortController().signal });
      await expect(work).rejects.toBe(error);
      expect(clock.slept).toEqual([]);
    }
  });

  it('ends at once when it is cancelled while it waits', async () => {
    const controller = new AbortController();
    const clock = manualClock();
    clock.onSleep = () => {
      controller.abort(new Error('stop'));
    };
    const work = withRetry(async () => Promise.reject(busy), { clock, signal: controller.signal });
    await expect(work).rejects.toThrow('stop');
  });
});
