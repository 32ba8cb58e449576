import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { applyUpstreamCrds } from '../plane/metallb.ts';
import { metallbVersions } from '../plane/parts.ts';
import { type Plane, planeUnavailable, startPlane } from '../plane/plane.ts';
import { corpusConfigurations, exampleConfigurations } from './verdict-oracle/collected-configurations.ts';
import { type Configuration, generatedConfigurations } from './verdict-oracle/configurations.ts';
import { edgeConfigurations } from './verdict-oracle/edge-configurations.ts';
import { isKnownOnlyOnNodes, stricter } from './verdict-oracle/known-differences.ts';
import { type Backend, MetalLbJury } from './verdict-oracle/metallb-jury.ts';
import { frrConfigurationDefinition, oracleNode, oracleNodes } from './verdict-oracle/oracle-cluster.ts';
import { ourErrors } from './verdict-oracle/our-verdict.ts';

const reason = planeUnavailable();
const backends: readonly Backend[] = ['native', 'frr', 'frr-k8s'];

/** With a number of generated configurations all are sent to all programs; without it a sample of each kind to each. */
const large = Number(process.env['METALWAVE_ORACLE_CASES'] ?? 0);
const seed = Number(process.env['METALWAVE_ORACLE_SEED'] ?? 7);

const collected = [...edgeConfigurations, ...exampleConfigurations(), ...corpusConfigurations()];

/** What is sent to the programs number `index` of `count`: in the quick run each configuration to one of them. */
function share(index: number, count: number): readonly Configuration[] {
  const generated = generatedConfigurations(seed, large === 0 ? count : large);
  return [...collected, ...generated].filter((_, position) => large > 0 || position % count === index);
}

interface Disagreement {
  readonly title: string;
  readonly metalLb: readonly string[];
  readonly ours: readonly string[];
}

async function compare(
  jury: MetalLbJury,
  { title, objects }: Configuration,
  [version, backend]: readonly [string, Backend],
): Promise<readonly Disagreement[]> {
  const { accepted, words } = await jury.judge(objects);
  const errors = ourErrors(objects, version, backend);
  const held = accepted ? errors.filter(({ code }) => !stricter.has(code)) : errors;
  return accepted === (held.length === 0) || (!accepted && isKnownOnlyOnNodes(words, objects))
    ? []
    : [{ title, metalLb: words, ours: held.map(({ code, message }) => `${code}: ${message}`) }];
}

describe.skipIf(reason !== undefined)(`the verdict of MetalLB itself ${reason ?? ''}`.trim(), () => {
  let plane: Plane;
  beforeAll(async () => {
    plane = await startPlane();
    await plane.kubectlApply(...oracleNodes.map((node) => oracleNode(node)), frrConfigurationDefinition);
  });
  afterAll(async () => {
    await plane.stop();
  });

  const combinations = metallbVersions.flatMap((version) => backends.map((backend) => [version, backend] as const));

  it.each(metallbVersions)(
    'is that of validate on every configuration, release %s',
    { timeout: 3_600_000 },
    async (version) => {
      await applyUpstreamCrds(plane, version);
      const found = await Promise.all(
        backends.map(async (backend) => {
          const jury = await MetalLbJury.start(plane, version, backend);
          const index = combinations.findIndex(([one, other]) => one === version && other === backend);
          const disagreements: Disagreement[] = [];
          for (const configuration of share(index, combinations.length)) {
            disagreements.push(...(await compare(jury, configuration, [version, backend])));
          }
          await jury.stop();
          return { backend, disagreements };
        }),
      );
      expect(found).toEqual(backends.map((backend) => ({ backend, disagreements: [] })));
    },
  );
});
