import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { Failure } from '../../src/domain/failure.ts';
import type { KubeObject } from '../../src/domain/manifest/kube-object.ts';
import type { Manifest } from '../../src/domain/manifest/manifest.ts';
import type { ApplyResult } from '../../src/engine/apply-plan.ts';
import { syncEnvironment } from '../../src/engine/sync.ts';
import { anEnvironment } from '../domain/environment/an-environment.ts';
import { manualClock } from './manual-clock.ts';
import { someTerms } from './some-terms.ts';
import { memoryCluster, type MemoryCluster } from './memory-cluster.ts';

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');
const inventory = 'ConfigMap/metalwave-system/inventory-dev';

function configMap(name: string, value = '1'): Manifest {
  const object: KubeObject = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, namespace: 'metallb-system' },
    data: { value },
  };
  return { step: 'access', object };
}

function unreachable(): Failure {
  return new Failure({ code: 'cluster-unreachable', retry: 'now', message: 'the connection was cut' });
}

describe('a sync against an API server that fails now and then', () => {
  let cluster: MemoryCluster;
  beforeEach(() => {
    cluster = memoryCluster();
  });

  async function sync(manifests: readonly Manifest[]): Promise<ApplyResult> {
    const clock = manualClock();
    return syncEnvironment({
      reader: cluster,
      writer: cluster,
      clock,
      host: clock.host('here'),
      digest,
      signal: new AbortController().signal,
      emit: () => undefined,
      environment: anEnvironment(),
      revision: 'abc123',
      manifests,
      terms: someTerms(),
    });
  }

  it('does not read everything again because one of many requests failed', async () => {
    const services = Array.from({ length: 40 }, (_, index) => configMap(`a${index}`));
    const roles = services.map(({ object }): Manifest => ({
      step: 'access',
      object: { ...object, kind: 'ServiceAccount', metadata: { ...object.metadata, namespace: object.metadata.name } },
    }));
    let seen = 0;
    cluster.before = () => {
      seen += 1;
      if (seen % 3 === 0) {
        throw unreachable();
      }
    };
    expect((await sync([...services, ...roles])).outcome).toBe('healthy');
  });

  it('takes a save of the inventory whose answer was lost for done', async () => {
    await sync([configMap('a')]);
    let saves = 0;
    cluster.after = ({ verb, target }) => {
      saves += verb === 'apply' && target === inventory ? 1 : 0;
      if (verb === 'apply' && target === inventory && saves % 2 === 1) {
        throw unreachable();
      }
    };
    expect(await sync([configMap('a', '2')])).toMatchObject({ outcome: 'healthy', failure: undefined });
    expect(saves).toBeGreaterThan(1);
    cluster.after = () => undefined;
    expect((await sync([configMap('a', '2')])).applied).toBe(0);
  });

  it('does not take the save of somebody else for its own', async () => {
    await sync([configMap('a')]);
    let meddled = false;
    cluster.before = ({ verb, target }) => {
      const stored = cluster.objects.get(inventory as never);
      if (verb === 'apply' && target === inventory && !meddled && stored !== undefined) {
        meddled = true;
        cluster.put({ ...stored, data: { ...(stored['data'] as object), revision: 'theirs' } });
      }
    };
    const result = await sync([configMap('a', '2')]);
    expect(result).toMatchObject({ outcome: 'failed', failure: { code: 'object-changed' } });
    expect(cluster.objects.get('ConfigMap/metallb-system/a' as never)).toMatchObject({ data: { value: '1' } });
  });
});
