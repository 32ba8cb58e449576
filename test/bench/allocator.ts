import { Allocator } from '../../src/domain/allocation/native/allocator.ts';
import type { HeldService } from '../../src/domain/allocation/native/member.ts';
import { compilePools, type PoolConfig } from '../../src/domain/allocation/pool-config.ts';
import { decodePool } from '../../src/domain/allocation/pool-view.ts';
import { decodeService } from '../../src/domain/allocation/service-view.ts';
import { type BenchRow, median, milliseconds } from './measure.ts';

function configOf(entries: readonly string[]): PoolConfig {
  const views = entries.map((entry, index) =>
    decodePool({
      apiVersion: 'metallb.io/v1beta1',
      kind: 'IPAddressPool',
      metadata: { name: `pool-${String(index).padStart(4, '0')}` },
      spec: { addresses: [entry] },
    }),
  );
  return compilePools(views, [], 'native');
}

function services(count: number): readonly HeldService[] {
  return Array.from({ length: count }, (_, index) => ({
    uid: `uid-${(index * 7919) % count}`,
    created: `2026-01-01T00:${String(index % 60).padStart(2, '0')}:00Z`,
    published: [],
    view: decodeService({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: `service-${index}`, namespace: `tenant-${index % 100}` },
      spec: { type: 'LoadBalancer', clusterIPs: ['10.96.0.1'], ports: [{ port: 80, protocol: 'TCP' }] },
    }),
  }));
}

/** Milliseconds of CPU from nothing known to every Service decided. */
function decideAll(config: PoolConfig, all: readonly HeldService[], expected: number): number {
  const started = process.cpuUsage();
  const allocator = new Allocator();
  allocator.setPools(config);
  for (const service of all) {
    allocator.put(service);
  }
  let given = 0;
  for (let uids = allocator.takeDirty(500); uids.length > 0; uids = allocator.takeDirty(500)) {
    for (const uid of uids) {
      given += allocator.decide(uid).wanted.length;
    }
  }
  const { user, system } = process.cpuUsage(started);
  if (given !== expected) {
    throw new Error(`${given} addresses were given, not ${expected}`);
  }
  return (user + system) / 1000;
}

function row(what: string, entries: readonly string[], count: number, limitMs: number): BenchRow {
  const [config, all] = [configOf(entries), services(count)];
  const times = Array.from({ length: 7 }, () => decideAll(config, all, count));
  const time = median(times.slice(2));
  return {
    what,
    ours: `${milliseconds(time)} CPU`,
    alternative: 'MetalLB 46 s for 10,000',
    ratio: undefined,
    target: `<= ${limitMs} ms`,
    reached: time <= limitMs,
  };
}

/** Decisions of the allocator, values in, decisions out. */
export function benchAllocator(): readonly BenchRow[] {
  const hundred = Array.from({ length: 100 }, (_, index) => `10.${index}.0.0/24`);
  return [
    row('10,000 addresses decided over 100 pools', hundred, 10_000, 50),
    row('10,000 addresses decided in a pool of 10,000', ['10.0.0.0-10.0.39.15'], 10_000, 50),
    row('65,536 addresses decided in a pool of 65,536', ['10.0.0.0/16'], 65_536, 500),
  ];
}
