import { existsSync } from 'node:fs';
import { assert, asyncProperty } from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../src/domain/json.ts';
import { metalLbApi, metalLbKindsOf } from '../../src/domain/metallb/api.ts';
import { crdDocument } from '../../src/domain/metallb/crd-document.ts';
import type { KubeObject } from '../../src/domain/manifest/kube-object.ts';
import { readUpstreamCrds } from '../domain/metallb/upstream-crds.ts';
import { type Plane, planeUnavailable, startPlane } from '../plane/plane.ts';
import { bareSample, corpusFolder, corpusSamples, objectsOf } from './crd-samples.ts';
import { type CrdServer, crdServer, type Sample } from './crd-server.ts';

const reason = planeUnavailable();
const releases = ['0.14.9', '0.15.2', '0.16.1'] as const;

/** These definitions and no others. */
async function install(plane: Plane, documents: readonly KubeObject[]): Promise<void> {
  await plane.kubectl('delete', 'crd', '--all', '--wait=true', '--timeout=60s');
  await plane.kubectlApply(...documents);
  await plane.kubectl('wait', 'crd', '--all', '--for=condition=Established', '--timeout=60s');
}

describe.skipIf(reason !== undefined)(`our CRDs beside upstream's${reason === undefined ? '' : ` (${reason})`}`, () => {
  let planes: readonly [Plane, Plane] | undefined;
  let servers: readonly [CrdServer, CrdServer] | undefined;

  beforeAll(async () => {
    planes = [await startPlane({ audit: 'writes' }), await startPlane({ audit: 'writes' })];
    servers = [crdServer(planes[0]), crdServer(planes[1])];
    await Promise.all(planes.map(async (plane) => plane.kubectl('create', 'namespace', 'metallb-system')));
  });

  afterAll(async () => {
    servers?.forEach((server) => {
      server.close();
    });
    for (const plane of planes ?? []) {
      await plane.stop();
    }
  });

  /** Both servers' words on one sample: the same, down to which fields are owned and which were refused. */
  async function expectSame(sample: Sample): Promise<number> {
    const [ours, upstream] = servers ?? [];
    if (ours === undefined || upstream === undefined) {
      throw new Error('the planes are not up');
    }
    const [mine, theirs] = await Promise.all([ours.apply(sample), upstream.apply(sample)]);
    expect(mine, JSON.stringify(sample.object)).toEqual(theirs);
    if (sample.subresource === undefined) {
      const [pruned, theirsPruned] = await Promise.all([ours.createPruned(sample), upstream.createPruned(sample)]);
      expect(pruned, JSON.stringify(sample.object)).toEqual(theirsPruned);
      // Server-side apply refuses an undeclared field outright; then pruning tells the more.
      return mine.status === 500 ? pruned.status : mine.status;
    }
    return mine.status;
  }

  async function createOnBoth(sample: Sample): Promise<void> {
    for (const server of servers ?? []) {
      expect((await server.create(sample)).status).toBeLessThan(300);
    }
  }

  describe.each(releases)('MetalLB %s', (release) => {
    beforeAll(async () => {
      const [ours, upstream] = planes ?? [];
      if (ours === undefined || upstream === undefined) {
        throw new Error('the planes are not up');
      }
      await install(
        ours,
        metalLbKindsOf(release).map((kind) => crdDocument(kind, release)),
      );
      await install(upstream, readUpstreamCrds(release));
    });

    const noCorpus = existsSync(corpusFolder) ? '' : ` (skipped: no corpus at ${corpusFolder})`;
    it.skipIf(noCorpus !== '')(`take and refuse what people wrote alike${noCorpus}`, async () => {
      const statuses: number[] = [];
      for (const sample of corpusSamples()) {
        statuses.push(await expectSame(sample));
      }
      expect(statuses.filter((status) => status < 300).length).toBeGreaterThan(80);
      expect(statuses.some((status) => status >= 400)).toBe(true);
    });

    const kinds = metalLbApi.filter((kind) => metalLbKindsOf(release).includes(kind.kind));
    const specs = kinds.flatMap((kind) =>
      kind.versions.flatMap((version) => (version.spec === undefined ? [] : [{ kind, version, spec: version.spec }])),
    );

    it.each(specs.map((entry) => ({ ...entry, title: `${entry.kind.kind} ${entry.version.name}` })))(
      'take and refuse generated specs of $title alike',
      async ({ kind, version, spec }) => {
        const statuses: number[] = [];
        const judge = async (fields: JsonObject): Promise<void> => {
          statuses.push(await expectSame(bareSample(kind, version, { spec: fields })));
        };
        await judge({});
        await expectSame(bareSample(kind, version, {}));
        await assert(asyncProperty(objectsOf(spec.fields), judge), { numRuns: 60 });
        expect(statuses.some((status) => status < 300)).toBe(true);
      },
    );

    const reports = kinds.filter((kind) => Object.keys(kind.versions[0]?.status?.fields ?? {}).length > 0);
    it.each(reports)('take and refuse generated reports of $kind alike', async (kind) => {
      const version = kind.versions[0];
      if (version?.status === undefined) {
        throw new Error('the list holds kinds with a status');
      }
      const spec: JsonObject = kind.kind === 'IPAddressPool' ? { spec: { addresses: ['10.0.0.0/24'] } } : {};
      await createOnBoth(bareSample(kind, version, spec));
      const judge = async (status: JsonObject): Promise<void> => {
        await expectSame({ ...bareSample(kind, version, { status }), subresource: 'status' });
      };
      await assert(asyncProperty(objectsOf(version.status.fields), judge), { numRuns: 40 });
    });

    it('refuse a change of what is set once alike', async () => {
      const peer = metalLbApi.find((kind) => kind.kind === 'BGPPeer');
      const version = peer?.versions.find((entry) => entry.storage);
      if (peer === undefined || version === undefined) {
        throw new Error('the table has BGPPeer');
      }
      const spec: Json = { myASN: 1, peerASN: 2, peerAddress: '10.0.0.1', enableGracefulRestart: true };
      await createOnBoth(bareSample(peer, version, { spec }));
      expect(await expectSame(bareSample(peer, version, { spec }))).toBe(200);
      expect(await expectSame(bareSample(peer, version, { spec: { ...spec, enableGracefulRestart: false } }))).toBe(
        422,
      );
    });
  });
});
