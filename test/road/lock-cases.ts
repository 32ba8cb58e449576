import { expect } from 'vitest';
import type { Fault, FaultProxy, ProxiedRequest } from './fault-proxy.ts';
import type { Road } from './road.ts';
import type { RunningProgram } from './program.ts';

const shortLock = { METALWAVE_LOCK_SECONDS: '4' };
const limit = { timeout: 60_000, interval: 50 };

function isPoolWrite({ method, path }: ProxiedRequest): boolean {
  return method === 'PATCH' && path.includes('/ipaddresspools/') && !path.includes('dryRun');
}

function notHeld(): void {
  throw new Error('nothing is held yet');
}

/** Starts a sync and holds its writes of pools, until `letGo` says what becomes of them. */
async function holdAtPools(
  road: Road,
  proxy: FaultProxy,
  env: NodeJS.ProcessEnv,
): Promise<{ readonly program: RunningProgram; readonly letGo: (fault: Fault | undefined) => void }> {
  let letGo: (fault: Fault | undefined) => void = notHeld;
  const held = new Promise<Fault | undefined>((resolve) => {
    letGo = resolve;
  });
  let reached = false;
  proxy.onRequest = (request) => {
    if (!isPoolWrite(request)) {
      return undefined;
    }
    reached = true;
    return held;
  };
  const program = road.start(['sync', '--env', 'dev', '--retry-limit', '0'], undefined, env);
  await expect.poll(() => reached, limit).toBe(true);
  return { program, letGo };
}

/** What both control planes must show of two processes on one environment. */
export const lockCases = {
  async secondIsRefused(road: Road, proxy: FaultProxy): Promise<void> {
    const { program, letGo } = await holdAtPools(road, proxy, {});
    const second = await road.run('sync', '--env', 'dev');
    expect(second.code).toBe(1);
    expect(second.err).toMatch(/dev is locked by \S+@\S+ process \d+ [0-9a-f]{8}, since .*Z, until .*Z unless/u);
    expect(second.err).toContain('nothing was written');
    const third = road.start(['sync', '--env', 'dev', '--wait']);
    await expect.poll(() => third.said(), limit).toContain('is locked by');
    letGo(undefined);
    expect(await program.ended).toMatchObject({ code: 0 });
    expect(await third.ended).toMatchObject({ code: 0 });
  },

  async stoppedHolderWritesNothing(road: Road, proxy: FaultProxy): Promise<void> {
    const { program, letGo } = await holdAtPools(road, proxy, shortLock);
    program.kill('SIGSTOP');
    proxy.onRequest = () => undefined;
    const next = await road.runWith(shortLock, 'sync', '--env', 'dev', '--wait');
    expect(next).toMatchObject({ code: 0 });
    const before = await road.state.versions();
    const writes = (): readonly ProxiedRequest[] =>
      proxy.requests.filter(({ method, path }) => method !== 'GET' && !path.includes('dryRun=All'));
    const count = writes().length;
    // What was under way fails, so that it would be tried again.
    letGo({ kind: 'cut-before' });
    program.kill('SIGCONT');
    const { code, err } = await program.ended;
    await proxy.idle();
    expect(code).toBe(1);
    expect(err).toContain('The lock on dev was lost');
    expect(writes().slice(count)).toEqual([]);
    expect(await road.state.versions()).toEqual(before);
  },
};
