import { describe, expect, it } from 'vitest';
import { ObjectStore } from '../../../src/adapters/sandbox/objects/object-store.ts';
import { type PodProgram, PodPrograms } from '../../../src/adapters/sandbox/pod-programs.ts';
import type { KubeObject } from '../../../src/domain/manifest/kube-object.ts';

const access = { server: 'https://127.0.0.1:1', certificate: '', newToken: () => 'token' };

function pod(name: string, phase: string, metadata: { readonly deletionTimestamp?: string } = {}): KubeObject {
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace: 'n', ...metadata }, status: { phase } };
}

class Scene {
  readonly store: ObjectStore = new ObjectStore();
  /** `start a`, `stop a`, in order. */
  readonly heard: string[] = [];
  readonly programs: PodPrograms = new PodPrograms(
    this.store,
    (one) => this.start(one.metadata.name),
    () => access,
  );

  private start(name: string): PodProgram | undefined {
    if (name.startsWith('other')) {
      return undefined;
    }
    this.heard.push(`start ${name}`);
    return {
      get: () => Promise.resolve(undefined),
      log: () => `log of ${name}`,
      stop: async () => {
        await Promise.resolve();
        this.heard.push(`stop ${name}`);
      },
    };
  }
}

describe('the programs of pods', () => {
  it('run once from the moment their pod runs until it goes', async () => {
    const { store, programs, heard } = new Scene();
    store.put('pods', pod('a', 'Pending'));
    expect(heard).toEqual([]);
    store.put('pods', pod('a', 'Running'));
    store.put('pods', { ...pod('a', 'Running'), spec: { nodeName: 'node-1' } });
    expect(heard).toEqual(['start a']);
    expect(programs.find('n', 'a')?.log()).toBe('log of a');
    store.remove('pods', pod('a', 'Running'));
    expect(programs.find('n', 'a')).toBeUndefined();
    store.put('pods', pod('a', 'Running'));
    await programs.stop();
    expect(heard.filter((line) => line.startsWith('start'))).toHaveLength(2);
    expect(heard.filter((line) => line.startsWith('stop'))).toHaveLength(2);
  });

  it('end as soon as their pod is told to go, and not a second time when it has gone', async () => {
    const { store, programs, heard } = new Scene();
    store.put('pods', pod('a', 'Running'));
    store.put('pods', pod('a', 'Running', { deletionTimestamp: '2026-01-01T00:00:00Z' }));
    store.remove('pods', pod('a', 'Running'));
    await programs.stop();
    expect(heard).toEqual(['start a', 'stop a']);
  });

  it('are none for other pods and other kinds, and start no more once all are stopped', async () => {
    const { store, programs, heard } = new Scene();
    store.put('pods', pod('other', 'Running'));
    store.put('configmaps', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', namespace: 'n' } });
    await programs.stop();
    store.put('pods', pod('late', 'Running'));
    expect(heard).toEqual([]);
    expect(programs.find('n', 'other')).toBeUndefined();
  });
});
