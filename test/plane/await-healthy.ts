import { readFileSync } from 'node:fs';
import { request } from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Child } from './child.ts';

const limitMs = 60_000;
const pauseMs = 40;

/**
 * Waits until an HTTPS address answers 200. Fails at once when the program has ended (a taken port would else be waited
 * for in vain), with the last words of its log.
 */
export async function awaitHealthy(url: string, caPath: string, child: Child): Promise<void> {
  const deadline = performance.now() + limitMs;
  for (;;) {
    if (!child.isRunning()) {
      throw new Error(`${child.name} ended before it was ready:\n${child.lastWords()}`);
    }
    if ((await statusOf(url, caPath)) === 200) {
      return;
    }
    if (performance.now() > deadline) {
      throw new Error(`${child.name} is not ready after ${limitMs / 1000} s:\n${child.lastWords()}`);
    }
    await sleep(pauseMs);
  }
}

/** undefined where nobody answers yet or the certificate isn't written. */
async function statusOf(url: string, caPath: string): Promise<number | undefined> {
  try {
    const ca = readFileSync(caPath);
    return await new Promise<number | undefined>((resolve, reject) => {
      const call = request(url, { ca, agent: false, timeout: 5000 }, (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      call.once('timeout', () => call.destroy(new Error('no answer in time')));
      call.once('error', reject);
      call.end();
    });
  } catch {
    return undefined;
  }
}
