import { expect } from 'vitest';
import type { ContractCase } from './contract.ts';
import { at, map, refusal, thing } from './fixtures.ts';
import type { Fields } from './fixtures.ts';

const invalidThing = 'Thing.test.metalwave.io "a" is invalid: ';

/** The server lists what is wrong with several fields in the order of a Go map, which differs from time to time. */
function inOneOrder(message: unknown): readonly string[] {
  return String(message)
    .split(/\[|\]$|, (?=spec\.)/u)
    .toSorted();
}

/** A creation that the schema refuses, with its whole sentence. */
function refusedSpec(behaviour: string, spec: Fields, message: string): ContractCase {
  return [
    behaviour,
    async (s) => {
      const told = refusal(await s.createThing('a', spec));
      expect(told).toMatchObject({ code: 422, reason: 'Invalid' });
      expect(inOneOrder(told['message'])).toEqual(inOneOrder(`${invalidThing}${message}`));
    },
  ];
}

/** Create, read, update, patch and delete; defaults, pruning and validation; what is refused and how. */
export const objectCases: readonly ContractCase[] = [
  [
    'a created object has identity, age and generation',
    async (s) => {
      const made = await s.createThing('a', { size: 1 });
      expect([made.code, at(made, 'metadata.generation'), at(made, 'metadata.namespace')]).toEqual([
        201,
        1,
        s.namespace,
      ]);
      expect(at(made, 'metadata.creationTimestamp')).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/u);
      expect(at(made, 'metadata.uid')).toMatch(/^[0-9a-f-]{36}$/u);
    },
  ],
  [
    'what is there already is not created again',
    async (s) => {
      await s.createThing('a', { size: 1 });
      const message = 'things.test.metalwave.io "a" already exists';
      expect(refusal(await s.createThing('a', { size: 1 }))).toEqual({ code: 409, reason: 'AlreadyExists', message });
    },
  ],
  [
    'a generated name ends in something of its own',
    async (s) => {
      const { metadata: _, ...rest } = map('x', {});
      const made = await s.call('POST', s.maps, { ...rest, metadata: { generateName: 'gen-' } });
      expect(at(made, 'metadata.name')).toMatch(/^gen-.{5}$/u);
    },
  ],
  [
    'what is not there is not found',
    async (s) => {
      const message = 'things.test.metalwave.io "none" not found';
      expect(refusal(await s.get(`${s.things}/none`))).toEqual({ code: 404, reason: 'NotFound', message });
      expect(refusal(await s.get(`${s.maps}/none`))).toEqual({
        code: 404,
        reason: 'NotFound',
        message: 'configmaps "none" not found',
      });
      expect((await s.call('DELETE', `${s.things}/none`)).code).toBe(404);
      expect((await s.merge(`${s.things}/none`, {})).code).toBe(404);
    },
  ],
  [
    'a kind that is not served is a plain 404',
    async (s) => {
      const answer = await s.get(`/apis/test.metalwave.io/v1/namespaces/${s.namespace}/others`);
      expect([answer.code, answer.text]).toEqual([404, '404 page not found\n']);
      expect((await s.get('/apis/none.example/v1')).code).toBe(404);
    },
  ],
  [
    'a namespace that is not there takes nothing',
    async (s) => {
      const refused = await s.call('POST', '/api/v1/namespaces/nope/configmaps', map('a', {}));
      expect(refusal(refused)).toEqual({ code: 404, reason: 'NotFound', message: 'namespaces "nope" not found' });
      const list = await s.get('/api/v1/namespaces/nope/configmaps');
      expect([list.code, at(list, 'items')]).toEqual([200, []]);
    },
  ],
  [
    'another namespace than the path is refused',
    async (s) => {
      const refused = await s.call('POST', s.maps, map('a', {}, { namespace: 'other' }));
      const message = 'the namespace of the provided object does not match the namespace sent on the request';
      expect(refusal(refused)).toEqual({ code: 400, reason: 'BadRequest', message });
    },
  ],
  [
    'another kind than the path is refused',
    async (s) => {
      const refused = await s.call('POST', s.things, { ...thing('a', { size: 1 }), kind: 'Other' });
      const message = 'Other.test.metalwave.io "a" is invalid: kind: Invalid value: "Other": must be Thing';
      expect(refusal(refused)).toEqual({ code: 422, reason: 'Invalid', message });
    },
  ],
  [
    'an ill-formed name is refused',
    async (s) => {
      const refused = await s.createThing('X_Y', { size: 1 });
      expect([refused.code, at(refused, 'details.causes.0.field')]).toEqual([422, 'metadata.name']);
      expect(at(refused, 'message')).toContain('a lowercase RFC 1123 subdomain must consist of');
    },
  ],
  [
    'broken JSON is refused',
    async (s) => {
      const refused = await s.call('POST', s.things, '{bad');
      expect([refused.code, at(refused, 'reason')]).toEqual([400, 'BadRequest']);
    },
  ],
  [
    'an unknown patch type is refused',
    async (s) => {
      await s.createThing('a', { size: 1 });
      const refused = await s.call('PATCH', `${s.things}/a`, 'x', 'text/plain');
      expect([refused.code, at(refused, 'reason')]).toEqual([415, 'UnsupportedMediaType']);
    },
  ],
  [
    'defaults are filled in, inside lists too',
    async (s) => {
      const made = await s.createThing('a', { size: 1, ports: [{ port: 1 }] });
      expect(at(made, 'spec')).toEqual({ size: 1, mode: 'a', ports: [{ port: 1, on: true }] });
    },
  ],
  [
    'undeclared fields are dropped',
    async (s) => {
      const made = await s.createThing('a', { size: 1, foo: 1, ports: [{ port: 1, zz: 1 }] });
      expect(at(made, 'spec')).toEqual({ size: 1, mode: 'a', ports: [{ port: 1, on: true }] });
    },
  ],
  [
    'strict field validation names every undeclared field',
    async (s) => {
      const refused = await s.createThing(
        'a',
        { size: 1, foo: 1, ports: [{ port: 1, zz: 1 }] },
        '?fieldValidation=Strict',
      );
      const why = 'strict decoding error: unknown field "spec.foo", unknown field "spec.ports[0].zz"';
      expect(refusal(refused)).toEqual({
        code: 400,
        reason: 'BadRequest',
        message: `Thing in version "v1" cannot be handled as a Thing: ${why}`,
      });
    },
  ],
  [
    'strict field validation holds for built-in kinds',
    async (s) => {
      const refused = await s.call('POST', `${s.maps}?fieldValidation=Strict`, { ...map('a', {}), dat: {} });
      const message =
        'ConfigMap in version "v1" cannot be handled as a ConfigMap: strict decoding error: unknown field "dat"';
      expect(refusal(refused)).toEqual({ code: 400, reason: 'BadRequest', message });
    },
  ],
  [
    'a wrong type in a built-in kind is a bad request',
    async (s) => {
      const refused = await s.createMap('a', { x: 1 });
      expect([refused.code, at(refused, 'reason')]).toEqual([400, 'BadRequest']);
    },
  ],
  refusedSpec('a required field must be there', {}, 'spec.size: Required value'),
  refusedSpec(
    'a number has a least value',
    { size: 0 },
    'spec.size: Invalid value: 0: spec.size in body should be greater than or equal to 1',
  ),
  refusedSpec(
    'a number has a greatest value',
    { size: 11 },
    'spec.size: Invalid value: 11: spec.size in body should be less than or equal to 10',
  ),
  refusedSpec(
    'an integer is no fraction',
    { size: 1.5 },
    'spec.size: Invalid value: "number": spec.size in body must be of type integer: "number"',
  ),
  refusedSpec(
    'a text is no integer',
    { size: '3' },
    'spec.size: Invalid value: "string": spec.size in body must be of type integer: "string"',
  ),
  refusedSpec(
    'a value is one of those allowed',
    { size: 1, mode: 'z' },
    'spec.mode: Unsupported value: "z": supported values: "a", "b"',
  ),
  refusedSpec(
    'a list has a greatest length',
    { size: 1, names: ['a', 'b', 'c'] },
    'spec.names: Too many: 3: must have at most 2 items',
  ),
  refusedSpec(
    'a text matches its pattern',
    { size: 1, label: 'A' },
    `spec.label: Invalid value: "A": spec.label in body should match '^[a-z]+$'`,
  ),
  refusedSpec(
    'elements of a list are checked',
    { size: 1, ports: [{ name: 'x' }] },
    'spec.ports[0].port: Required value',
  ),
  refusedSpec(
    'a key stands once in a keyed list',
    { size: 1, ports: [{ port: 1 }, { port: 1 }] },
    'spec.ports[1]: Duplicate value: {"port":1}',
  ),
  refusedSpec('a value stands once in a set', { size: 1, tags: ['x', 'x'] }, 'spec.tags[1]: Duplicate value: "x"'),
  refusedSpec(
    'all that is wrong is told at once, by field',
    { size: 0, mode: 'z' },
    '[spec.mode: Unsupported value: "z": supported values: "a", "b", spec.size: Invalid value: 0: spec.size in body should be greater than or equal to 1]',
  ),
  [
    'a null of an optional field is as it were not there',
    async (s) => {
      const made = await s.createThing('a', { size: 1, mode: null });
      expect(at(made, 'spec.mode')).toBe('a');
    },
  ],
  [
    'the generation counts changes of the spec alone',
    async (s) => {
      await s.createThing('a', { size: 1 });
      const labelled = await s.merge(`${s.things}/a`, { metadata: { labels: { x: 'y' } } });
      const changed = await s.merge(`${s.things}/a`, { spec: { size: 2 } });
      const reported = await s.merge(`${s.things}/a/status`, { status: { ready: true } });
      expect([labelled, changed, reported].map((answer) => at(answer, 'metadata.generation'))).toEqual([1, 2, 2]);
    },
  ],
  [
    'the status has an endpoint of its own',
    async (s) => {
      const made = await s.call('POST', s.things, { ...thing('a', { size: 1 }), status: { ready: true } });
      expect(at(made, 'status')).toBeUndefined();
      const reported = await s.merge(`${s.things}/a/status`, { status: { ready: true }, spec: { size: 9 } });
      expect([at(reported, 'status'), at(reported, 'spec.size')]).toEqual([{ ready: true }, 1]);
      const ignored = await s.merge(`${s.things}/a`, { status: { ready: false } });
      expect(at(ignored, 'status.ready')).toBe(true);
    },
  ],
  [
    "a Service's status takes annotations along, over the state that it is bound to alone",
    async (s) => {
      const path = `/api/v1/namespaces/${s.namespace}/services`;
      const made = await s.call('POST', path, {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name: 'web' },
        spec: { type: 'LoadBalancer', ports: [{ port: 80 }] },
      });
      const { uid, resourceVersion } = at(made, 'metadata') as { uid: string; resourceVersion: string };
      const patch = (version: string): unknown => ({
        metadata: { uid, resourceVersion: version, annotations: { 'metallb.io/ip-allocated-from-pool': 'a' } },
        status: { loadBalancer: { ingress: [{ ip: '192.0.2.1' }] } },
      });
      const written = await s.merge(`${path}/web/status`, patch(resourceVersion));
      expect(at(written, 'status.loadBalancer.ingress.0.ip')).toBe('192.0.2.1');
      expect(at(written, 'metadata.annotations')).toEqual({ 'metallb.io/ip-allocated-from-pool': 'a' });
      const late = await s.merge(`${path}/web/status`, patch(resourceVersion));
      expect(late.code).toBe(409);
      const again = await s.merge(`${path}/web/status`, patch(at(written, 'metadata.resourceVersion') as string));
      expect(at(again, 'metadata.resourceVersion')).toBe(at(written, 'metadata.resourceVersion'));
    },
  ],
  [
    'an update of a custom resource names the version it is of',
    async (s) => {
      await s.createThing('a', { size: 1 });
      const refused = await s.call('PUT', `${s.things}/a`, thing('a', { size: 2 }));
      const message =
        'things.test.metalwave.io "a" is invalid: metadata.resourceVersion: Invalid value: 0: must be specified for an update';
      expect(refusal(refused)).toEqual({ code: 422, reason: 'Invalid', message });
    },
  ],
  [
    'an update of the current version replaces',
    async (s) => {
      const made = await s.createThing('a', { size: 1, label: 'x' });
      const resourceVersion = at(made, 'metadata.resourceVersion');
      const updated = await s.call('PUT', `${s.things}/a`, thing('a', { size: 2 }, { resourceVersion }));
      expect([updated.code, at(updated, 'spec')]).toEqual([200, { size: 2, mode: 'a' }]);
    },
  ],
  [
    'an update of an old version is refused',
    async (s) => {
      await s.createThing('a', { size: 1 });
      const refused = await s.call('PUT', `${s.things}/a`, thing('a', { size: 2 }, { resourceVersion: '1' }));
      expect([refused.code, at(refused, 'reason')]).toEqual([409, 'Conflict']);
    },
  ],
  [
    'an update of another uid is refused',
    async (s) => {
      const made = await s.createMap('a', { x: '1' });
      const refused = await s.call('PUT', `${s.maps}/a`, map('a', {}, { uid: 'abc' }));
      expect([refused.code, at(refused, 'reason')]).toEqual([409, 'Conflict']);
      const why = `Precondition failed: UID in precondition: abc, UID in object meta: ${String(at(made, 'metadata.uid'))}`;
      expect(at(refused, 'message')).toContain(why);
    },
  ],
  [
    'a merge patch removes what it sets to null',
    async (s) => {
      await s.createMap('a', { x: '1', y: '2' });
      expect(at(await s.merge(`${s.maps}/a`, { data: { x: null } }), 'data')).toEqual({ y: '2' });
    },
  ],
  [
    'a merge patch of an old version is refused',
    async (s) => {
      await s.createMap('a', { x: '1' });
      const refused = await s.merge(`${s.maps}/a`, { metadata: { resourceVersion: '1' }, data: { x: '2' } });
      const why = 'the object has been modified; please apply your changes to the latest version and try again';
      const message = `Operation cannot be fulfilled on configmaps "a": ${why}`;
      expect(refusal(refused)).toEqual({ code: 409, reason: 'Conflict', message });
    },
  ],
  [
    'a JSON patch is done whole',
    async (s) => {
      await s.createMap('a', { x: '1' });
      const patch = [
        { op: 'test', path: '/data/x', value: '1' },
        { op: 'add', path: '/data/y', value: '2' },
        { op: 'remove', path: '/data/x' },
      ];
      const patched = await s.call('PATCH', `${s.maps}/a`, patch, 'application/json-patch+json');
      expect(at(patched, 'data')).toEqual({ y: '2' });
    },
  ],
  [
    'a JSON patch whose test fails changes nothing',
    async (s) => {
      await s.createMap('a', { x: '1' });
      const patch = [{ op: 'test', path: '/data/x', value: '2' }];
      const refused = await s.call('PATCH', `${s.maps}/a`, patch, 'application/json-patch+json');
      expect([refused.code, at(refused, 'reason')]).toEqual([422, 'Invalid']);
    },
  ],
  [
    'a delete says what is gone',
    async (s) => {
      const made = await s.createThing('a', { size: 1 });
      const gone = await s.call('DELETE', `${s.things}/a`);
      expect([gone.code, at(gone, 'status'), at(gone, 'details')]).toEqual([
        200,
        'Success',
        { name: 'a', group: 'test.metalwave.io', kind: 'things', uid: at(made, 'metadata.uid') },
      ]);
      expect((await s.get(`${s.things}/a`)).code).toBe(404);
    },
  ],
  [
    'a delete of another uid is refused',
    async (s) => {
      const made = await s.createThing('a', { size: 1 });
      const refused = await s.call('DELETE', `${s.things}/a`, { preconditions: { uid: 'nope' } });
      const facts = `the UID in the precondition (nope) does not match the UID in record (${String(at(made, 'metadata.uid'))})`;
      const message = `Operation cannot be fulfilled on Thing.test.metalwave.io "a": ${facts}. The object might have been deleted and then recreated`;
      expect(refusal(refused)).toEqual({ code: 409, reason: 'Conflict', message });
    },
  ],
  [
    'a delete of another version is refused',
    async (s) => {
      await s.createThing('a', { size: 1 });
      const refused = await s.call('DELETE', `${s.things}/a`, { preconditions: { resourceVersion: '1' } });
      expect([refused.code, at(refused, 'reason')]).toEqual([409, 'Conflict']);
    },
  ],
  [
    'a dry delete leaves the object',
    async (s) => {
      await s.createMap('a', {});
      expect((await s.call('DELETE', `${s.maps}/a?dryRun=All`)).code).toBe(200);
      expect((await s.get(`${s.maps}/a`)).code).toBe(200);
    },
  ],
  [
    'finalizers hold an object until the last is gone',
    async (s) => {
      await s.createMap('a', {}, { finalizers: ['test.metalwave.io/hold'] });
      const held = await s.call('DELETE', `${s.maps}/a`);
      expect(at(held, 'metadata.deletionTimestamp')).toBeDefined();
      expect((await s.get(`${s.maps}/a`)).code).toBe(200);
      await s.merge(`${s.maps}/a`, { metadata: { finalizers: null } });
      expect((await s.get(`${s.maps}/a`)).code).toBe(404);
    },
  ],
  [
    'a dry creation leaves nothing',
    async (s) => {
      expect((await s.createThing('a', { size: 1 }, '?dryRun=All')).code).toBe(201);
      expect((await s.get(`${s.things}/a`)).code).toBe(404);
    },
  ],
  [
    'a dry creation is checked all the same',
    async (s) => {
      expect((await s.createThing('a', { size: 0 }, '?dryRun=All')).code).toBe(422);
    },
  ],
  [
    'the default namespace stays',
    async (s) => {
      const refused = await s.call('DELETE', '/api/v1/namespaces/default');
      const message = 'namespaces "default" is forbidden: this namespace may not be deleted';
      expect(refusal(refused)).toEqual({ code: 403, reason: 'Forbidden', message });
    },
  ],
];
