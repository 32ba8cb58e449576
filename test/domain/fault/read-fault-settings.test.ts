import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readFaultSettings } from '../../../src/domain/fault/read-fault-settings.ts';
import type { Json } from '../../../src/domain/json.ts';

const everything: Json = {
  seed: 7,
  nodesDown: ['node-1'],
  crashingImages: ['frr'],
  requests: [
    { fault: 'latency', ms: 20, jitterMs: 10, verbs: ['read'] },
    { fault: 'error', status: 429, reason: 'TooManyRequests', retryAfterSeconds: 1, every: 3, times: 2 },
    { fault: 'cut-before', resources: ['services'], names: ['web'], clients: ['kubectl'] },
    { fault: 'cut-after', verbs: ['write', 'get'] },
  ],
  events: [{ fault: 'lose' }, { fault: 'delay', ms: 5, jitterMs: 5 }, { fault: 'expire', every: 10 }],
};

function mistakesIn(value: Json): readonly string[] {
  const read = readFaultSettings(value);
  return read.ok ? [] : read.mistakes;
}

describe('fault settings', () => {
  it('are taken as they are', () => {
    expect(readFaultSettings(everything)).toEqual({ ok: true, settings: everything });
    expect(readFaultSettings({})).toEqual({ ok: true, settings: {} });
  });

  it.each<readonly [Json, readonly string[]]>([
    [null, ['faults: an object is needed']],
    [[], ['faults: an object is needed']],
    [{ delay: 1 }, ['faults: "delay" is none of crashingImages, events, nodesDown, requests, seed']],
    [{ toString: 1 }, ['faults: "toString" is none of crashingImages, events, nodesDown, requests, seed']],
    [{ seed: 1.5 }, ['faults.seed: 1.5 is no whole number from 0 to 2147483647']],
    [{ nodesDown: 'node-1' }, ['faults.nodesDown: a list of at most 100 is needed']],
    [
      { nodesDown: ['', 3] },
      [
        'faults.nodesDown[0]: "" is no text of 1 to 253 characters',
        'faults.nodesDown[1]: 3 is no text of 1 to 253 characters',
      ],
    ],
    [{ requests: [{ status: 500 }] }, ['faults.requests[0]: an object with a field fault is needed']],
    [
      { requests: [{ fault: 'lose' }] },
      ['faults.requests[0].fault: "lose" is none of latency, error, cut-before, cut-after'],
    ],
    [{ requests: [{ fault: 'error' }] }, ['faults.requests[0]: status is missing']],
    [
      { requests: [{ fault: 'error', status: 200 }] },
      ['faults.requests[0].status: 200 is no whole number from 400 to 599'],
    ],
    [
      { requests: [{ fault: 'cut-before', every: 0 }] },
      ['faults.requests[0].every: 0 is no whole number from 1 to 1000000'],
    ],
    [
      { requests: [{ fault: 'latency', ms: -1, verbs: ['put'] }] },
      [
        'faults.requests[0].ms: -1 is no whole number from 0 to 600000',
        'faults.requests[0].verbs[0]: "put" is none of read, write, get, list, watch, create, update, patch, delete, deletecollection',
      ],
    ],
    [
      { events: [{ fault: 'lose', verbs: ['watch'] }] },
      ['faults.events[0]: "verbs" is none of clients, every, fault, names, resources, times'],
    ],
    [
      { events: Array.from({ length: 101 }, () => ({ fault: 'lose' })) },
      ['faults.events: a list of at most 100 is needed'],
    ],
  ])('are refused with every mistake and its place: %j', (value, mistakes) => {
    expect(mistakesIn(value).toSorted()).toEqual([...mistakes].toSorted());
  });

  it('are judged without a crash whatever is sent', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom('seed', 'requests', 'events', 'nodesDown'), (value, key) => {
        const read = readFaultSettings({ [key]: value as Json });
        expect(read.ok || read.mistakes.length > 0).toBe(true);
      }),
    );
  });
});
