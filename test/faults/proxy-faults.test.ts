import { beforeAll, describe, expect, it } from 'vitest';
import type { Fault, ProxiedRequest } from '../road/fault-proxy.ts';
import { onFreshCluster, type Scene, type SceneKind, type Undisturbed, undisturbedRun } from '../road/fresh-cluster.ts';
import { wrongAfterRerun } from '../road/kill.ts';
import { type Ended, eventsOf } from '../road/program.ts';

const limit = { timeout: 600_000 };
const kind: SceneKind = { files: undefined, metalLbIsThere: false };

type Harm = (request: ProxiedRequest) => Fault | undefined;

function isWrite({ method, path }: ProxiedRequest): boolean {
  return method === 'PATCH' && !path.includes('dryRun=All');
}

/** Every so many requests of those that pass. */
function every(count: number, which: (request: ProxiedRequest) => boolean, fault: Fault): Harm {
  let seen = 0;
  return (request) => {
    seen += which(request) ? 1 : 0;
    return which(request) && seen % count === 0 ? fault : undefined;
  };
}

const busy: Fault = { kind: 'answer', status: 429, reason: 'TooManyRequests', retryAfter: 1 };
const failed: Fault = { kind: 'answer', status: 500, reason: 'InternalError' };
const unavailable: Fault = { kind: 'answer', status: 503, reason: 'ServiceUnavailable' };
const expired: Fault = { kind: 'answer', status: 410, reason: 'Expired' };
const anything = (): boolean => true;

const survivable: readonly (readonly [string, () => Harm])[] = [
  ['429 with Retry-After now and then', () => every(6, anything, busy)],
  ['500 to every fourth request', () => every(4, anything, failed)],
  ['503 to every fourth request', () => every(4, anything, unavailable)],
  ['410 to every second list', () => every(2, ({ path }) => path.includes('limit='), expired)],
  ['a connection cut before every fifth request', () => every(5, anything, { kind: 'cut-before' })],
  ['a connection cut after every third write that the server made', () => every(3, isWrite, { kind: 'cut-after' })],
  ['an answer lost after every fifth request', () => every(5, anything, { kind: 'cut-after' })],
  ['slow answers', () => every(1, anything, { kind: 'delay', ms: 150 })],
];

function first(path: string, fault: Fault): Harm {
  return (request) => (isWrite(request) && request.path.includes(path) ? fault : undefined);
}

describe('an API server that does harm', () => {
  let undisturbed: Undisturbed;
  beforeAll(async () => {
    undisturbed = await undisturbedRun(kind);
  });

  async function syncUnder(harm: Harm, judge: (ended: Ended, scene: Scene) => void): Promise<readonly string[]> {
    return onFreshCluster(kind, async (scene) => {
      const { road, proxy } = scene;
      proxy.reset();
      proxy.onRequest = harm;
      const ended = await road.run('sync', '--env', 'dev', '-o', 'jsonl', '--retry-limit', '0');
      proxy.onRequest = () => undefined;
      judge(ended, scene);
      return wrongAfterRerun(road, proxy, undisturbed.state);
    });
  }

  it.each(survivable)('is ridden out: %s', limit, async (_, harm) => {
    const wrong = await syncUnder(harm(), (ended) => {
      expect(ended).toMatchObject({ code: 0, err: '' });
      expect(eventsOf(ended).at(-1)).toMatchObject({ type: 'run-finished', outcome: 'healthy' });
    });
    expect(wrong).toEqual([]);
  });

  it.each([
    ['500 to each write of a pool', first('/ipaddresspools/', failed), 'cluster-error'],
    ['503 to each write of a pool', first('/ipaddresspools/', unavailable), 'cluster-busy'],
    [
      'cut connections at each write of a pool',
      first('/ipaddresspools/', { kind: 'cut-before' }),
      'cluster-unreachable',
    ],
    ['lost answers to each write of a pool', first('/ipaddresspools/', { kind: 'cut-after' }), 'cluster-unreachable'],
  ] as const)('stops the sync there with its reason, and the next run converges: %s', limit, async (_, harm, code) => {
    const wrong = await syncUnder(harm, (ended, { proxy }) => {
      expect(ended.code).toBe(1);
      expect(eventsOf(ended).at(-1)).toMatchObject({ type: 'run-finished', outcome: 'failed', failure: { code } });
      expect(
        proxy.requests.filter((request) => isWrite(request) && request.path.includes('/l2advertisements/')),
      ).toEqual([]);
    });
    expect(wrong).toEqual([]);
  });

  it.each([
    ['the inventory cannot be written', first('/inventory-dev', failed)],
    ['its namespace cannot be written', first('/metalwave-system?', failed)],
  ] as const)('is left without a single object where %s', limit, async (_, harm) => {
    const wrong = await syncUnder(harm, (ended, { proxy }) => {
      expect(ended.code).toBe(1);
      const written = proxy.requests.filter(
        (request) => isWrite(request) && !request.path.includes('metalwave-system'),
      );
      expect(written).toEqual([]);
    });
    expect(wrong).toEqual([]);
  });
});
