import type { ShortCase } from './short-case.ts';

/** Server-side apply, what comes of mappings and sets: what is laid over, what goes when it is given up. */
export const applyMergeRows: readonly ShortCase[] = [
  [
    'a nested field is laid beside what others set',
    ['APPLY widgets/a m1', { spec: { inner: { one: '1' } } }],
    [
      'APPLY widgets/a m2',
      { spec: { inner: { two: '2' } } },
      {
        code: 200,
        'spec.inner': { one: '1', two: '2' },
        owners: ['m1 Apply v1: spec{inner{one}}', 'm2 Apply v1: spec{inner{two}}'],
      },
    ],
  ],
  [
    'a nested field given up leaves its neighbours',
    ['APPLY widgets/a m1', { spec: { inner: { one: '1', two: '2' } } }],
    [
      'APPLY widgets/a m1',
      { spec: { inner: { two: '2' } } },
      { 'spec.inner': { two: '2' }, owners: ['m1 Apply v1: spec{inner{two}}'] },
    ],
  ],
  [
    'a mapping whose last field is given up goes',
    ['APPLY widgets/a m1', { spec: { title: 't', inner: { one: '1' } } }],
    [
      'APPLY widgets/a m1',
      { spec: { title: 't' } },
      { spec: { preset: { level: 3 }, title: 't' }, owners: ['m1 Apply v1: spec{title}'] },
    ],
  ],
  [
    'a mapping emptied but still named stays empty',
    ['APPLY widgets/a m1', { spec: { title: 't', inner: { one: '1' } } }],
    [
      'APPLY widgets/a m1',
      { spec: { title: 't', inner: {} } },
      '422 Invalid: Widget.test.metalwave.io "a" is invalid: spec.inner: Invalid value: "null": spec.inner in body must be of type object: "null"',
    ],
  ],
  [
    'an empty mapping is owned',
    [
      'APPLY widgets/a m1',
      { spec: { inner: {} } },
      { spec: { inner: {}, preset: { level: 3 } }, owners: ['m1 Apply v1: spec{inner}'] },
    ],
  ],
  [
    'an empty list is owned',
    [
      'APPLY widgets/a m1',
      { spec: { tags: [], rules: [], words: [] } },
      { spec: { preset: { level: 3 }, rules: [], tags: [], words: [] }, owners: ['m1 Apply v1: spec{words}'] },
    ],
  ],
  [
    'a deep mapping that goes takes the empty ones above it',
    ['APPLY widgets/a m1', { spec: { title: 't', inner: { deep: { three: '3' } } } }],
    [
      'APPLY widgets/a m1',
      { spec: { title: 't' } },
      { spec: { preset: { level: 3 }, title: 't' }, owners: ['m1 Apply v1: spec{title}'] },
    ],
  ],
  [
    'a null in a nullable field is a value',
    [
      'APPLY widgets/a m1',
      { spec: { maybe: null } },
      { spec: { maybe: null, preset: { level: 3 } }, owners: ['m1 Apply v1: spec{maybe}'] },
    ],
    [
      'APPLY widgets/a m2',
      { spec: { maybe: 'x' } },
      '409 Conflict: Apply failed with 1 conflict: conflict with "m1": .spec.maybe',
    ],
  ],
  [
    'a null in a field that may not be null',
    [
      'APPLY widgets/a m1',
      { spec: { title: null } },
      '422 Invalid: Widget.test.metalwave.io "a" is invalid: spec.title: Invalid value: "null": spec.title in body must be of type string: "null"',
    ],
  ],
  [
    'a null takes away nothing of another',
    ['APPLY widgets/a m1', { spec: { title: 't' } }],
    [
      'APPLY widgets/a m2',
      { spec: { title: null } },
      '409 Conflict: Apply failed with 1 conflict: conflict with "m1": .spec.title',
    ],
  ],
  [
    'an entry of an open map is owned by itself',
    ['APPLY widgets/a m1', { spec: { labels: { a: '1' } } }, { owners: ['m1 Apply v1: spec{labels{a}}'] }],
    [
      'APPLY widgets/a m2',
      { spec: { labels: { b: '2' } } },
      { 'spec.labels': { a: '1', b: '2' }, owners: ['m1 Apply v1: spec{labels{a}}', 'm2 Apply v1: spec{labels{b}}'] },
    ],
    [
      'APPLY widgets/a m1',
      { spec: {} },
      {
        spec: { labels: { b: '2' }, preset: { level: 3 } },
        owners: ['m1 Apply v1: spec', 'm2 Apply v1: spec{labels{b}}'],
      },
    ],
  ],
  [
    'mappings in an open map merge field by field',
    ['APPLY widgets/a m1', { spec: { nested: { x: { a: '1' } } } }, { owners: ['m1 Apply v1: spec{nested{x{. a}}}'] }],
    [
      'APPLY widgets/a m2',
      { spec: { nested: { x: { b: '2' } } } },
      {
        'spec.nested': { x: { a: '1', b: '2' } },
        owners: ['m1 Apply v1: spec{nested{x{. a}}}', 'm2 Apply v1: spec{nested{x{. b}}}'],
      },
    ],
    [
      'APPLY widgets/a m1',
      { spec: {} },
      { 'spec.nested': { x: { b: '2' } }, owners: ['m1 Apply v1: spec', 'm2 Apply v1: spec{nested{x{. b}}}'] },
    ],
  ],
  [
    'an entry of an open map held by two stays',
    ['APPLY widgets/a m1', { spec: { nested: { x: {} } } }, { owners: ['m1 Apply v1: spec{nested{x}}'] }],
    [
      'APPLY widgets/a m2',
      { spec: { nested: { x: { b: '2' } } } },
      { owners: ['m1 Apply v1: spec{nested{x}}', 'm2 Apply v1: spec{nested{x{. b}}}'] },
    ],
    [
      'APPLY widgets/a m2',
      { spec: {} },
      '422 Invalid: Widget.test.metalwave.io "a" is invalid: spec.nested.x: Invalid value: "null": spec.nested.x in body must be of type object: "null"',
    ],
  ],
  [
    'an atomic map is replaced whole by its owner',
    ['APPLY widgets/a m1', { spec: { atomicMap: { a: '1', b: '1' } } }, { owners: ['m1 Apply v1: spec{atomicMap}'] }],
    [
      'APPLY widgets/a m1',
      { spec: { atomicMap: { a: '2' } } },
      { spec: { atomicMap: { a: '2' }, preset: { level: 3 } }, owners: ['m1 Apply v1: spec{atomicMap}'] },
    ],
  ],
  [
    'an atomic map of another is a conflict even to add to',
    ['APPLY widgets/a m1', { spec: { atomicMap: { a: '1' } } }],
    [
      'APPLY widgets/a m2',
      { spec: { atomicMap: { a: '1', b: '2' } } },
      '409 Conflict: Apply failed with 1 conflict: conflict with "m1": .spec.atomicMap',
    ],
  ],
  [
    'the same atomic map is shared',
    ['APPLY widgets/a m1', { spec: { atomicMap: { a: '1' } } }],
    [
      'APPLY widgets/a m2',
      { spec: { atomicMap: { a: '1' } } },
      {
        spec: { atomicMap: { a: '1' }, preset: { level: 3 } },
        owners: ['m1 Apply v1: spec{atomicMap}', 'm2 Apply v1: spec{atomicMap}'],
      },
    ],
  ],
  [
    'a plain list is atomic',
    ['APPLY widgets/a m1', { spec: { words: ['a', 'b'] } }, { owners: ['m1 Apply v1: spec{words}'] }],
    [
      'APPLY widgets/a m2',
      { spec: { words: ['a'] } },
      '409 Conflict: Apply failed with 1 conflict: conflict with "m1": .spec.words',
    ],
    [
      'APPLY widgets/a m2 force',
      { spec: { words: ['a'] } },
      { spec: { preset: { level: 3 }, words: ['a'] }, owners: ['m2 Apply v1: spec{words}'] },
    ],
  ],
  [
    'a plain list in another order is another value',
    ['APPLY widgets/a m1', { spec: { words: ['a', 'b'] } }],
    [
      'APPLY widgets/a m2',
      { spec: { words: ['b', 'a'] } },
      '409 Conflict: Apply failed with 1 conflict: conflict with "m1": .spec.words',
    ],
  ],
  [
    'a plain list of mappings is atomic',
    ['APPLY widgets/a m1', { spec: { atoms: [{ name: 'a', value: '1' }] } }, { owners: ['m1 Apply v1: spec{atoms}'] }],
    [
      'APPLY widgets/a m2',
      { spec: { atoms: [{ name: 'b', value: '1' }] } },
      '409 Conflict: Apply failed with 1 conflict: conflict with "m1": .spec.atoms',
    ],
  ],
  [
    'a set takes values of several managers',
    ['APPLY widgets/a m1', { spec: { tags: ['a', 'b'] } }, { owners: ['m1 Apply v1: spec{tags{v:"a" v:"b"}}'] }],
    [
      'APPLY widgets/a m2',
      { spec: { tags: ['c', 'b'] } },
      {
        'spec.tags': ['a', 'c', 'b'],
        owners: ['m1 Apply v1: spec{tags{v:"a" v:"b"}}', 'm2 Apply v1: spec{tags{v:"b" v:"c"}}'],
      },
    ],
  ],
  [
    'a set keeps values of others when one gives up',
    ['APPLY widgets/a m1', { spec: { tags: ['a', 'b'] } }],
    ['APPLY widgets/a m2', { spec: { tags: ['b', 'c'] } }],
    [
      'APPLY widgets/a m1',
      { spec: { tags: ['a'] } },
      {
        'spec.tags': ['a', 'b', 'c'],
        owners: ['m1 Apply v1: spec{tags{v:"a"}}', 'm2 Apply v1: spec{tags{v:"b" v:"c"}}'],
      },
    ],
    [
      'APPLY widgets/a m2',
      { spec: {} },
      { 'spec.tags': ['a'], owners: ['m1 Apply v1: spec{tags{v:"a"}}', 'm2 Apply v1: spec'] },
    ],
  ],
  [
    'a set of numbers is known by number',
    ['APPLY widgets/a m1', { spec: { numbers: [3, 1] } }, { owners: ['m1 Apply v1: spec{numbers{v:1 v:3}}'] }],
    [
      'APPLY widgets/a m2',
      { spec: { numbers: [2, 3] } },
      {
        'spec.numbers': [2, 3, 1],
        owners: ['m1 Apply v1: spec{numbers{v:1 v:3}}', 'm2 Apply v1: spec{numbers{v:2 v:3}}'],
      },
    ],
  ],
  [
    'a set that goes empty goes',
    ['APPLY widgets/a m1', { spec: { title: 't', tags: ['a'] } }],
    [
      'APPLY widgets/a m1',
      { spec: { title: 't' } },
      { spec: { preset: { level: 3 }, title: 't' }, owners: ['m1 Apply v1: spec{title}'] },
    ],
  ],
  [
    'a set that is emptied but named stays empty',
    ['APPLY widgets/a m1', { spec: { title: 't', tags: ['a'] } }],
    [
      'APPLY widgets/a m1',
      { spec: { title: 't', tags: [] } },
      { spec: { preset: { level: 3 }, title: 't' }, owners: ['m1 Apply v1: spec{title}'] },
    ],
  ],
  [
    'a value twice in a set is refused',
    [
      'APPLY widgets/a m1',
      { spec: { tags: ['a', 'a'] } },
      '500 : failed to create typed patch object (/a; test.metalwave.io/v1, Kind=Widget): .spec.tags: duplicate entries for key [="a"]',
    ],
  ],
];
