import { beforeAll, describe, expect, it } from 'vitest';
import type { RequestFault } from '../../src/domain/fault/fault-settings.ts';
import type { ProxiedRequest } from '../road/fault-proxy.ts';
import { onFreshCluster, type Scene, type SceneKind, type Undisturbed, undisturbedRun } from '../road/fresh-cluster.ts';
import { wrongAfterRerun } from '../road/kill.ts';
import { type Ended, eventsOf } from '../road/program.ts';

const limit = { timeout: 600_000 };
const kind: SceneKind = { files: undefined, metalLbIsThere: false };

type Harm = RequestFault;

function isWrite({ method, path }: ProxiedRequest): boolean {
  return method === 'PATCH' && !path.includes('dryRun=All');
}

const survivable: readonly (readonly [string, Harm])[] = [
  ['429 with Retry-After now and then', { fault: 'error', status: 429, retryAfterSeconds: 1, every: 6 }],
  ['500 to every fourth request', { fault: 'error', status: 500, every: 4 }],
  ['503 to every fourth request', { fault: 'error', status: 503, every: 4 }],
  ['410 to every second list', { fault: 'error', status: 410, verbs: ['list'], every: 2 }],
  ['a connection cut before every fifth request', { fault: 'cut-before', every: 5 }],
  ['a connection cut after every third write that the server made', { fault: 'cut-after', verbs: ['write'], every: 3 }],
  ['an answer lost after every fifth request', { fault: 'cut-after', every: 5 }],
  ['slow answers', { fault: 'latency', ms: 150, jitterMs: 50 }],
];

/** At each write of a pool. */
const pools = { verbs: ['write'], resources: ['ipaddresspools.metallb.io'] };

describe('an API server that does harm', () => {
  let undisturbed: Undisturbed;
  beforeAll(async () => {
    undisturbed = await undisturbedRun(kind);
  });

  async function syncUnder(harm: Harm, judge: (ended: Ended, scene: Scene) => void): Promise<readonly string[]> {
    return onFreshCluster(kind, async (scene) => {
      const { road, proxy, sandbox } = scene;
      proxy.reset();
      sandbox.setFaults({ requests: [harm] });
      const ended = await road.run('sync', '--env', 'dev', '-o', 'jsonl', '--retry-limit', '0');
      sandbox.setFaults({});
      judge(ended, scene);
      return wrongAfterRerun(road, proxy, undisturbed.state);
    });
  }

  it.each(survivable)('is ridden out: %s', limit, async (_, harm) => {
    const wrong = await syncUnder(harm, (ended) => {
      expect(ended).toMatchObject({ code: 0, err: '' });
      expect(eventsOf(ended).at(-1)).toMatchObject({ type: 'run-finished', outcome: 'healthy' });
    });
    expect(wrong).toEqual([]);
  });

  it.each([
    ['500 to each write of a pool', { fault: 'error', status: 500, ...pools }, 'cluster-error'],
    ['503 to each write of a pool', { fault: 'error', status: 503, ...pools }, 'cluster-busy'],
    ['cut connections at each write of a pool', { fault: 'cut-before', ...pools }, 'cluster-unreachable'],
    ['lost answers to each write of a pool', { fault: 'cut-after', ...pools }, 'cluster-unreachable'],
  ] satisfies readonly (readonly [string, Harm, string])[])(
    'stops the sync there with its reason, and the next run converges: %s',
    limit,
    async (_, harm, code) => {
      const wrong = await syncUnder(harm, (ended, { proxy }) => {
        expect(ended.code).toBe(1);
        expect(eventsOf(ended).at(-1)).toMatchObject({ type: 'run-finished', outcome: 'failed', failure: { code } });
        expect(
          proxy.requests.filter((request) => isWrite(request) && request.path.includes('/l2advertisements/')),
        ).toEqual([]);
      });
      expect(wrong).toEqual([]);
    },
  );

  it.each([
    ['the inventory cannot be written', { fault: 'error', status: 500, verbs: ['write'], names: ['inventory-dev'] }],
    ['its namespace cannot be written', { fault: 'error', status: 500, verbs: ['write'], names: ['metalwave-system'] }],
  ] satisfies readonly (readonly [string, Harm])[])(
    'is left without a single object where %s',
    limit,
    async (_, harm) => {
      const wrong = await syncUnder(harm, (ended, { proxy }) => {
        expect(ended.code).toBe(1);
        const written = proxy.requests.filter(
          (request) => isWrite(request) && !request.path.includes('metalwave-system'),
        );
        expect(written).toEqual([]);
      });
      expect(wrong).toEqual([]);
    },
  );
});
