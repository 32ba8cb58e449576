import { describe, expect, it } from 'vitest';
import { builtInKinds } from '../../../src/adapters/sandbox/kinds/built-in-kinds.ts';
import { listPage } from '../../../src/adapters/sandbox/objects/object-list.ts';
import type { KubeObject } from '../../../src/domain/manifest/kube-object.ts';
import { ObjectStore } from '../../../src/adapters/sandbox/objects/object-store.ts';
import type { ServedKind } from '../../../src/adapters/sandbox/kinds/served-kind.ts';
import { harmless } from '../../../src/adapters/sandbox/faults/fault-plan.ts';
import { StatusError } from '../../../src/adapters/sandbox/answers/status-error.ts';
import { streamWatch } from '../../../src/adapters/sandbox/listing/watch-stream.ts';
import { systemClock } from '../../../src/adapters/system/clock.ts';

function configMaps(): ServedKind {
  const kind = builtInKinds().find((one) => one.kind === 'ConfigMap');
  if (kind === undefined) {
    throw new Error('config maps are not served');
  }
  return kind;
}

const kind = configMaps();

function put(store: ObjectStore, name: string, value = ''): void {
  const metadata = { name, namespace: 'default', annotations: { value } };
  store.put('configmaps', { apiVersion: 'v1', kind: 'ConfigMap', metadata });
}

function page(store: ObjectStore, query: string): { readonly names: readonly string[]; readonly token: string } {
  const { items, metadata } = listPage(store, { kind, namespace: 'default', query: new URLSearchParams(query) });
  const token = metadata['continue'];
  return { names: items.map((item) => item.metadata.name), token: typeof token === 'string' ? token : '' };
}

/** More writes than a store remembers. */
function forgetEverything(store: ObjectStore): void {
  for (let index = 0; index < 10_000; index += 1) {
    put(store, 'noise', String(index));
  }
}

function nameOf(object: KubeObject): string {
  return JSON.stringify(object.metadata.name);
}

/** A receiver that takes nothing more until it is told to read. */
class SlowReceiver {
  readonly events: string[] = [];
  readonly #stop = new AbortController();
  isFull = false;
  hasEnded = false;
  #read: (() => void) | undefined;

  async watch(store: ObjectStore, query: string): Promise<void> {
    const sink = {
      open: (): void => undefined,
      write: (events: string | Buffer): boolean => {
        this.events.push(...(events.toString().match(/.+\n/gu) ?? []));
        return !this.isFull;
      },
      drained: async (signal: AbortSignal): Promise<void> =>
        new Promise((resolve) => {
          this.#read = resolve;
          signal.addEventListener('abort', () => {
            resolve();
          });
        }),
      end: (): void => {
        this.hasEnded = true;
      },
    };
    const request = { kind, namespace: undefined, query: new URLSearchParams(query) };
    const parts = { store, clock: systemClock, eventFault: () => harmless };
    const form = { present: nameOf, presentInitial: nameOf, shareAs: query };
    await streamWatch(parts, request, sink, this.#stop.signal, form);
  }

  read(): void {
    this.isFull = false;
    this.#read?.();
  }

  stop(): void {
    this.#stop.abort();
  }
}

describe('pages of a list', () => {
  it('are of one moment, whatever is written between them', () => {
    const store = new ObjectStore();
    for (const name of ['a', 'b', 'c']) {
      put(store, name);
    }
    const first = page(store, 'limit=1');
    store.remove('configmaps', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'b', namespace: 'default' } });
    put(store, 'bb');
    const second = page(store, `limit=1&continue=${first.token}`);
    expect([first.names, second.names]).toEqual([['a'], ['b']]);
    expect(page(store, `continue=${second.token}`).names).toEqual(['c']);
    expect(page(store, '').names).toEqual(['a', 'bb', 'c']);
  });

  it('of a forgotten moment go on from now, on request', () => {
    const store = new ObjectStore();
    put(store, 'a');
    put(store, 'b');
    const { token } = page(store, 'limit=1');
    forgetEverything(store);
    put(store, 'z');
    const refused = refusalOf(() => page(store, `continue=${token}`));
    expect([refused.code, refused.reason]).toEqual([410, 'Expired']);
    const anew = refused.metadata['continue'];
    expect(page(store, `continue=${typeof anew === 'string' ? anew : ''}`).names).toEqual(['b', 'noise', 'z']);
  });

  it('of a revision that is not reached are asked for again later', () => {
    const refused = refusalOf(() => page(new ObjectStore(), 'resourceVersion=999'));
    expect([refused.code, refused.details?.retryAfterSeconds]).toEqual([504, 1]);
  });
});

function refusalOf(ask: () => unknown): StatusError {
  try {
    ask();
  } catch (error) {
    if (error instanceof StatusError) {
      return error;
    }
  }
  throw new Error('it was not refused');
}

describe('a watch', () => {
  it('from a forgotten revision is told so, and ends', async () => {
    const store = new ObjectStore();
    put(store, 'a');
    forgetEverything(store);
    const receiver = new SlowReceiver();
    await receiver.watch(store, 'resourceVersion=2');
    expect(receiver.events).toHaveLength(1);
    expect(receiver.events[0]).toMatch(/^\{"type":"ERROR".*"code":410/u);
    expect(receiver.hasEnded).toBe(true);
  });

  it('misses nothing while its receiver is slow, and keeps nothing for it', async () => {
    const store = new ObjectStore();
    const receiver = new SlowReceiver();
    const watch = receiver.watch(store, `resourceVersion=${store.revision}`);
    await Promise.resolve();
    receiver.isFull = true;
    for (const name of ['a', 'b', 'c']) {
      put(store, name);
    }
    expect(receiver.events).toHaveLength(1);
    receiver.read();
    await expect.poll(() => receiver.events.length).toBe(3);
    put(store, 'd');
    expect(receiver.events.map((event) => /"object":"(\w)"/u.exec(event)?.[1])).toEqual(['a', 'b', 'c', 'd']);
    receiver.stop();
    await watch;
  });

  it('whose receiver falls behind what is remembered is ended', async () => {
    const store = new ObjectStore();
    const receiver = new SlowReceiver();
    const watch = receiver.watch(store, `resourceVersion=${store.revision}`);
    await Promise.resolve();
    receiver.isFull = true;
    put(store, 'a');
    forgetEverything(store);
    receiver.read();
    await watch;
    expect(receiver.hasEnded).toBe(true);
    expect(receiver.events).toHaveLength(1);
  });
});
