import { expect } from 'vitest';
import { at, map, owners, refusal, thing } from './fixtures.ts';
import type { ContractCase } from './contract.ts';

/** Server-side apply: what is merged, who owns it, what stops it. */
export const applyCases: readonly ContractCase[] = [
  [
    'apply creates what is not there',
    async (s) => {
      const made = await s.applyMap('a', { x: '1' }, 'm1');
      expect([made.code, at(made, 'data.x')]).toEqual([201, '1']);
      expect(owners(made)).toEqual([['m1', 'Apply', { 'f:data': { 'f:x': {} } }]]);
    },
  ],
  [
    'an unchanged apply writes nothing',
    async (s) => {
      const first = await s.applyMap('a', { x: '1' }, 'm1');
      const again = await s.applyMap('a', { x: '1' }, 'm1');
      expect(again.code).toBe(200);
      expect(again.body).toEqual(first.body);
    },
  ],
  [
    'an unchanged apply of a defaulted custom resource writes nothing',
    async (s) => {
      const first = await s.applyThing('a', { size: 1, ports: [{ port: 1 }] }, 'm1');
      const again = await s.applyThing('a', { size: 1, ports: [{ port: 1 }] }, 'm1');
      expect(again.body).toEqual(first.body);
      expect(at(first, 'spec')).toEqual({ size: 1, mode: 'a', ports: [{ port: 1, on: true }] });
    },
  ],
  [
    'a field given up by its only owner goes',
    async (s) => {
      await s.applyMap('a', { x: '1', y: '2' }, 'm1');
      const second = await s.applyMap('a', { y: '2' }, 'm1');
      expect(at(second, 'data')).toEqual({ y: '2' });
    },
  ],
  [
    'giving up everything removes the mapping',
    async (s) => {
      await s.applyMap('a', { x: '1' }, 'm1');
      const { data: _, ...bare } = map('a', {});
      const second = await s.apply(`${s.maps}/a`, bare, 'm1');
      expect(at(second, 'data')).toBeUndefined();
      expect(owners(second)).toEqual([]);
    },
  ],
  [
    'two managers share a field at the same value',
    async (s) => {
      await s.applyMap('a', { x: '1' }, 'm1');
      const both = await s.applyMap('a', { x: '1' }, 'm2');
      expect(owners(both).length).toBe(2);
      const one = await s.applyMap('a', {}, 'm1');
      expect(at(one, 'data.x')).toBe('1');
    },
  ],
  [
    'another value of a field of another manager is a conflict',
    async (s) => {
      await s.applyMap('a', { x: '1' }, 'm1');
      const refused = await s.applyMap('a', { x: '2' }, 'm2');
      expect(refusal(refused)).toEqual({
        code: 409,
        reason: 'Conflict',
        message: 'Apply failed with 1 conflict: conflict with "m1": .data.x',
      });
      expect(at(refused, 'details.causes')).toEqual([
        { reason: 'FieldManagerConflict', message: 'conflict with "m1"', field: '.data.x' },
      ]);
    },
  ],
  [
    'several conflicts are told together',
    async (s) => {
      await s.applyMap('a', { x: '1', y: '1' }, 'm1');
      const refused = await s.applyMap('a', { x: '2', y: '2' }, 'm2');
      expect(at(refused, 'message')).toBe('Apply failed with 2 conflicts: conflicts with "m1":\n- .data.x\n- .data.y');
    },
  ],
  [
    'a conflict with an updater names its version',
    async (s) => {
      await s.createMap('a', { x: '1' });
      const refused = await s.applyMap('a', { x: '2' }, 'm2');
      expect(at(refused, 'message')).toBe('Apply failed with 1 conflict: conflict with "contract" using v1: .data.x');
    },
  ],
  [
    'force takes the field',
    async (s) => {
      await s.applyMap('a', { x: '1', y: '1' }, 'm1');
      const taken = await s.applyMap('a', { x: '2' }, 'm2', '&force=true');
      expect([taken.code, at(taken, 'data')]).toEqual([200, { x: '2', y: '1' }]);
      expect(owners(taken)).toEqual([
        ['m1', 'Apply', { 'f:data': { 'f:y': {} } }],
        ['m2', 'Apply', { 'f:data': { 'f:x': {} } }],
      ]);
    },
  ],
  [
    'an update takes fields from appliers',
    async (s) => {
      await s.applyMap('a', { x: '1', y: '1' }, 'm1');
      const updated = await s.merge(`${s.maps}/a`, { data: { x: '2' } });
      expect(owners(updated)).toEqual([
        ['m1', 'Apply', { 'f:data': { 'f:y': {} } }],
        ['contract', 'Update', { 'f:data': { 'f:x': {} } }],
      ]);
    },
  ],
  [
    'an update that changes nothing writes nothing',
    async (s) => {
      const first = await s.applyMap('a', { x: '1' }, 'm1');
      const same = await s.merge(`${s.maps}/a`, { data: { x: '1' } });
      expect(same.body).toEqual(first.body);
    },
  ],
  [
    'a create owns its containers and defaults',
    async (s) => {
      const made = await s.createThing('a', { size: 1, ports: [{ port: 1 }] });
      const ports = { '.': {}, 'k:{"port":1}': { '.': {}, 'f:on': {}, 'f:port': {} } };
      const spec = { '.': {}, 'f:mode': {}, 'f:ports': ports, 'f:size': {} };
      expect(owners(made)).toEqual([['contract', 'Update', { 'f:spec': spec }]]);
    },
  ],
  [
    'keyed lists merge by key',
    async (s) => {
      await s.applyThing('a', { size: 1, ports: [{ port: 1, name: 'one' }] }, 'm1');
      const both = await s.applyThing('a', { ports: [{ port: 2, name: 'two' }], size: 1 }, 'm2');
      expect(at(both, 'spec.ports')).toEqual([
        { port: 1, name: 'one', on: true },
        { port: 2, name: 'two', on: true },
      ]);
      const rest = await s.applyThing('a', { size: 1 }, 'm1');
      expect(at(rest, 'spec.ports')).toEqual([{ port: 2, name: 'two', on: true }]);
    },
  ],
  [
    'a conflict in a keyed list names the key',
    async (s) => {
      await s.applyThing('a', { size: 1, ports: [{ port: 1, name: 'one' }] }, 'm1');
      const refused = await s.applyThing('a', { size: 1, ports: [{ port: 1, name: 'uno' }] }, 'm2');
      expect(at(refused, 'message')).toBe('Apply failed with 1 conflict: conflict with "m1": .spec.ports[port=1].name');
    },
  ],
  [
    'the applied order of a keyed list wins',
    async (s) => {
      await s.applyThing('a', { size: 1, ports: [{ port: 1 }, { port: 2 }, { port: 3 }] }, 'm1');
      const turned = await s.applyThing('a', { size: 1, ports: [{ port: 3 }, { port: 1 }] }, 'm2', '&force=true');
      expect(at(turned, 'spec.ports')).toEqual([2, 3, 1].map((port) => ({ port, on: true })));
    },
  ],
  [
    'sets merge by value',
    async (s) => {
      await s.applyThing('a', { size: 1, tags: ['x', 'y'] }, 'm1');
      const both = await s.applyThing('a', { size: 1, tags: ['y', 'z'] }, 'm2');
      expect(at(both, 'spec.tags')).toEqual(['x', 'y', 'z']);
      const rest = await s.applyThing('a', { size: 1 }, 'm1');
      expect(at(rest, 'spec.tags')).toEqual(['y', 'z']);
    },
  ],
  [
    'atomic lists and maps have one owner',
    async (s) => {
      await s.applyThing('a', { size: 1, names: ['x'], whole: { x: '1' } }, 'm1');
      const refused = await s.applyThing('a', { size: 1, names: ['y'], whole: { y: '1' } }, 'm2');
      expect(at(refused, 'message')).toBe(
        'Apply failed with 2 conflicts: conflicts with "m1":\n- .spec.names\n- .spec.whole',
      );
      const taken = await s.applyThing('a', { size: 1, whole: { y: '1' } }, 'm2', '&force=true');
      expect(at(taken, 'spec.whole')).toEqual({ y: '1' });
    },
  ],
  [
    'open maps have an owner an entry',
    async (s) => {
      await s.applyThing('a', { size: 1, extra: { p: '1' } }, 'm1');
      const both = await s.applyThing('a', { size: 1, extra: { q: '1' } }, 'm2');
      expect(at(both, 'spec.extra')).toEqual({ p: '1', q: '1' });
    },
  ],
  [
    'ports of a Service are told apart by port and protocol',
    async (s) => {
      const path = `/api/v1/namespaces/${s.namespace}/services/web`;
      const ports = [{ name: 'http', port: 80 }];
      const service = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web' }, spec: { ports } };
      const made = await s.apply(path, service, 'm1');
      const key = 'k:{"port":80,"protocol":"TCP"}';
      expect(owners(made)).toEqual([
        ['m1', 'Apply', { 'f:spec': { 'f:ports': { [key]: { '.': {}, 'f:name': {}, 'f:port': {} } } } }],
      ]);
      const refused = await s.apply(path, { ...service, spec: { ports: [{ name: 'www', port: 80 }] } }, 'm2');
      expect(at(refused, 'message')).toBe(
        'Apply failed with 1 conflict: conflict with "m1": .spec.ports[port=80,protocol="TCP"].name',
      );
    },
  ],
  [
    'a field manager is required',
    async (s) => {
      const refused = await s.call('PATCH', `${s.maps}/a`, map('a', {}), 'application/apply-patch+yaml');
      expect(refusal(refused)).toEqual({
        code: 422,
        reason: 'Invalid',
        message: 'PatchOptions.meta.k8s.io "" is invalid: fieldManager: Required value: is required for apply patch',
      });
    },
  ],
  [
    'managedFields may not be applied',
    async (s) => {
      const refused = await s.apply(`${s.maps}/a`, map('a', {}, { managedFields: [] }), 'm1');
      expect(refusal(refused)).toEqual({
        code: 400,
        reason: 'BadRequest',
        message: 'metadata.managedFields must be nil',
      });
    },
  ],
  [
    'an undeclared field stops an apply',
    async (s) => {
      const refused = await s.applyThing('a', { size: 1, foo: 1 }, 'm1');
      const where = '(/a; test.metalwave.io/v1, Kind=Thing)';
      expect([refused.code, at(refused, 'message')]).toEqual([
        500,
        `failed to create typed patch object ${where}: .spec.foo: field not declared in schema`,
      ]);
    },
  ],
  [
    'a uid holds an apply to one life of the object',
    async (s) => {
      const refused = await s.apply(`${s.things}/gone`, thing('gone', { size: 1 }, { uid: 'abc' }), 'm1');
      expect(refusal(refused)).toEqual({
        code: 409,
        reason: 'Conflict',
        message:
          'Operation cannot be fulfilled on things.test.metalwave.io "gone": uid mismatch: the provided object specified uid abc, and no existing object was found',
      });
    },
  ],
  [
    'the uid of another life is refused',
    async (s) => {
      await s.applyThing('a', { size: 1 }, 'm1');
      const refused = await s.apply(`${s.things}/a`, thing('a', { size: 2 }, { uid: 'abc' }), 'm1');
      const message = 'Thing.test.metalwave.io "a" is invalid: metadata.uid: Invalid value: "abc": field is immutable';
      expect(refusal(refused)).toEqual({ code: 422, reason: 'Invalid', message });
    },
  ],
  [
    'the resourceVersion of a deleted object creates it anew',
    async (s) => {
      const made = await s.apply(`${s.things}/b`, thing('b', { size: 1 }, { resourceVersion: '7' }), 'm1');
      expect(made.code).toBe(201);
    },
  ],
  [
    'an old resourceVersion is refused',
    async (s) => {
      await s.applyThing('a', { size: 1 }, 'm1');
      const refused = await s.apply(`${s.things}/a`, thing('a', { size: 2 }, { resourceVersion: '1' }), 'm1');
      expect(refusal(refused)).toEqual({
        code: 409,
        reason: 'Conflict',
        message:
          'Operation cannot be fulfilled on things.test.metalwave.io "a": the object has been modified; please apply your changes to the latest version and try again',
      });
    },
  ],
  [
    'a dry run leaves nothing behind',
    async (s) => {
      const dry = await s.applyThing('a', { size: 1 }, 'm1', '&dryRun=All');
      expect([dry.code, at(dry, 'spec')]).toEqual([201, { size: 1, mode: 'a' }]);
      expect((await s.get(`${s.things}/a`)).code).toBe(404);
    },
  ],
  [
    'a dry run of a change shows it and keeps what is there',
    async (s) => {
      await s.applyThing('a', { size: 1 }, 'm1');
      expect(at(await s.applyThing('a', { size: 2 }, 'm1', '&dryRun=All'), 'spec.size')).toBe(2);
      expect(at(await s.get(`${s.things}/a`), 'spec.size')).toBe(1);
    },
  ],
  [
    'another name than the path is refused',
    async (s) => {
      const refused = await s.apply(`${s.things}/a`, thing('b', { size: 1 }), 'm1');
      expect(refusal(refused)).toEqual({
        code: 400,
        reason: 'BadRequest',
        message: 'the name of the object (b) does not match the name on the URL (a)',
      });
    },
  ],
  [
    'YAML may be applied',
    async (s) => {
      const text = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: yaml\ndata:\n  x: "1"\n';
      const made = await s.call('PATCH', `${s.maps}/yaml?fieldManager=m1`, text, 'application/apply-patch+yaml');
      expect([made.code, at(made, 'data')]).toEqual([201, { x: '1' }]);
    },
  ],
];
