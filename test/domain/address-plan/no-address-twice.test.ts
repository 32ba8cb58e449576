import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ServiceOutcome } from '../../../src/domain/address-plan/address-plan.ts';
import type { ServiceView } from '../../../src/domain/allocation/service-view.ts';
import type { RulesProfile } from '../../../src/domain/allocation/rules-profile.ts';
import type { KubeObject } from '../../../src/domain/manifest/kube-object.ts';
import { objects, planOf, pool, service } from './plan-fixture.ts';

/** Disjoint ranges that overlap from one configuration to the other. */
const layouts: readonly (readonly KubeObject[])[] = [
  [pool('a', ['10.0.0.0/30']), pool('b', ['10.0.0.4/30'])],
  [pool('a', ['10.0.0.1-10.0.0.2']), pool('b', ['10.0.0.4/30'])],
  [pool('b', ['10.0.0.0/29'])],
  [pool('a', ['10.0.0.6/31']), pool('c', ['10.0.0.0-10.0.0.3'], { autoAssign: false })],
  [pool('a', ['10.0.0.2/32']), pool('b', ['10.0.0.3/32'], { serviceAllocation: { priority: 1 } })],
  [],
];

const profiles: readonly RulesProfile[] = ['metallb-0.14', 'metallb-0.15', 'metallb-0.16', 'native'];

interface Wish {
  readonly held: boolean;
  readonly key: '' | 'k1' | 'k2';
  readonly port: 80 | 443;
  readonly local: boolean;
  readonly asks: '' | 'a' | 'b';
}

const wish: fc.Arbitrary<Wish> = fc.record({
  held: fc.boolean(),
  key: fc.constantFrom('', '', 'k1', 'k2'),
  port: fc.constantFrom(80, 443),
  local: fc.boolean(),
  asks: fc.constantFrom('', '', '', 'a', 'b'),
});

/** Services of which each holds an address of its own, or none. */
function servicesOf(wishes: readonly Wish[]): readonly ServiceView[] {
  return wishes.map(({ held, key, port, local, asks }, index) =>
    service(`s${index}`, held ? [`10.0.0.${index}`] : [], {
      ports: [port],
      annotations: {
        ...(key === '' ? {} : { 'metallb.io/allow-shared-ip': key }),
        ...(asks === '' ? {} : { 'metallb.io/address-pool': asks }),
      },
      spec: local ? { externalTrafficPolicy: 'Local', selector: { app: `s${index}` } } : {},
    }),
  );
}

/** MetalLB's rule for two Services at one address, written down a second time: one key, other ports, equal back ends. */
function mayShare(left: Wish, right: Wish): boolean {
  return left.key !== '' && left.key === right.key && left.port !== right.port && !left.local && !right.local;
}

function only({ exact, after }: ServiceOutcome): readonly string[] {
  return exact && after.length === 1 ? (after[0] ?? []) : [];
}

describe('what a plan predicts exactly', () => {
  it('never gives one address to two Services that may not share it', () => {
    let determined = 0;
    const layout = fc.nat(layouts.length - 1);
    const wishes = fc.array(wish, { minLength: 2, maxLength: 5 });
    fc.assert(
      fc.property(layout, layout, wishes, fc.constantFrom(...profiles), (from, to, all, profile) => {
        const before = objects(...(layouts[from] ?? []));
        const after = objects(...(layouts[to] ?? []));
        const { services } = planOf({ before, after, services: servicesOf(all), profile });
        const holders = new Map<string, Wish[]>();
        for (const outcome of services) {
          const mine = all[Number(outcome.name.slice(1))];
          for (const address of mine === undefined ? [] : only(outcome)) {
            const others = holders.get(address) ?? [];
            determined += 1;
            expect(others.every((other) => mine !== undefined && mayShare(other, mine))).toBe(true);
            holders.set(address, mine === undefined ? others : [...others, mine]);
          }
        }
      }),
      { numRuns: 60 },
    );
    expect(determined).toBeGreaterThan(10);
  });
});
