import { constant, constantFrom, dictionary, oneof, record, array, uniqueArray, boolean } from 'fast-check';
import type { Arbitrary } from 'fast-check';
import type { Fields } from '../kube-api/fixtures.ts';

/** One write of one object `a`, as both control planes get it. */
export interface Write {
  readonly verb: 'APPLY' | 'MERGE' | 'PUT' | 'DELETE';
  readonly collection: 'widgets' | 'betas' | 'maps';
  readonly manager: string;
  readonly force: boolean;
  readonly status: boolean;
  readonly body: Fields;
}

const letter = constantFrom('x', 'y', 'z');
const word = constantFrom('1', '2');
const texts = dictionary(letter, word, { maxKeys: 3 });

function some(fields: Readonly<Record<string, Arbitrary<unknown>>>): Arbitrary<Fields> {
  return record(fields, { requiredKeys: [] });
}

const path = record({ name: letter, to: word }, { requiredKeys: ['name'] });
const rule = some({
  port: constantFrom(1, 2),
  protocol: constantFrom('TCP', 'UDP'),
  note: word,
  hosts: uniqueArray(letter, { maxLength: 3 }),
  paths: array(path, { maxLength: 2 }),
});

const spec = some({
  replicas: constantFrom(0, 1, 2),
  title: oneof({ weight: 9, arbitrary: word }, { weight: 1, arbitrary: constant(null) }),
  maybe: oneof(word, constant(null)),
  port: oneof(constant(80), constant('http')),
  inner: some({ one: word, two: word, deep: some({ three: word }) }),
  preset: some({ level: constantFrom(1, 3), word }),
  open: some({ x: word, y: some({ x: word }), z: array(word, { maxLength: 2 }) }),
  anything: oneof(word, texts, array(word, { maxLength: 2 })),
  labels: texts,
  nested: dictionary(letter, some({ a: word, b: word }), { maxKeys: 2 }),
  atomicMap: texts,
  words: array(letter, { maxLength: 3 }),
  numbers: uniqueArray(constantFrom(1, 2, 10), { maxLength: 3 }),
  tags: array(letter, { maxLength: 3 }),
  rules: array(rule, { maxLength: 3 }),
  atoms: array(some({ name: letter, value: word }), { maxLength: 2 }),
});
const status = some({
  phase: word,
  replicas: constantFrom(1, 2),
  conditions: uniqueArray(record({ type: letter, status: word }, { requiredKeys: ['type'] }), {
    maxLength: 2,
    selector: ({ type }) => type,
  }),
});
const metadata = some({ labels: texts, annotations: texts });
const verb = oneof(
  { weight: 6, arbitrary: constant('APPLY' as const) },
  { weight: 3, arbitrary: constant('MERGE' as const) },
  { weight: 2, arbitrary: constant('PUT' as const) },
  { weight: 1, arbitrary: constant('DELETE' as const) },
);
const manager = constantFrom('m1', 'm2', 'm3');

const mapWrite: Arbitrary<Write> = record({
  verb,
  collection: constant('maps' as const),
  manager,
  force: boolean(),
  status: constant(false),
  body: some({
    metadata,
    data: texts,
    binaryData: dictionary(constant('b'), constantFrom('AA==', 'AQ=='), { maxKeys: 1 }),
  }),
});
/** In two versions; a write through one takes a status from who owns it through another, so there is none here. */
const versionWrite: Arbitrary<Write> = record({
  verb,
  collection: constantFrom('widgets' as const, 'betas' as const),
  manager,
  force: boolean(),
  status: constant(false),
  body: some({ metadata, spec }),
});
const widgetWrite: Arbitrary<Write> = oneof(
  {
    weight: 3,
    arbitrary: record({
      verb,
      collection: constant('widgets' as const),
      manager,
      force: boolean(),
      status: constant(false),
      body: some({ metadata, spec, status }),
    }),
  },
  {
    weight: 1,
    arbitrary: record({
      verb,
      collection: constant('widgets' as const),
      manager,
      force: boolean(),
      status: constant(true),
      // A spec that cannot be read takes the whole record of owners along here; see docs/embedded-control-plane.md.
      body: some({ metadata, spec: some({ title: word, tags: constant(['x']) }), status }),
    }),
  },
);

/** Writes of one kind to one object. */
export const sequences: Arbitrary<readonly Write[]> = oneof(
  { weight: 3, arbitrary: array(widgetWrite, { minLength: 2, maxLength: 7 }) },
  { weight: 1, arbitrary: array(versionWrite, { minLength: 2, maxLength: 6 }) },
  { weight: 1, arbitrary: array(mapWrite, { minLength: 2, maxLength: 6 }) },
);
