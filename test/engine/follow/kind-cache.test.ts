import * as fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { Failure } from '../../../src/domain/failure.ts';
import type { KubeObject } from '../../../src/domain/manifest/kube-object.ts';
import { cacheKey, KindCache, type ObjectChange } from '../../../src/engine/follow/kind-cache.ts';
import type { Clock } from '../../../src/ports/clock.ts';
import { type ManualClock, manualClock } from '../manual-clock.ts';

function service(name: string, version: number, uid = name): KubeObject {
  const metadata = { name, namespace: 'web', uid, resourceVersion: String(version), managedFields: [{ manager: 'm' }] };
  return { apiVersion: 'v1', kind: 'Service', metadata, spec: { version } };
}

const versionOf = (object: KubeObject | undefined): string => object?.metadata.resourceVersion ?? '-';

/** `web/a 1→2`; `-` is absent. */
function inWords({ key, before, after }: ObjectChange): string {
  return `${key} ${versionOf(before)}→${versionOf(after)}`;
}

let clock: ManualClock;
let cache: KindCache;
let changes: string[];
const { signal } = new AbortController();

function makeCache(limit = 100, of: Clock = clock): KindCache {
  const made = new KindCache({ subject: 'Services', clock: of, limit });
  made.subscribe((change) => {
    changes.push(inWords(change));
  });
  return made;
}

beforeEach(() => {
  clock = manualClock();
  changes = [];
  cache = makeCache();
});

describe('a cache of one kind', () => {
  it('holds what was listed and what changed since, without managedFields', () => {
    cache.replaced([service('a', 1), service('b', 2)]);
    cache.put(service('c', 3));
    cache.put(service('a', 4));
    cache.gone(service('b', 5));
    expect([...cache.values()].map(({ metadata }) => metadata.name).toSorted()).toEqual(['a', 'c']);
    expect(cache.size).toBe(2);
    expect(cache.get('web/a')).toEqual({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'a', namespace: 'web', uid: 'a', resourceVersion: '4' },
      spec: { version: 4 },
    });
    expect(cache.get('web/b')).toBeUndefined();
    expect(changes).toEqual(['web/a -→1', 'web/b -→2', 'web/c -→3', 'web/a 1→4', 'web/b 2→-']);
  });

  it('tells of a new list only what differs, the gone ones first', () => {
    cache.replaced([service('a', 1), service('b', 2), service('c', 3)]);
    changes.length = 0;
    cache.replaced([service('d', 9), service('b', 2), service('c', 8)]);
    expect(changes).toEqual(['web/a 1→-', 'web/d -→9', 'web/c 3→8']);
  });

  it('shows its listeners the state after the change', () => {
    const seen: string[] = [];
    cache.subscribe(({ key, after }) => {
      seen.push(`${versionOf(cache.get(key))}=${versionOf(after)} of ${cache.size}`);
    });
    cache.replaced([service('a', 1), service('b', 2)]);
    cache.gone(service('a', 3));
    expect(seen).toEqual(['1=1 of 2', '2=2 of 2', '-=- of 1']);
  });

  it('tells a listener nothing more once it has left', () => {
    const heard: string[] = [];
    const leave = cache.subscribe((change) => {
      heard.push(inWords(change));
    });
    cache.put(service('a', 1));
    leave();
    cache.put(service('a', 2));
    expect(heard).toEqual(['web/a -→1']);
  });

  it('tells the same state once, and keeps an object that was made anew apart from the one before', () => {
    cache.put(service('a', 1));
    cache.put(service('a', 1));
    cache.put(service('a', 5, 'another'));
    expect(changes).toEqual(['web/a -→1', 'web/a 1→5']);
  });

  it('is ahead of the watch after a write of ours, and is not set back by what the watch tells late', () => {
    cache.replaced([service('a', 1)]);
    cache.written(service('a', 5));
    cache.put(service('a', 3));
    cache.put(service('a', 5));
    cache.gone(service('a', 2));
    expect(versionOf(cache.get('web/a'))).toBe('5');
    expect(changes).toEqual(['web/a -→1', 'web/a 1→5']);
  });

  it('does not bring back by a late answer to a write what is gone', () => {
    cache.replaced([service('a', 1)]);
    cache.gone(service('a', 6));
    cache.written(service('a', 5));
    expect(cache.size).toBe(0);
  });

  it('takes a new list as it is, also an older state after the storage was set back', () => {
    cache.replaced([service('a', 50)]);
    cache.replaced([service('a', 20)]);
    expect(versionOf(cache.get('web/a'))).toBe('20');
  });

  it('names objects of cluster scope by their name alone', () => {
    expect([cacheKey(undefined, 'a'), cacheKey('', 'a'), cacheKey('b', 'a')]).toEqual(['a', 'a', 'b/a']);
  });

  it('keeps of an object what it is told to keep', () => {
    const small = new KindCache({
      subject: 'Services',
      clock,
      limit: 1,
      trim: ({ apiVersion, kind, metadata: { name, namespace = '' } }) => ({
        apiVersion,
        kind,
        metadata: { name, namespace },
      }),
    });
    small.put(service('a', 1));
    expect(small.get('web/a')).toEqual({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'a', namespace: 'web' },
    });
  });

  it('fails rather than holding more than its limit, or leaving something out', () => {
    const small = makeCache(2);
    small.replaced([service('a', 1), service('b', 2)]);
    expect(() => {
      small.put(service('c', 3));
    }).toThrow('more than 2 Services');
    expect(() => {
      makeCache(1).replaced([service('a', 1), service('b', 2)]);
    }).toThrow(Failure);
  });

  it('tells enough that a copy made of the changes alone is the same', () => {
    const step = fc.oneof(
      fc.record({ list: fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd')) }),
      fc.record({ put: fc.constantFrom('a', 'b', 'c', 'd') }),
      fc.record({ gone: fc.constantFrom('a', 'b', 'c', 'd') }),
    );
    fc.assert(
      fc.property(fc.array(step), (steps) => {
        const followed = new KindCache({ subject: 'Services', clock, limit: 10 });
        const copy = new Map<string, KubeObject>();
        const expected = new Map<string, string>();
        followed.subscribe(({ key, before, after }) => {
          expect(copy.get(key)).toBe(before);
          if (after === undefined) {
            copy.delete(key);
          } else {
            copy.set(key, after);
          }
        });
        for (const [index, entry] of steps.entries()) {
          const version = index + 1;
          if ('list' in entry) {
            followed.replaced(entry.list.map((name) => service(name, version)));
            expected.clear();
            for (const name of entry.list) {
              expected.set(`web/${name}`, String(version));
            }
          } else if ('put' in entry) {
            followed.put(service(entry.put, version));
            expected.set(`web/${entry.put}`, String(version));
          } else {
            followed.gone(service(entry.gone, version));
            expected.delete(`web/${entry.gone}`);
          }
        }
        expect(new Map([...copy].map(([key, object]) => [key, versionOf(object)]))).toEqual(expected);
        expect(new Set(followed.values())).toEqual(new Set(copy.values()));
      }),
    );
  });
});

describe('how current it is', () => {
  it('is unknown before anything was heard, and ages from then on', () => {
    expect(cache.silentForMs).toBeUndefined();
    cache.replaced([]);
    clock.freeze(7000);
    expect(cache.silentForMs).toBe(7000);
    cache.heard();
    expect(cache.silentForMs).toBe(0);
  });

  it('says what the trouble is until something is heard', () => {
    const failure = new Failure({ code: 'cluster-busy', retry: 'now', message: 'busy' });
    cache.troubled(failure);
    expect(cache.trouble).toBe(failure);
    cache.heard();
    expect(cache.trouble).toBeUndefined();
  });

  it('does not take an answer to a write of ours for a sign of the watch', () => {
    cache.replaced([service('a', 1)]);
    clock.freeze(500);
    cache.written(service('a', 2));
    expect(cache.silentForMs).toBe(500);
  });
});

describe('waiting for the first list', () => {
  /** Its sleeps end by their signal alone. */
  const patient: Clock = {
    now: () => 0,
    monotonic: () => 0,
    sleep: async (_ms, until) =>
      new Promise((_resolve, reject) => {
        until.addEventListener('abort', () => {
          reject(until.reason as Error);
        });
      }),
  };

  it('ends with the first list, an empty one too, and at once afterwards', async () => {
    const waiting = makeCache(1, patient);
    const synced = waiting.synced(60_000, signal);
    expect(waiting.isSynced).toBe(false);
    waiting.replaced([]);
    await synced;
    expect(waiting.isSynced).toBe(true);
    await waiting.synced(0, signal);
  });

  it('fails after its time with the last trouble', async () => {
    await expect(cache.synced(5000, signal)).rejects.toMatchObject({ code: 'cluster-unreachable', retry: 'now' });
    cache.troubled(new Failure({ code: 'cluster-forbidden', retry: 'later', message: 'not allowed', remedy: 'Grant' }));
    await expect(cache.synced(5000, signal)).rejects.toMatchObject({
      code: 'cluster-forbidden',
      message: 'No list of Services after 5 s: not allowed',
      remedy: 'Grant',
    });
  });

  it('ends with the reason of the signal', async () => {
    const stopping = new AbortController();
    const synced = makeCache(1, patient).synced(60_000, stopping.signal);
    stopping.abort(new Error('stopped'));
    await expect(synced).rejects.toThrow('stopped');
  });
});
