import { describe, expect, it } from 'vitest';
import { pool, type ServiceFields } from '../../../address-plan/plan-fixture.ts';
import { annotated, clusterIn, outcomeOf, putAll } from './cases.ts';

const p = pool('p', ['10.0.0.0/30']);
const q = pool('q', ['10.0.1.0/30'], { autoAssign: false });
const asking = (address: string): ServiceFields => annotated({ loadBalancerIPs: address });
const from = (name: string): ServiceFields => annotated({ 'address-pool': name });

describe('changes of a live Service, as MetalLB documents them', () => {
  it.each<[string, ServiceFields, ServiceFields, string]>([
    ['another pool moves it', {}, from('q'), '10.0.1.0'],
    ['the pool of its address leaves it', {}, from('p'), '10.0.0.0'],
    ['taking the pool back leaves it', from('q'), {}, '10.0.1.0'],
    ['another address moves it', {}, asking('10.0.0.2'), '10.0.0.2'],
    ['the address that it has leaves it', {}, asking('10.0.0.0'), '10.0.0.0'],
    ['an address of another pool moves it', {}, asking('10.0.1.3'), '10.0.1.3'],
    ['taking the address back leaves it', asking('10.0.0.2'), {}, '10.0.0.2'],
    ['the field moves it as the annotation does', {}, { spec: { loadBalancerIP: '10.0.0.3' } }, '10.0.0.3'],
    ['other ports leave it', { ports: [80] }, { ports: [81, 82] }, '10.0.0.0'],
    ['other labels leave it', {}, { labels: { tier: 'gold' } }, '10.0.0.0'],
    ['a sharing key leaves it', {}, annotated({ 'allow-shared-ip': 'k' }), '10.0.0.0'],
    ['another traffic policy leaves it', {}, { spec: { externalTrafficPolicy: 'Local' } }, '10.0.0.0'],
    ['13.6: an unreadable address leaves it', {}, asking('nonsense'), '10.0.0.0'],
    [
      '13.6: both the field and the annotation leave it',
      {},
      { ...asking('10.0.0.2'), spec: { loadBalancerIP: '10.0.0.2' } },
      '10.0.0.0',
    ],
    ['[keep-while-refused] an address outside of all pools leaves it', {}, asking('192.0.2.1'), '10.0.0.0'],
    ['[keep-while-refused] a pool that there is not leaves it', {}, from('none'), '10.0.0.0'],
  ])('%s', (_, before, after, held) => {
    const cluster = clusterIn({ pools: [p, q] });
    putAll(cluster, { a: before });
    putAll(cluster, { a: after });
    expect(outcomeOf(cluster)).toEqual({ a: held });
    cluster.restart();
    expect(outcomeOf(cluster)).toEqual({ a: held });
  });

  it('gives the address of a Service that is deleted to the next that asks', () => {
    const cluster = clusterIn({ pools: [p] });
    putAll(cluster, { a: {}, b: {} });
    cluster.delete('a').settle();
    putAll(cluster, { c: {} });
    expect(outcomeOf(cluster)).toEqual({ b: '10.0.0.1', c: '10.0.0.0' });
  });

  it('13.15: gives the address of a Service that is deleted and made anew to who waits', () => {
    const cluster = clusterIn({ pools: [pool('p', ['10.0.0.0/32'])] });
    putAll(cluster, { a: {}, waiting: {} });
    cluster.delete('a').put('a').settle();
    expect(outcomeOf(cluster)).toEqual({ waiting: '10.0.0.0', a: '' });
  });

  it('13.13: lets go of a Service that becomes of another type, and serves it anew by the lowest free address', () => {
    const cluster = clusterIn({ pools: [p] });
    putAll(cluster, { a: {}, b: {} });
    // The API server clears the status by itself; the annotation with the pool stays.
    cluster.put('b', { spec: { type: 'ClusterIP' } }, []).settle();
    cluster.delete('a').settle();
    expect(outcomeOf(cluster)).toEqual({ b: '' });
    putAll(cluster, { b: {} });
    expect(outcomeOf(cluster)).toEqual({ b: '10.0.0.0' });
  });

  it('13.13: clears what a Service of another type says of itself, and gives its address to others', () => {
    const cluster = clusterIn({ pools: [pool('p', ['10.0.0.0/32'])] });
    putAll(cluster, { a: {}, waiting: {} });
    putAll(cluster, { a: { spec: { type: 'NodePort' } } });
    expect(outcomeOf(cluster)).toEqual({ a: '', waiting: '10.0.0.0' });
  });
});

describe('changes of pools under live Services, as MetalLB documents them', () => {
  it.each<[string, ReturnType<typeof pool>[], string, string]>([
    ['a pool that grows leaves everybody', [pool('p', ['10.0.0.0/28'])], '10.0.0.0', '10.0.0.1'],
    [
      'a pool that grows at its beginning leaves everybody',
      [pool('p', ['10.0.2.0/30', '10.0.0.0/30'])],
      '10.0.0.0',
      '10.0.0.1',
    ],
    ['a pool that shrinks moves those outside', [pool('p', ['10.0.0.1-10.0.0.3'])], '10.0.0.2', '10.0.0.1'],
    ['a pool with another name leaves everybody', [pool('renamed', ['10.0.0.0/30'])], '10.0.0.0', '10.0.0.1'],
    [
      'a pool in two parts leaves everybody',
      [pool('x', ['10.0.0.0/32']), pool('y', ['10.0.0.1-10.0.0.3'])],
      '10.0.0.0',
      '10.0.0.1',
    ],
    [
      'a pool that gives none unasked leaves everybody',
      [pool('p', ['10.0.0.0/30'], { autoAssign: false })],
      '10.0.0.0',
      '10.0.0.1',
    ],
    ['avoidBuggyIPs moves who has .0', [pool('p', ['10.0.0.0/30'], { avoidBuggyIPs: true })], '10.0.0.2', '10.0.0.1'],
    ['other addresses move everybody', [pool('p', ['10.0.5.0/30'])], '10.0.5.0', '10.0.5.1'],
    [
      'a pool for other namespaces evicts everybody',
      [pool('p', ['10.0.0.0/30'], { serviceAllocation: { namespaces: ['other'] } })],
      '',
      '',
    ],
    ['no pools at all clear everybody', [], '', ''],
  ])('%s', (_, after, first, second) => {
    const cluster = clusterIn({ pools: [p] });
    putAll(cluster, { a: {}, b: {} });
    cluster.pools(after).settle();
    expect(outcomeOf(cluster)).toEqual({ a: first, b: second });
    cluster.restart();
    expect(outcomeOf(cluster)).toEqual({ a: first, b: second });
  });

  it('serves who waits where a pool grows', () => {
    const cluster = clusterIn({ pools: [pool('p', ['10.0.0.0/32'])] });
    putAll(cluster, { a: {}, b: {} });
    cluster.pools([p]).settle();
    expect(outcomeOf(cluster)).toEqual({ a: '10.0.0.0', b: '10.0.0.1' });
  });

  it('13.10: keeps every address where the new pool is made before the old one goes', () => {
    const cluster = clusterIn({ pools: [p] });
    putAll(cluster, { a: {}, b: {} });
    const renamed = pool('renamed', ['10.0.0.0/30']);
    cluster.pools([p, renamed]).settle();
    expect(outcomeOf(cluster)).toEqual({ a: '10.0.0.0', b: '10.0.0.1' });
    cluster.pools([renamed]).settle();
    expect(outcomeOf(cluster)).toEqual({ a: '10.0.0.0', b: '10.0.0.1' });
    expect(cluster.decision('a').pool).toBe('renamed');
  });

  it('13.10: loses every address where the old pool goes before the new one is made', () => {
    const cluster = clusterIn({ pools: [p] });
    putAll(cluster, { a: {}, b: {} });
    cluster.pools([]).settle();
    expect(outcomeOf(cluster)).toEqual({ a: '', b: '' });
    cluster.pools([pool('renamed', ['10.0.0.0/30'])]).settle();
    expect(outcomeOf(cluster)).toEqual({ a: '10.0.0.0', b: '10.0.0.1' });
  });

  it('13.10: keeps an address that goes from one pool to another where the second grows before the first is cut', () => {
    const cluster = clusterIn({ pools: [p, pool('r', ['10.0.2.0/30'])] });
    putAll(cluster, { a: from('p'), b: asking('10.0.0.3') });
    // Both hold 10.0.0.2 and 10.0.0.3 for a moment: that is refused, and what was good goes on to count.
    cluster.pools([p, pool('r', ['10.0.2.0/30', '10.0.0.2/31'])]).settle();
    cluster.pools([pool('p', ['10.0.0.0/31']), pool('r', ['10.0.2.0/30', '10.0.0.2/31'])]).settle();
    expect(outcomeOf(cluster)).toEqual({ a: '10.0.0.0', b: '10.0.0.3' });
    expect(cluster.decision('b').pool).toBe('r');
  });

  it('13.10: loses an address that goes from one pool to another where the first is cut before the second grows', () => {
    const cluster = clusterIn({ pools: [p, pool('r', ['10.0.2.0/30'])] });
    putAll(cluster, { a: {}, b: asking('10.0.0.3') });
    cluster.pools([pool('p', ['10.0.0.0/31']), pool('r', ['10.0.2.0/30'])]).settle();
    expect(outcomeOf(cluster)).toEqual({ a: '10.0.0.0', b: '' });
    cluster.pools([pool('p', ['10.0.0.0/31']), pool('r', ['10.0.2.0/30', '10.0.0.2/31'])]).settle();
    expect(outcomeOf(cluster)).toEqual({ a: '10.0.0.0', b: '10.0.0.3' });
  });

  it('13.9: loses an address whose new pool does not admit the Service, and one that asks for the name that is gone keeps it', () => {
    const cluster = clusterIn({ pools: [p] });
    putAll(cluster, { a: {}, named: from('p') });
    cluster.pools([pool('renamed', ['10.0.0.0/30'])]).settle();
    // MetalLB takes the address of the named one; see keep-while-refused.
    expect(outcomeOf(cluster)).toEqual({ a: '10.0.0.0', named: '10.0.0.1' });
    cluster.pools([pool('renamed', ['10.0.0.0/30'], { serviceAllocation: { namespaces: ['other'] } })]).settle();
    expect(outcomeOf(cluster)).toEqual({ a: '', named: '' });
  });
});
