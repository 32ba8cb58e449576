import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dualStack, objects, outcome, planOf, pool, service } from './plan-fixture.ts';

const a = pool('a', ['10.0.0.0-10.0.0.3']);

describe('the plan of a pool that changes', () => {
  it('keeps what stays in the pool', () => {
    const plan = planOf({
      before: objects(a),
      after: objects(pool('a', ['10.0.0.0/24'])),
      services: [service('web', ['10.0.0.2'])],
    });
    expect(outcome(plan, 'web')).toMatchObject({ verdict: 'kept', after: [['10.0.0.2']], exact: true });
    expect(plan.pools[0]).toMatchObject({
      added: [{ range: '10.0.0.4-10.0.0.255', count: '252' }],
      removed: [],
      capacity: { before: { ipv4: '4' }, after: { ipv4: '256' } },
      used: { before: 1, after: { least: 1, most: 1 } },
    });
  });

  it('moves a Service whose address goes to the lowest free one', () => {
    const plan = planOf({
      before: objects(a),
      after: objects(pool('a', ['10.0.0.2-10.0.0.5'])),
      services: [service('one', ['10.0.0.0']), service('two', ['10.0.0.2'])],
    });
    expect(outcome(plan, 'one')).toMatchObject({
      verdict: 'moved',
      after: [['10.0.0.3']],
      reason:
        'It loses 10.0.0.0, because no pool contains this address any more, and gets 10.0.0.3 from pool a instead.',
    });
  });

  it('gives the set of what is possible where the order is drawn', () => {
    const plan = planOf({
      before: objects(a),
      after: objects(pool('a', ['10.0.0.3-10.0.0.4'])),
      services: ['one', 'two', 'three'].map((name, index) => service(name, [`10.0.0.${String(index)}`])),
    });
    expect(plan.exact).toBe(true);
    for (const { verdict, after } of plan.services) {
      expect({ verdict, after }).toEqual({ verdict: 'lost', after: [[], ['10.0.0.3'], ['10.0.0.4']] });
    }
  });

  it.each([
    ['an overlap that the change brings', [a], [a, pool('b', ['10.0.0.2/32'])], true],
    ['one that is there already', [a, pool('b', ['10.0.0.2/32'])], [a, pool('b', ['10.0.0.2/31'])], false],
    ['one that the change ends', [a, pool('b', ['10.0.0.2/32'])], [a], false],
    ['none', [a], [pool('a', ['10.0.0.0/24'])], false],
  ])('says of %s whether MetalLB begins to refuse its configuration', (_case, before, after, refused) => {
    const plan = planOf({ before: objects(...before), after: objects(...after), services: [] });
    expect(plan.refused !== undefined).toBe(refused);
  });

  it('leaves every Service as it is where the controller restarts on a configuration it refuses', () => {
    const plan = planOf({
      before: objects(a),
      after: objects(pool('a', ['10.0.0.9-10.0.0.1'])),
      services: [service('web', ['10.0.0.0']), service('new', []), service('gone', ['10.0.0.1'])],
      servicesAfter: [service('web', ['10.0.0.0']), service('new', [])],
      restart: true,
    });
    expect(outcome(plan, 'web')).toMatchObject({ verdict: 'kept', after: [['10.0.0.0']], exact: true });
    expect(outcome(plan, 'new')).toMatchObject({ verdict: 'pending', after: [[]], exact: true });
    expect(outcome(plan, 'gone')).toMatchObject({ verdict: 'lost', after: [[]] });
    expect(plan.notes.join()).toContain('its restarted controller works without any');
  });

  it.each([
    [false, false],
    [true, true],
  ])('knows what becomes of a refused configuration exactly only after a restart (%s)', (restart, exact) => {
    const plan = planOf({
      before: objects(a, pool('b', ['10.0.0.2/32'])),
      after: objects(pool('a', ['10.0.0.1-10.0.0.3'])),
      services: [service('web', ['10.0.0.0'])],
      restart,
    });
    expect(outcome(plan, 'web')).toMatchObject({ after: [['10.0.0.1']], exact });
  });

  it('loses the last address with the last pool', () => {
    const plan = planOf({ before: objects(a), after: objects(), services: [service('web', ['10.0.0.0'])] });
    expect(outcome(plan, 'web')).toMatchObject({ verdict: 'lost', after: [[]] });
    expect(plan.pools).toMatchObject([{ name: 'a', exists: { before: true, after: false } }]);
  });

  it('keeps an address that another pool takes over, and tells a Service that asks for the old one by name', () => {
    const plan = planOf({
      before: objects(a),
      after: objects(pool('b', ['10.0.0.0-10.0.0.3'])),
      services: [
        service('free', ['10.0.0.0']),
        service('bound', ['10.0.0.1'], { annotations: { 'metallb.io/address-pool': 'a' } }),
      ],
    });
    expect(outcome(plan, 'free')).toMatchObject({
      verdict: 'kept',
      addresses: [{ pool: { before: 'a', after: 'b' } }],
    });
    expect(outcome(plan, 'bound')).toMatchObject({ verdict: 'lost', after: [[]] });
    expect(outcome(plan, 'bound').reason).toContain('the pool it asks for, a, does not exist');
  });

  it('foresees the loss where object after object is written', () => {
    const plan = planOf({
      before: objects(a),
      after: objects(pool('b', ['10.0.0.0-10.0.0.3'])),
      services: [service('free', ['10.0.0.0'])],
      writes: 'any-order',
    });
    expect(outcome(plan, 'free')).toMatchObject({ verdict: 'kept', exact: true });
    const shared = planOf({
      before: objects(a, pool('c', ['10.0.9.0/32'])),
      after: objects(pool('b', ['10.0.0.0-10.0.0.3']), pool('c', ['10.0.9.0/32'])),
      services: [service('free', ['10.0.0.0'])],
      writes: 'any-order',
    });
    expect(outcome(shared, 'free')).toMatchObject({ verdict: 'moved', after: [['10.0.0.0'], ['10.0.9.0']] });
  });

  it('changes nothing where MetalLB refuses the configuration', () => {
    const plan = planOf({
      before: objects(a),
      after: objects(pool('a', ['10.0.0.9']), pool('b', ['10.1.0.0/24'])),
      services: [
        service('web', ['10.0.0.0']),
        service('waiting', [], { annotations: { 'metallb.io/address-pool': 'x' } }),
      ],
    });
    expect(outcome(plan, 'web').verdict).toBe('kept');
    expect(plan.notes[0]).toContain('MetalLB will refuse this configuration, because entry 10.0.0.9 of pool a');
  });

  it('gives waiting Services what becomes possible', () => {
    const plan = planOf({
      before: objects(pool('a', ['10.0.0.0/32'])),
      after: objects(pool('a', ['10.0.0.0/31'])),
      services: [service('web', ['10.0.0.0']), service('waiting', []), service('other', [])],
    });
    expect(outcome(plan, 'waiting')).toMatchObject({ verdict: 'pending', after: [[], ['10.0.0.1']] });
    expect(outcome(plan, 'web').verdict).toBe('kept');
  });

  it('drops the address of the family that stays too, as MetalLB does', () => {
    const plan = planOf({
      before: objects(pool('a', ['10.0.0.0/30', 'fd00::/126'])),
      after: objects(pool('a', ['10.0.0.0/30', 'fd00::100/126'])),
      services: [
        service('one', ['10.0.0.1', 'fd00::1'], { spec: dualStack('RequireDualStack') }),
        service('two', ['10.0.0.2']),
      ],
    });
    expect(outcome(plan, 'one')).toMatchObject({ verdict: 'moved', after: [['10.0.0.0', 'fd00::100']] });
  });

  it('says of a Service that never settles what it turns between', () => {
    const pools = objects(pool('a', ['10.0.0.0/30', 'fd00::/126']));
    const turning = service('web', ['10.0.0.0'], { spec: { ipFamilyPolicy: 'PreferDualStack' } });
    const plan = planOf({ before: pools, after: pools, services: [turning] });
    expect(outcome(plan, 'web')).toMatchObject({ exact: false, after: [['10.0.0.0'], ['10.0.0.0', 'fd00::']] });
    const old = planOf({ before: pools, after: pools, services: [turning], profile: 'metallb-0.14' });
    expect(outcome(old, 'web').after).toContainEqual(['10.0.0.0', 'fd00::']);
  });
});

describe('the plan of relabelled namespaces', () => {
  const scoped = pool('a', ['10.0.0.0/30'], {
    serviceAllocation: { namespaceSelectors: [{ matchLabels: { team: 'edge' } }] },
  });

  it('takes the address from a namespace that is shut out', () => {
    const plan = planOf({
      before: objects(scoped),
      after: objects(scoped),
      services: [service('web', ['10.0.0.0']), service('edge', ['10.0.0.1'], { namespace: 'edge' })],
      namespaces: [
        { name: 'default', labels: { team: 'edge' } },
        { name: 'edge', labels: { team: 'edge' } },
      ],
      namespacesAfter: [
        { name: 'default', labels: {} },
        { name: 'edge', labels: { team: 'edge' } },
      ],
    });
    expect(outcome(plan, 'web')).toMatchObject({ verdict: 'lost' });
    expect(outcome(plan, 'web').reason).toContain('pool a is not for this Service');
    expect(outcome(plan, 'edge')).toMatchObject({ verdict: 'kept' });
  });

  it('leaves all in when no namespace is selected any more, as MetalLB does', () => {
    const input = {
      before: objects(scoped),
      after: objects(scoped),
      services: [service('web', ['10.0.0.0'])],
      namespaces: [{ name: 'default', labels: { team: 'edge' } }],
      namespacesAfter: [{ name: 'default', labels: {} }],
    };
    expect(outcome(planOf(input), 'web').verdict).toBe('kept');
    expect(outcome(planOf({ ...input, profile: 'metallb-0.16' }), 'web').verdict).toBe('kept');
    expect(outcome(planOf({ ...input, profile: 'metallb-0.14' }), 'web').verdict).toBe('kept');
    expect(outcome(planOf({ ...input, profile: 'native' }), 'web').verdict).toBe('lost');
  });
});

describe('any plan', () => {
  const range = fc
    .tuple(fc.nat(8), fc.nat(3))
    .map(([first, more]) => `10.0.0.${String(first)}-10.0.0.${String(first + more)}`);
  const side = fc.uniqueArray(fc.record({ name: fc.constantFrom('a', 'b', 'c'), range }), {
    maxLength: 3,
    selector: ({ name }) => name,
  });
  const cases = fc.record({
    before: side,
    after: side,
    held: fc.uniqueArray(fc.integer({ min: 0, max: 11 }), { maxLength: 6 }),
    waiting: fc.nat(2),
    writes: fc.constantFrom('grow-first' as const, 'any-order' as const),
  });

  it('is the same each time, keeps what no pool loses, and names no address outside the pools', () => {
    fc.assert(
      fc.property(cases, ({ before, after, held, waiting, writes }) => {
        const input = {
          before: objects(...before.map((each) => pool(each.name, [each.range]))),
          after: objects(...after.map((each) => pool(each.name, [each.range]))),
          services: [
            ...held.map((last, index) => service(`s${String(index)}`, [`10.0.0.${String(last)}`])),
            ...Array.from({ length: waiting }, (_, index) => service(`w${String(index)}`, [])),
          ],
          writes,
        };
        const plan = planOf(input);
        expect(planOf(input)).toEqual(plan);
        for (const each of plan.services) {
          expect(each.after.length).toBeGreaterThan(0);
          const [address] = each.before;
          const unchanged = before.some(
            (one) =>
              after.some((other) => other.name === one.name && other.range === one.range) &&
              plan.notes.length === 0 &&
              holds(one.range, address),
          );
          if (unchanged) {
            expect(each.after).toEqual([[address]]);
          }
          for (const text of each.after.flat()) {
            expect([...before, ...after].some((one) => holds(one.range, text)) || text === address).toBe(true);
          }
        }
      }),
      { numRuns: 15 },
    );
  });
});

function holds(range: string, address: string | undefined): boolean {
  const [from = 0, to = 0] = range.split('-').map((text) => Number(text.split('.')[3]));
  const last = Number(address?.split('.')[3] ?? -1);
  return from <= last && last <= to;
}
