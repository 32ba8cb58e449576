import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApiClient } from '../contracts/kube-api/api-client.ts';
import type { Child } from '../plane/child.ts';
import { freePorts } from '../plane/free-ports.ts';
import { applyUpstreamCrds, metallbController } from '../plane/metallb.ts';
import { metallbVersions } from '../plane/parts.ts';
import { type Plane, planeUnavailable, startPlane } from '../plane/plane.ts';
import { controllerProgram } from '../road/controller-program.ts';
import type { Verdict } from './controller-oracle/compare.ts';
import type { Side } from './controller-oracle/oracle-cluster.ts';
import { TwinLane } from './controller-oracle/twin-lane.ts';

const reason = planeUnavailable();
/** How many sequences run over all versions; more of them with METALWAVE_ORACLE_CASES, from another seed with METALWAVE_ORACLE_SEED. */
const sequences = Number(process.env['METALWAVE_ORACLE_CASES'] ?? 51);
const firstSeed = Number(process.env['METALWAVE_ORACLE_SEED'] ?? 1);
const allotted = 300_000 + sequences * 20_000;
const progressMs = 30_000;

describe.skipIf(reason !== undefined)(`our controller beside MetalLB's ${reason ?? ''}`.trim(), () => {
  let plane: Plane;
  let api: ApiClient;
  let lanes: readonly TwinLane[] = [];
  let starts = 0;

  async function start(lane: TwinLane, side: Side, program: 'upstream' | 'ours'): Promise<Child> {
    starts += 1;
    const args = side.lbClass === undefined ? [] : [`--lb-class=${side.lbClass}`];
    if (program === 'upstream') {
      const named = { namespace: side.poolNamespace, podName: 'controller', suffix: `-${starts}` };
      return metallbController(plane, lane.version, { ...named, args });
    }
    const [port = 0] = await freePorts(1);
    const own = [`--namespace=${side.poolNamespace}`, '--leader-elect=false', ...args];
    return controllerProgram(plane, { name: `metalwave-${starts}`, port, args: own });
  }

  beforeAll(async () => {
    plane = await startPlane({
      serviceRange: '10.144.0.0/16,fd00:144::/112',
      apiServerArguments: ['--disable-admission-plugins=ServiceAccount'],
    });
    api = new ApiClient(plane.server, plane.adminToken, readFileSync(plane.ca, 'utf8'));
    await applyUpstreamCrds(plane, '0.16.1');
    lanes = metallbVersions.map(
      // One controller without a class is all that a cluster can have.
      (version, number) => new TwinLane({ api, number, version, classless: number === 2, start }),
    );
    await Promise.all(lanes.map(async (lane) => lane.prepare()));
  });
  afterAll(async () => {
    api.close();
    await plane.stop();
  });

  it(
    'serves and refuses the same, with the same pool and address, but for what docs/differences.md says',
    async () => {
      const verdicts: Verdict[] = [];
      const tell = progressOf(sequences);
      await Promise.all(
        lanes.map(async (lane) => {
          for (let seed = firstSeed; seed < firstSeed + sequences; seed += 1) {
            if (seed % lanes.length === lane.number) {
              const found = await lane.run(seed).catch((error: unknown) => brokenOff(lane, seed, error));
              verdicts.push(...found);
              tell(found);
            }
          }
        }),
      );
      const wrong = verdicts.filter(({ label }) => label === undefined);
      console.log(`${sequences} sequences, ${verdicts.length} Services compared: ${countsOf(verdicts)}`);
      expect(wrong.map(({ text }) => text)).toEqual([]);
      expect(verdicts.filter(({ label }) => label === 'same').length).toBeGreaterThan(verdicts.length / 2);
    },
    allotted,
  );
});

/** One sequence that can't be gone through must not end all others. */
function brokenOff({ version }: TwinLane, seed: number, error: unknown): readonly Verdict[] {
  return [{ label: undefined, text: `${version} seed ${seed} was broken off: ${String(error)}` }];
}

/** In a long run one sees at once what is wrong, and now and then how far it is. */
function progressOf(all: number): (verdicts: readonly Verdict[]) => void {
  let done = 0;
  let last = performance.now();
  return (verdicts) => {
    done += 1;
    for (const { label, text } of verdicts) {
      if (label === undefined) {
        process.stderr.write(`wrong: ${text}\n`);
      }
    }
    if (performance.now() - last > progressMs) {
      last = performance.now();
      process.stderr.write(`${done} of ${all} sequences\n`);
    }
  };
}

function countsOf(verdicts: readonly Verdict[]): string {
  const counts = new Map<string, number>();
  for (const { label = 'wrong' } of verdicts) {
    counts.set(label, (counts.get(label) ?? 0) + 1);
  }
  return [...counts].map(([label, count]) => `${label} ${count}`).join(', ');
}
