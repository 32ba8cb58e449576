import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ipAddress, type IpAddress } from '../../../../src/domain/address/ip-address.ts';
import { Allocator } from '../../../../src/domain/allocation/native/allocator.ts';
import { compilePools } from '../../../../src/domain/allocation/pool-config.ts';
import type { ServiceView } from '../../../../src/domain/allocation/service-view.ts';
import { objects, pool, service } from '../../address-plan/plan-fixture.ts';

interface Sharer {
  readonly uid: string;
  readonly view: ServiceView;
  held: IpAddress | undefined;
}

const size = 12n;
const first = ipAddress('ipv4', 0x0a000000n);
const config = compilePools(objects(pool('p', [`10.0.0.0-10.0.0.${String(size - 1n)}`])).pools, [], 'native');

function sharer(uid: string, key: string, ports: readonly number[], policy = 'Cluster'): Sharer {
  const annotations = key === '' ? {} : { 'metallb.io/allow-shared-ip': key };
  const spec = { externalTrafficPolicy: policy, selector: { app: uid.slice(0, 1) } };
  return { uid, view: service(uid, [], { annotations, ports, spec }), held: undefined };
}

function put(allocator: Allocator, { uid, view, held }: Sharer): void {
  allocator.put({ uid, created: '', view, published: held === undefined ? [] : [held] });
}

/** As MetalLB's documentation has it: one key, no port in common, and the same pods where traffic stays on the node. */
function getOn({ view: left }: Sharer, { view: right }: Sharer): boolean {
  return (
    left.sharingKey !== '' &&
    left.sharingKey === right.sharingKey &&
    left.backendKey === right.backendKey &&
    left.ports.every((port) => !right.ports.includes(port))
  );
}

/** The first address that nobody is in the way of, tried one after the other. */
function firstFor(newcomer: Sharer, others: readonly Sharer[]): bigint | undefined {
  for (let value = first.value; value < first.value + size; value += 1n) {
    const holders = others.filter(({ held }) => held?.value === value);
    if (holders.every((holder) => getOn(holder, newcomer))) {
      return value;
    }
  }
  return undefined;
}

const someone = fc.record({
  key: fc.constantFrom('', 'k', 'k', 'k', 'other'),
  ports: fc.subarray([80, 81, 82, 83], { minLength: 1 }),
  policy: fc.constantFrom('Cluster', 'Cluster', 'Local'),
  /** Which of those that are there goes before it comes. */
  leaving: fc.option(fc.nat({ max: 20 }), { freq: 2 }),
});

describe('Services that share addresses', () => {
  it('each get the first address that has room for them, whoever came and went before', () => {
    fc.assert(
      fc.property(fc.array(someone, { maxLength: 60 }), (newcomers) => {
        const allocator = new Allocator();
        allocator.setPools(config);
        let present: readonly Sharer[] = [];
        for (const [index, { key, ports, policy, leaving }] of newcomers.entries()) {
          const gone = leaving === null ? undefined : present[leaving];
          if (gone !== undefined) {
            allocator.remove(gone.uid);
            present = present.filter((each) => each !== gone);
          }
          const newcomer = sharer(`${index % 2 === 0 ? 'a' : 'b'}${index}`, key, ports, policy);
          const expected = firstFor(newcomer, present);
          put(allocator, newcomer);
          [newcomer.held] = allocator.decide(newcomer.uid).wanted;
          expect(newcomer.held?.value).toBe(expected);
          if (newcomer.held === undefined) {
            allocator.remove(newcomer.uid);
          } else {
            put(allocator, newcomer);
            present = [...present, newcomer];
          }
        }
      }),
    );
  });

  it.each([
    ['on one address, where their ports differ', (index: number): number => index + 1, 1],
    ['on an address each, where they are the same', (): number => 80, 2_000],
  ])('are served by the thousand: %s', (_, port, addresses) => {
    const allocator = new Allocator();
    allocator.setPools(compilePools(objects(pool('p', ['10.0.0.0/16'])).pools, [], 'native'));
    for (let index = 0; index < 2_000; index += 1) {
      put(allocator, sharer(`s${index}`, 'k', [port(index)]));
    }
    const given = new Set<bigint>();
    for (let uids = allocator.takeDirty(500); uids.length > 0; uids = allocator.takeDirty(500)) {
      for (const uid of uids) {
        for (const { value } of allocator.decide(uid).wanted) {
          given.add(value);
        }
      }
    }
    expect(given.size).toBe(addresses);
  });
});
