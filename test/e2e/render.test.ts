import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTemplateRenderer } from '../../src/adapters/template/template-renderer.ts';
import type { MetalLbSettings } from '../../src/domain/environment/environment.ts';
import type { Manifest } from '../../src/domain/manifest/manifest.ts';
import { lineOf } from '../../src/domain/metallb/release.ts';
import { describeObject, objectIdOf } from '../../src/domain/manifest/object-id.ts';
import { fullSettings, releaseSettings, sampleEnvironment } from '../domain/render/sample-environment.ts';
import { monitoringCrds } from '../plane/build.ts';
import { applyUpstreamCrds } from '../plane/metallb.ts';
import { metallbVersions } from '../plane/parts.ts';
import { type Plane, planeUnavailable, startPlane } from '../plane/plane.ts';

const reason = planeUnavailable();
const renderer = await openTemplateRenderer();

function render(more: Partial<MetalLbSettings>): readonly Manifest[] {
  return renderer.render(sampleEnvironment(more));
}

const isMonitoring = ({ step }: Manifest): boolean => step === 'monitors' || step === 'rules';

/** What the server says to each object under strict field validation, where it says more than yes. */
async function refusals(plane: Plane, manifests: readonly Manifest[]): Promise<readonly string[]> {
  // All at once, as most are taken; one by one only to tell which is not.
  const objects = manifests.map(({ object }) => object);
  if (
    await plane.kubectlApply(...objects).then(
      () => true,
      () => false,
    )
  ) {
    return [];
  }
  const refused: string[] = [];
  for (const { object } of manifests) {
    try {
      await plane.kubectlApply(object);
    } catch (error) {
      refused.push(`${describeObject(objectIdOf(object))}: ${String(error)}`);
    }
  }
  return refused;
}

const everyForm: readonly (readonly [string, Partial<MetalLbSettings>])[] = [
  ...(['0.14', '0.15', '0.16'] as const).flatMap((line) =>
    (['native', 'frr', 'frr-k8s'] as const).map((backend): readonly [string, Partial<MetalLbSettings>] => [
      `upstream ${line}, backend ${backend}`,
      {
        ...fullSettings,
        ...releaseSettings(line),
        ...(backend === 'native' ? { bfdProfiles: [] } : {}),
        backend,
      },
    ]),
  ),
  ['the native engine', { ...fullSettings, engine: 'native' }],
];

describe.skipIf(reason !== undefined)('a real API server with strict field validation', () => {
  let plane: Plane;
  beforeAll(async () => {
    plane = await startPlane({ controllers: true });
    const ground = render({}).filter(({ step }) => step === 'namespace' || step === 'crds');
    await plane.kubectlApply(...ground.map(({ object }) => object));
    const definitions = await monitoringCrds();
    for (const kind of ['servicemonitors', 'prometheusrules']) {
      const file = join(definitions, `monitoring.coreos.com_${kind}.yaml`);
      await plane.kubectl('apply', '--server-side', '-f', file);
    }
    await plane.kubectl('wait', '--for=condition=Established', 'crd', '--all', '--timeout=60s');
  });
  afterAll(async () => {
    await plane.stop();
  });

  it.each(everyForm)('takes every object of %s, with our CRDs', async (_, settings) => {
    const manifests = render(settings).filter((manifest) => !isMonitoring(manifest));
    const [early, late] = [true, false].map((wanted) =>
      manifests.filter(({ step }) => (step === 'namespace' || step === 'crds') === wanted),
    );
    expect(await refusals(plane, early ?? [])).toEqual([]);
    await plane.kubectl('wait', '--for=condition=Established', 'crd', '--all', '--timeout=60s');
    expect(await refusals(plane, late ?? [])).toEqual([]);
  });

  it.each(everyForm)('takes the monitoring of %s', async (_, settings) => {
    await plane.kubectl('wait', '--for=condition=Established', 'crd', '--all', '--timeout=60s');
    expect(
      await refusals(
        plane,
        render(settings).filter((manifest) => isMonitoring(manifest)),
      ),
    ).toEqual([]);
  });

  it('refuses what is not of the API, so that the tests above mean something', async () => {
    const pool = render({}).find(({ step }) => step === 'pools');
    const wrong = { ...pool?.object, spec: { addresses: ['10.0.0.0/24'], adresses: [] } };
    await expect(plane.kubectlApply(wrong)).rejects.toThrow(/unknown field|field not declared/u);
  });
});

describe.skipIf(reason !== undefined).each(metallbVersions)("MetalLB %s's own CRDs", (version) => {
  it('take every rendered resource, whole', async () => {
    const plane = await startPlane();
    try {
      await applyUpstreamCrds(plane, version);
      const manifests = render({ ...fullSettings, ...releaseSettings(lineOf(version) ?? '0.15'), install: false });
      await plane.kubectl('create', 'namespace', 'metallb-system');
      const resources = manifests.filter((manifest) => !isMonitoring(manifest));
      expect(resources).toHaveLength(7);
      expect(await refusals(plane, resources)).toEqual([]);
    } finally {
      await plane.stop();
    }
  });
});
