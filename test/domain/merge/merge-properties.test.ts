import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  differenceOf,
  intersectionOf,
  pathsOf,
  setsEqual,
  unionOf,
  fieldSetOf,
} from '../../../src/domain/merge/field-set.ts';
import { formatFieldsV1, parseFieldsV1 } from '../../../src/domain/merge/fields-v1.ts';
import { compareValues } from '../../../src/domain/merge/compare-values.ts';
import type { Json } from '../../../src/domain/json.ts';
import { appliedObject, applyService, service, serviceSchema } from './apply-fixture.ts';

const ports = fc.uniqueArray(
  fc.record({
    port: fc.integer({ min: 1, max: 6 }),
    protocol: fc.constantFrom('TCP', 'UDP'),
    name: fc.constantFrom('a', 'b'),
  }),
  { selector: (port) => `${port.port}/${port.protocol}`, minLength: 1, maxLength: 6 },
);
const spec = fc.record(
  {
    type: fc.constantFrom('ClusterIP', 'LoadBalancer'),
    ports,
    externalIPs: fc.array(fc.constantFrom('x', 'y'), { maxLength: 2 }),
  },
  { requiredKeys: [] },
);
const element = fc.constantFrom('f:a', 'f:b', 'k:{"n":1}', 'v:"x"');
const paths = fc.array(fc.array(element, { minLength: 1, maxLength: 3 }), { maxLength: 8 });
const texts = (set: readonly (readonly string[])[]): readonly string[] => set.map((path) => path.join(' ')).toSorted();

describe('field sets', () => {
  it('are sets of paths under union, intersection and difference', () => {
    fc.assert(
      fc.property(paths, paths, (left, right) => {
        const a = new Set(texts(left));
        const b = new Set(texts(right));
        const [x, y] = [fieldSetOf(left), fieldSetOf(right)];
        expect(texts(pathsOf(unionOf(x, y)))).toEqual([...new Set([...a, ...b])].toSorted());
        expect(texts(pathsOf(intersectionOf(x, y)))).toEqual([...a].filter((path) => b.has(path)).toSorted());
        expect(texts(pathsOf(differenceOf(x, y)))).toEqual([...a].filter((path) => !b.has(path)).toSorted());
      }),
    );
  });

  it('survive being written and read', () => {
    fc.assert(
      fc.property(paths, (list) => {
        const set = fieldSetOf(list);
        const back = parseFieldsV1(formatFieldsV1(set));
        expect(back !== undefined && setsEqual(back, set)).toBe(true);
      }),
    );
  });

  it.each([['x'], [1], [null], [{ 'f:a': 1 }], [{ 'z:a': {} }], [{ 'k:{': {} }]] as [Json][])(
    'are refused where the record is broken: %j',
    (value) => {
      expect(parseFieldsV1(value)).toBeUndefined();
    },
  );
});

describe('server-side apply', () => {
  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(spec, spec, (first, second) => {
        const live = appliedObject(applyService(undefined, service(first), 'a'));
        const once = appliedObject(applyService(live, service(second), 'b', { force: true }));
        const twice = appliedObject(applyService(once, service(second), 'b'));
        expect(twice).toEqual(once);
      }),
    );
  });

  it('of one manager leaves exactly what was applied last, save the order of keys', () => {
    fc.assert(
      fc.property(spec, spec, (first, second) => {
        // A mapping that loses its last field becomes null, on the real server too.
        fc.pre(Object.keys(second).length > 0 || Object.keys(first).length === 0);
        const live = appliedObject(applyService(undefined, service(first), 'a'));
        const left = appliedObject(applyService(live, service(second), 'a'))['spec'] as Json;
        const { added, modified, removed } = compareValues({ spec: second }, { spec: left }, serviceSchema);
        expect([added, modified, removed].flatMap((set) => pathsOf(set))).toEqual([]);
      }),
    );
  });

  it('of two managers whose fields do not meet leaves both', () => {
    fc.assert(
      fc.property(ports, ports, (left, right) => {
        const mine = left.filter((port) => port.protocol === 'TCP');
        const theirs = right.filter((port) => port.protocol === 'UDP');
        const live = appliedObject(applyService(undefined, service({ ports: mine }), 'a'));
        const both = appliedObject(applyService(live, service({ ports: theirs }), 'b'));
        const after = appliedObject(applyService(both, service({ ports: [] }), 'a'));
        const rest = (after['spec'] as { readonly ports?: readonly unknown[] } | undefined)?.ports ?? [];
        expect(rest).toEqual(theirs);
      }),
    );
  });

  it('meets conflicts exactly where forcing would change a field of the other', () => {
    fc.assert(
      fc.property(spec, spec, (first, second) => {
        const live = appliedObject(applyService(undefined, service(first), 'a'));
        const plain = applyService(live, service(second), 'b');
        const forced = appliedObject(applyService(live, service(second), 'b', { force: true }));
        const owned = parseFieldsV1(live.metadata.managedFields?.[0]?.fieldsV1) ?? fieldSetOf([]);
        const kept = forced.metadata.managedFields?.find((entry) => entry.manager === 'a');
        const lost = differenceOf(owned, parseFieldsV1(kept?.fieldsV1) ?? fieldSetOf([]));
        expect(plain.conflicts?.length ?? 0).toBe(pathsOf(lost).length);
      }),
    );
  });
});
