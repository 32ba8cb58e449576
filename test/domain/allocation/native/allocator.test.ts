import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { KubeObject } from '../../../../src/domain/manifest/kube-object.ts';
import { dualStack, pool, type ServiceFields } from '../../address-plan/plan-fixture.ts';
import { address, SmallCluster, textsOf } from './small-cluster.ts';

const p = pool('p', ['10.0.0.0/30']);
const q = pool('q', ['10.0.1.0/30'], { autoAssign: false });
const dual = pool('p', ['10.0.0.0/30', 'fd00::/126']);

function key(sharingKey: string, port = 80): ServiceFields {
  return { annotations: { 'metallb.io/allow-shared-ip': sharingKey }, ports: [port] };
}
function asking(addresses: string): ServiceFields {
  return { annotations: { 'metallb.io/loadBalancerIPs': addresses } };
}
function from(name: string): ServiceFields {
  return { annotations: { 'metallb.io/address-pool': name } };
}
const single = { clusterIPs: ['10.96.0.1'], ipFamilies: ['IPv4'], ipFamilyPolicy: 'SingleStack' };
function scoped(name: string, third: number, priority: number): KubeObject {
  return pool(name, [`10.0.${third}.0/32`], { serviceAllocation: { priority, namespaces: ['default'] } });
}
function full(): SmallCluster {
  const cluster = new SmallCluster()
    .pools([pool('p', ['10.0.0.0/31']), q])
    .put('a')
    .put('b')
    .put('waiter');
  cluster.settle();
  expect(cluster.held('waiter')).toBe('');
  return cluster;
}

describe('the allocator, where it does as MetalLB documents', () => {
  it('serves in order of creation, the lowest free address first, and gives one that is free again first', () => {
    const cluster = new SmallCluster().pools([p]).put('a').put('b').put('c');
    cluster.settle();
    expect(['a', 'b', 'c'].map((name) => cluster.held(name))).toEqual(['10.0.0.0', '10.0.0.1', '10.0.0.2']);
    cluster.delete('b').put('d').settle();
    expect(cluster.held('d')).toBe('10.0.0.1');
  });

  it.each<[string, ServiceFields, string]>([
    ['gives an address that is asked for', asking('10.0.0.2'), '10.0.0.2'],
    ['gives one of a pool that is asked for, though it gives none unasked', from('q'), '10.0.1.0'],
    ['obeys the older prefix', { annotations: { 'metallb.universe.tf/address-pool': 'q' } }, '10.0.1.0'],
    ['refuses an address outside all pools', asking('192.0.2.1'), ''],
    ['refuses a text that is none', asking('10.0.0.1,'), ''],
    ['refuses a pool that there is not', from('none'), ''],
    ['refuses the wrong family', asking('fd00::1'), ''],
    ['ignores a Service of another class', { spec: { loadBalancerClass: 'other' } }, ''],
    ['ignores a Service of another type', { spec: { type: 'ClusterIP' } }, ''],
  ])('%s', (_, fields, expected) => {
    const cluster = new SmallCluster().pools([p, q]).put('a', fields);
    cluster.settle();
    expect(cluster.held('a')).toBe(expected);
  });

  it('serves a class of its own alone', () => {
    const cluster = new SmallCluster({ lbClass: 'mine' }).pools([p]);
    cluster
      .put('a')
      .put('b', { spec: { loadBalancerClass: 'mine' } })
      .settle();
    expect([cluster.held('a'), cluster.held('b')]).toEqual(['', '10.0.0.0']);
  });

  it('shares an address between Services with one key and different ports alone', () => {
    const cluster = new SmallCluster().pools([pool('p', ['10.0.0.0/32'])]);
    cluster.put('a', key('k')).put('b', key('k', 81)).put('c', key('k', 81)).put('d', key('other', 82)).settle();
    expect(['a', 'b', 'c', 'd'].map((name) => cluster.held(name))).toEqual(['10.0.0.0', '10.0.0.0', '', '']);
    expect(cluster.allocator.usage('p')?.ipv4).toEqual({ total: 1n, inUse: 1n, reserved: 0n, free: 0n });
  });

  it('takes the pools of a namespace first, by priority, 0 last', () => {
    const cluster = new SmallCluster().pools([p, scoped('x', 7, 0), scoped('y', 8, 20), scoped('z', 9, 10)]);
    for (const name of ['a', 'b', 'c', 'd']) {
      cluster.put(name);
    }
    cluster.settle();
    expect(['a', 'b', 'c', 'd'].map((name) => cluster.held(name))).toEqual([
      '10.0.9.0',
      '10.0.8.0',
      '10.0.7.0',
      '10.0.0.0',
    ]);
  });

  it('13.6: leaves an address alone whose Service asks for nonsense afterwards, and says so', () => {
    const cluster = new SmallCluster().pools([p]).put('a');
    cluster.settle();
    cluster.put('a', asking('nonsense')).settle();
    expect(cluster.held('a')).toBe('10.0.0.0');
    expect(cluster.decision('a').events.map(({ reason }) => reason)).toEqual(['LoadBalancerFailed']);
  });

  it('13.8: clears every status when the last pool goes, with no event', () => {
    const cluster = new SmallCluster().pools([p]).put('a');
    cluster.settle();
    cluster.pools([]).settle();
    expect([cluster.held('a'), cluster.decision('a').events]).toEqual(['', []]);
  });

  it('13.9: keeps an address whose pool has another name now', () => {
    const cluster = new SmallCluster().pools([p]).put('a').put('b');
    cluster.settle();
    cluster.pools([pool('renamed', ['10.0.0.0/30'])]).settle();
    expect([cluster.held('b'), cluster.decision('b').pool]).toEqual(['10.0.0.1', 'renamed']);
  });

  it('13.11: goes on with the last good configuration, and decides nothing before the first', () => {
    const cluster = new SmallCluster().pools([pool('p', [])]).put('a', {}, ['10.0.0.3']);
    expect(cluster.settle()).toEqual([]);
    cluster.pools([p]).settle();
    cluster
      .pools([pool('p', [])])
      .put('b')
      .settle();
    expect([cluster.held('a'), cluster.held('b')]).toEqual(['10.0.0.3', '10.0.0.0']);
  });

  it('13.14: adopts a free address of a status, and replaces one that is taken or foreign', () => {
    const cluster = new SmallCluster()
      .pools([p])
      .put('a')
      .put('free', {}, ['10.0.0.3'])
      .put('alien', {}, ['192.0.2.9']);
    cluster.settle();
    cluster.put('thief', {}, ['10.0.0.0']).settle();
    expect(['a', 'free', 'alien', 'thief'].map((name) => cluster.held(name))).toEqual([
      '10.0.0.1',
      '10.0.0.3',
      '10.0.0.0',
      '10.0.0.2',
    ]);
  });

  it('[events] 13.15: tells of an old prefix last, and of each transition once', () => {
    const cluster = new SmallCluster()
      .pools([p])
      .put('a', { annotations: { 'metallb.universe.tf/address-pool': 'p' } });
    cluster.settle();
    expect(cluster.decisions.flatMap(({ events }) => events.map(({ reason }) => reason))).toEqual([
      'IPAllocated',
      'deprecatedAnnotation',
    ]);
  });
});

describe('the allocator, where it differs from MetalLB', () => {
  it('[no-flap] leaves PreferDualStack with one cluster address at one address', () => {
    const cluster = new SmallCluster()
      .pools([dual])
      .put('a', { spec: { ...single, ipFamilyPolicy: 'PreferDualStack' } });
    expect(cluster.settle().length).toBe(1);
    expect(cluster.held('a')).toBe('10.0.0.0');
  });

  it('[register-first] a restart takes nothing from anybody, whoever is listed first', () => {
    const cluster = new SmallCluster().pools([pool('p', ['10.0.0.0/32', 'fd00::/126'])]);
    cluster.put('wants-two', { spec: dualStack('PreferDualStack') }, ['fd00::']).put('neighbour', {}, ['10.0.0.0']);
    cluster.settle();
    expect(cluster.restart()).toEqual([]);
    expect(cluster.restart((entries) => entries.toReversed())).toEqual([]);
    expect([cluster.held('wants-two'), cluster.held('neighbour')]).toEqual(['fd00::', '10.0.0.0']);
  });

  it('[wake] a Service that moves away, or frees a port, wakes who waits, and nobody else', () => {
    const cluster = full();
    cluster.put('a', from('q'));
    expect(cluster.settle()).toEqual(['a', 'waiter']);
    expect(cluster.held('waiter')).toBe('10.0.0.0');
    const sharing = new SmallCluster()
      .pools([pool('p', ['10.0.0.0/32'])])
      .put('a', key('k'))
      .put('b', key('k'));
    sharing.settle();
    sharing.put('a', key('k', 81)).settle();
    expect([sharing.held('a'), sharing.held('b')]).toEqual(['10.0.0.0', '10.0.0.0']);
  });

  it('[wake] one address that is free again wakes one of many', () => {
    const cluster = new SmallCluster().pools([p]);
    for (let count = 0; count < 50; count += 1) {
      cluster.put(`s${count}`);
    }
    cluster.settle();
    expect(cluster.delete('s2').settle()).toEqual(['s4']);
    expect(cluster.put('late').settle()).toEqual(['late']);
    expect(cluster.delete('late').settle()).toEqual([]);
  });

  it('[wake] the family that one address of two waits for wakes it, in a pool that is asked for and else full', () => {
    const cluster = new SmallCluster().pools([pool('p', ['10.0.0.0/31', 'fd00::/128'])]);
    cluster
      .put('a', { spec: dualStack('RequireDualStack') })
      .put('b', from('p'))
      .settle();
    cluster.put('b', { ...from('p'), spec: dualStack('RequireDualStack') }).settle();
    expect(cluster.held('b')).toBe('10.0.0.1');
    cluster.put('a', { spec: single }).settle();
    expect(cluster.held('b')).toBe('10.0.0.1 fd00::');
  });

  it('[keep-family] dropping one family keeps the other', () => {
    const cluster = new SmallCluster()
      .pools([dual])
      .put('first')
      .put('a', { spec: dualStack('RequireDualStack') });
    cluster.settle();
    expect(cluster.held('a')).toBe('10.0.0.1 fd00::');
    cluster.delete('first').put('a', { spec: single }).settle();
    expect(cluster.held('a')).toBe('10.0.0.1');
    cluster.put('a', { spec: dualStack('RequireDualStack') }).settle();
    cluster.pools([pool('p', ['10.0.0.0/30', 'fd01::/126'])]).settle();
    expect(cluster.held('a')).toBe('10.0.0.1 fd01::');
    cluster.pools([pool('p', ['10.0.0.0/30'])]).settle();
    expect([cluster.held('a'), cluster.decision('a').refused]).toEqual(['10.0.0.1', expect.stringContaining('IPv6')]);
  });

  it('[make-before-break] keeps the old address occupied until the status has moved on', () => {
    const cluster = new SmallCluster().pools([pool('p', ['10.0.0.0/32']), q]).put('a');
    cluster.settle();
    cluster.put('a', from('q'));
    const [uid = ''] = cluster.allocator.takeDirty(1);
    expect(textsOf(cluster.allocator.decide(uid).wanted)).toEqual(['10.0.1.0']);
    cluster.put('b').settle();
    expect(cluster.held('b')).toBe('');
    cluster.put('a', from('q'), ['10.0.1.0']);
    cluster.allocator.setClaimed(uid, [address('10.0.1.0')]);
    cluster.settle();
    expect([cluster.held('a'), cluster.held('b')]).toEqual(['10.0.1.0', '10.0.0.0']);
  });

  it('[keep-while-refused] keeps its address where what it asks for cannot be had', () => {
    const cluster = full();
    cluster.put('a', asking('10.0.0.1')).settle();
    expect(cluster.held('a')).toBe('10.0.0.0');
    expect(cluster.decision('a').considered).toEqual([
      { pool: 'p', why: expect.stringContaining('10.0.0.1 is taken: default/b holds it') as string },
    ]);
    cluster.delete('b').settle();
    expect([cluster.held('a'), cluster.held('waiter')]).toEqual(['10.0.0.1', '10.0.0.0']);
  });

  it('[fail-closed] a pool whose selectors match no namespace admits nobody', () => {
    const closed = pool('p', ['10.0.0.0/30'], {
      serviceAllocation: { namespaceSelectors: [{ matchLabels: { team: 'a' } }] },
    });
    const cluster = new SmallCluster().pools([closed]).put('a').put('b', from('p')).put('c', asking('10.0.0.3'));
    cluster.settle();
    expect(['a', 'b', 'c'].map((name) => cluster.held(name))).toEqual(['', '', '']);
    expect(cluster.decision('a').considered).toEqual([
      { pool: 'p', why: 'its namespace selectors match no namespace' },
    ]);
    cluster.pools([closed], [{ name: 'default', labels: { team: 'a' } }]).settle();
    expect(['a', 'b', 'c'].map((name) => cluster.held(name))).toEqual(['10.0.0.0', '10.0.0.1', '10.0.0.3']);
  });

  it('[unlimited-scope] a pool whose serviceAllocation limits nothing serves everybody, before the open ones', () => {
    const everyone = pool('z', ['10.0.2.0/32'], { serviceAllocation: { priority: 5 } });
    const cluster = new SmallCluster().pools([p, everyone]).put('a').put('b');
    cluster.settle();
    expect([cluster.held('a'), cluster.held('b')]).toEqual(['10.0.2.0', '10.0.0.0']);
  });

  it('[freed-late] passes by an address that was lost until its claim is released', () => {
    const cluster = new SmallCluster().pools([p]).put('a');
    cluster.settle();
    const { uid } = cluster.entry('a');
    cluster.allocator.setClaimed(uid, [address('10.0.0.0')]);
    cluster.allocator.remove(uid);
    cluster.put('b').settle();
    expect(cluster.held('b')).toBe('10.0.0.1');
    cluster.allocator.setClaimed(uid, []);
    cluster.put('c').settle();
    expect([cluster.held('b'), cluster.held('c')]).toEqual(['10.0.0.1', '10.0.0.0']);
  });

  it('[oldest-keeps] of two that are published with one address the older keeps it, and a claim goes before age', () => {
    const cluster = new SmallCluster().pools([p]).put('old', {}, ['10.0.0.2']).put('young', {}, ['10.0.0.2']);
    cluster.settle();
    expect([cluster.held('old'), cluster.held('young')]).toEqual(['10.0.0.2', '10.0.0.0']);
    const claimed = new SmallCluster().pools([p]).put('old', {}, ['10.0.0.2']).put('young', {}, ['10.0.0.2']);
    claimed.allocator.setClaimed(claimed.entry('young').uid, [address('10.0.0.2')]);
    claimed.settle();
    expect([claimed.held('old'), claimed.held('young')]).toEqual(['10.0.0.0', '10.0.0.2']);
  });

  it('[editor-yields] who changes its sharing leaves, not those beside it', () => {
    const cluster = new SmallCluster().pools([p]).put('old', key('k')).put('young', key('k', 81));
    cluster.settle();
    cluster.put('old', key('other')).settle();
    expect([cluster.held('old'), cluster.held('young')]).toEqual(['10.0.0.1', '10.0.0.0']);
  });

  it('[editor-yields] leaves those beside it alone also while it is still published', () => {
    const cluster = new SmallCluster().pools([p]).put('old', key('k')).put('young', key('k', 81));
    cluster.settle();
    cluster.put('old', key('other'));
    const [old, young] = ['old', 'young'].map((name) => cluster.entry(name).uid);
    const decide = (uid = ''): string => textsOf(cluster.allocator.decide(uid).wanted).join();
    expect([decide(old), decide(young), decide(old)]).toEqual(['10.0.0.1', '10.0.0.0', '10.0.0.1']);
  });

  it('[pool-order] tries open pools in the order of their names', () => {
    const cluster = new SmallCluster()
      .pools([pool('b', ['10.0.1.0/32']), pool('a', ['10.0.0.0/32'])])
      .put('x')
      .put('y');
    cluster.settle();
    expect([cluster.held('x'), cluster.held('y')]).toEqual(['10.0.0.0', '10.0.1.0']);
  });

  it('[serving-order] serves who lost an address before who waits, and else the older one', () => {
    const cluster = full();
    cluster.pools([pool('p', ['10.0.2.0/32'])]).settle();
    expect(['a', 'b', 'waiter'].map((name) => cluster.held(name))).toEqual(['10.0.2.0', '', '']);
    cluster.pools([pool('p', ['10.0.2.0/31'])]).settle();
    expect(['a', 'b', 'waiter'].map((name) => cluster.held(name))).toEqual(['10.0.2.0', '10.0.2.1', '']);
  });

  it('[reservation] gives a Service that is made anew its address back, within time and limit', () => {
    const options = { reservation: { milliseconds: 1000, limit: 1 } };
    const cluster = new SmallCluster(options)
      .pools([pool('p', ['10.0.0.0/31'])])
      .put('a')
      .put('b');
    cluster.settle();
    cluster.delete('a', 5).put('c').settle();
    expect(cluster.held('c')).toBe('');
    expect(cluster.decision('c').considered[0]?.why).toContain('2 of its 2 IPv4 addresses are in use, 1 of them kept');
    cluster.put('a').settle();
    expect(cluster.held('a')).toBe('10.0.0.0');
    cluster.delete('a', 10);
    expect(cluster.allocator.expire(1009)).toBe(1010);
    expect(cluster.allocator.expire(1010)).toBeUndefined();
    cluster.settle();
    expect(cluster.held('c')).toBe('10.0.0.0');
  });

  it('[exact-capacity] counts any size exactly', () => {
    const cluster = new SmallCluster()
      .pools([pool('p', ['fd00::/32', '10.0.0.0/16'], { avoidBuggyIPs: true })])
      .put('a');
    cluster.settle();
    const total = 65_536n - 512n;
    expect(cluster.allocator.usage('p')).toEqual({
      pool: 'p',
      ipv4: { total, inUse: 1n, reserved: 0n, free: total - 1n },
      ipv6: { total: 2n ** 96n, inUse: 0n, reserved: 0n, free: 2n ** 96n },
    });
    expect(cluster.held('a')).toBe('10.0.0.1');
  });
});

describe('the list of differences', () => {
  it('names those that tests name, and no other', () => {
    const rows = [...readFileSync('docs/differences.md', 'utf8').matchAll(/^\| `([a-z-]+)` \|/gmu)].map(([, id]) => id);
    const named = [...readFileSync(import.meta.filename, 'utf8').matchAll(/it\('\[([a-z-]+)\]/gu)].map(([, id]) => id);
    expect(rows.length).toBeGreaterThan(10);
    expect(new Set(rows)).toEqual(new Set(named));
  });
});

describe('what the allocator says', () => {
  it('names each pool and why it refused', () => {
    const other = pool('o', ['10.0.3.0/30'], { serviceAllocation: { namespaces: ['x', 'y'] } });
    const six = pool('s', ['fd00::/126']);
    const cluster = new SmallCluster()
      .pools([pool('p', ['10.0.0.0/31']), q, other, six])
      .put('a')
      .put('b')
      .put('c');
    cluster.settle();
    expect(cluster.decision('c').considered).toEqual([
      { pool: 'o', why: 'it is for 2 namespaces, and default is not among them' },
      { pool: 'p', why: '2 of its 2 IPv4 addresses are in use' },
      { pool: 'q', why: 'it gives addresses only to who asks for it (autoAssign: false)' },
      { pool: 's', why: 'it has no IPv4 addresses' },
    ]);
    expect(cluster.decision('c').events.map(({ reason }) => reason)).toEqual(['AllocationFailed']);
    cluster.put('c', { labels: { touched: 'yes' } }).settle();
    expect(cluster.decision('c').events).toEqual([]);
  });

  it('gives back what was only decided, when told that it was lost', () => {
    const cluster = new SmallCluster().pools([p]).put('a');
    const [uid = ''] = cluster.allocator.takeDirty(1);
    cluster.allocator.decide(uid);
    cluster.allocator.setClaimed('somebody else', [address('10.0.0.0')]);
    cluster.allocator.forget(uid);
    cluster.settle();
    expect(cluster.held('a')).toBe('10.0.0.1');
  });
});
