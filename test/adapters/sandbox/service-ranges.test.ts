import { describe, expect, it } from 'vitest';
import { ObjectStore } from '../../../src/adapters/sandbox/objects/object-store.ts';
import { serviceRanges } from '../../../src/adapters/sandbox/objects/service-ranges.ts';
import type { KubeObject } from '../../../src/domain/manifest/kube-object.ts';

function service(name: string, clusterIP: string, nodePort: number): KubeObject {
  const metadata = { name, namespace: 'default' };
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata,
    spec: { clusterIP, clusterIPs: [clusterIP], ports: [{ port: 80, nodePort }] },
  };
}

describe('what Services are given', () => {
  it('is the lowest that nobody holds, and free again once its holder goes or changes', () => {
    const store = new ObjectStore();
    store.put('services', service('there', '10.96.0.1', 30_000));
    const ranges = serviceRanges(store, ['IPv4']);
    expect([ranges.freeClusterAddress('IPv4'), ranges.freeNodePort([])]).toEqual(['10.96.0.2', 30_001]);
    expect(ranges.freeNodePort([30_001])).toBe(30_002);
    store.put('services', service('next', '10.96.0.2', 30_001));
    store.put('services', service('there', '10.96.1.0', 30_005));
    expect([ranges.freeClusterAddress('IPv4'), ranges.freeNodePort([])]).toEqual(['10.96.0.1', 30_000]);
    store.remove('services', service('there', '10.96.1.0', 30_005));
    store.put('services', service('low', '10.96.0.1', 30_000));
    expect([ranges.freeClusterAddress('IPv4'), ranges.freeNodePort([])]).toEqual(['10.96.0.3', 30_002]);
  });

  it('stays held as long as one of two holders is there, and none is outside the range', () => {
    const store = new ObjectStore();
    const ranges = serviceRanges(store, ['IPv4']);
    store.put('services', service('a', '10.96.0.1', 30_000));
    store.put('services', service('b', '10.96.0.1', 30_000));
    store.remove('services', service('a', '10.96.0.1', 30_000));
    store.put('services', service('odd', '10.96.0.0', 80));
    store.remove('services', service('odd', '10.96.0.0', 80));
    expect([ranges.freeClusterAddress('IPv4'), ranges.freeNodePort([])]).toEqual(['10.96.0.2', 30_001]);
  });

  it('is refused as by the real server where all ports are held', () => {
    const store = new ObjectStore();
    const ranges = serviceRanges(store, ['IPv4']);
    for (let port = 30_000; port <= 32_767; port += 1) {
      store.put('services', service(`s-${port}`, 'None', port));
    }
    expect(() => ranges.freeNodePort([])).toThrow('failed to allocate a nodePort: range is full');
    expect(ranges.freeClusterAddress('IPv4')).toBe('10.96.0.1');
  });
});
