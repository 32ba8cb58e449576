import { EventEmitter, once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fixedCredentials } from '../../../src/adapters/kube/credentials.ts';
import { KubeCluster } from '../../../src/adapters/kube/kube-cluster.ts';
import { KubeWatcher, type KubeWatcherOptions } from '../../../src/adapters/kube/kube-watcher.ts';
import { Failure } from '../../../src/domain/failure.ts';
import type { FollowOptions, WatchSink } from '../../../src/ports/cluster-watch.ts';
import { type ManualClock, manualClock } from '../../engine/manual-clock.ts';
import { FollowedObjects } from './followed-objects.ts';
import { RecordingSink } from './recording-sink.ts';
import { coreKinds, json, type Reply, type ScriptedServer, startScriptedServer, status } from './scripted-server.ts';
import { WatchedHistory } from './watched-history.ts';

let server: ScriptedServer;
let clock: ManualClock;
let sink: RecordingSink;
let stopping: AbortController;
let closers: (() => void)[];

beforeEach(async () => {
  server = await startScriptedServer();
  clock = manualClock();
  sink = new RecordingSink();
  stopping = new AbortController();
  closers = [];
});
afterEach(async () => {
  stopping.abort();
  for (const close of closers) {
    close();
  }
  await server.stop();
});

function follow(
  options: FollowOptions & { readonly limits?: KubeWatcherOptions; readonly to?: WatchSink } = {},
): Promise<void> {
  const { limits = {}, to = sink, ...selection } = options;
  const access = {
    description: 'test',
    server: new URL(server.url),
    ca: server.ca,
    verifyCertificate: true,
    serverName: undefined,
    credentials: fixedCredentials({ headers: {}, certificate: undefined, key: undefined }),
  };
  const reader = new KubeCluster(access);
  const watcher = new KubeWatcher(access, { reader, clock, random: () => 0.5 }, limits);
  closers.push(() => {
    reader.close();
    watcher.close();
  });
  return watcher.follow('v1', 'ConfigMap', selection, to, stopping.signal);
}

function map(name: string, version: number): object {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, namespace: 'default', uid: name, resourceVersion: String(version) },
  };
}

function list(version: number, ...names: readonly string[]): Reply {
  return json(200, {
    metadata: { resourceVersion: String(version) },
    items: names.map((name) => ({ metadata: { name, namespace: 'default', resourceVersion: '1' } })),
  });
}

function line(type: string, object: object): string {
  return `${JSON.stringify({ type, object })}\n`;
}

const bookmark = (version: number): string =>
  line('BOOKMARK', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { resourceVersion: String(version) } });
const errorLine = (code: number, reason: string): string =>
  line('ERROR', { kind: 'Status', apiVersion: 'v1', status: 'Failure', code, reason, message: reason });

/** A watch that sends these parts and then stays open, ends in order, or is cut. */
function watch(then: 'open' | 'end' | 'cut', ...parts: readonly (string | Buffer)[]): Reply {
  return (_request, response, socket) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    if (parts.length === 0) {
      response.flushHeaders();
    }
    const send = ([part, ...rest]: readonly (string | Buffer)[]): void => {
      if (part !== undefined) {
        response.write(part, () => {
          setImmediate(send, rest);
        });
      } else if (then === 'end') {
        response.end();
      } else if (then === 'cut') {
        socket.destroy();
      }
    };
    send(parts);
  };
}

/** Version and bound of each watch that was asked for. */
function watches(): readonly (string | null)[] {
  return server.received
    .filter((request) => request.url.includes('watch=true'))
    .map((request) => new URL(request.url, server.url).searchParams.get('resourceVersion'));
}

describe('following a kind', () => {
  it('lists, then watches from the version of the list, asking for bookmarks and for an end in some minutes', async () => {
    server.replies(
      coreKinds,
      list(7, 'a', 'b'),
      watch('open', line('ADDED', map('c', 8)), line('DELETED', map('a', 9))),
    );
    const followed = follow({ namespace: 'default', labelSelector: 'app in (x, y)' });
    await sink.until(({ told }) => told.length === 3);
    expect(sink.heardOf).toEqual(['replaced a,b', 'heard', 'put c@8', 'gone a']);
    const asked = new URL(server.received.at(-1)?.url ?? '', server.url);
    expect(asked.pathname).toBe('/api/v1/namespaces/default/configmaps');
    expect(Object.fromEntries(asked.searchParams)).toEqual({
      watch: 'true',
      allowWatchBookmarks: 'true',
      resourceVersion: '7',
      timeoutSeconds: '360',
      labelSelector: 'app in (x, y)',
    });
    stopping.abort();
    await expect(followed).resolves.toBeUndefined();
  });

  it('puts events together that are cut anywhere, also inside a character, and passes over empty lines', async () => {
    const bytes = Buffer.from(`\n${line('ADDED', { ...map('c', 8), data: { x: 'ü€😀' } })}${bookmark(9)}`);
    const pieces = Array.from(bytes, (byte) => Buffer.of(byte));
    const data: unknown[] = [];
    server.replies(coreKinds, list(7), watch('open', ...pieces));
    const put = (object: { readonly [field: string]: unknown }): void => {
      data.push(object['data']);
      sink.heard();
    };
    void follow({
      to: { replaced: () => undefined, put, gone: put, heard: () => undefined, troubled: () => undefined },
    });
    await sink.until(() => data.length === 1);
    expect(data).toEqual([{ x: 'ü€😀' }]);
  });

  it('goes on from the last bookmark or event when a watch ends, without a word of trouble', async () => {
    server.replies(
      coreKinds,
      list(7, 'a'),
      watch('end', line('ADDED', map('b', 8)), bookmark(20)),
      watch('end', line('MODIFIED', map('b', 21))),
      watch('open', line('MODIFIED', map('b', 22))),
    );
    void follow();
    await sink.until(({ told }) => told.includes('put b@22'));
    expect(watches()).toEqual(['7', '20', '21']);
    expect(sink.told).toEqual(['replaced a', 'put b@8', 'put b@21', 'put b@22']);
  });

  it('goes on from the last event when the connection is cut, and drops the half of an event', async () => {
    server.replies(
      coreKinds,
      list(7, 'a'),
      watch('cut', line('ADDED', map('b', 8)), '{"type":"ADDED","obj'),
      watch('open', line('ADDED', map('c', 9))),
    );
    void follow();
    await sink.until(({ told }) => told.includes('put c@9'));
    expect(watches()).toEqual(['7', '8']);
    expect(sink.told).toEqual(['replaced a', 'put b@8', 'troubled cluster-unreachable', 'put c@9']);
  });

  it('breaks off a watch that is silent, and goes on where it was', async () => {
    server.replies(
      coreKinds,
      list(7),
      watch('open', bookmark(8)),
      watch('open', line('ADDED', map('c', 9)), bookmark(9)),
    );
    void follow({ limits: { silenceMs: 300 } });
    await sink.until(({ told }) => told.includes('put c@9'));
    expect(watches().slice(0, 2)).toEqual(['7', '8']);
    expect(sink.troubles[0]?.message).toContain('did not answer within 0.3 s');
  });

  it('gives up on a watch that is never answered', async () => {
    server.replies(coreKinds, list(7), () => undefined, watch('open', line('ADDED', map('c', 9))));
    void follow({ limits: { timeoutMs: 300 } });
    await sink.until(({ told }) => told.includes('put c@9'));
    expect(sink.troubles[0]?.code).toBe('cluster-unreachable');
  });
});

describe('a state that the server no longer keeps', () => {
  it.each([
    ['as an answer', status(410, { reason: 'Expired', message: 'too old' })],
    ['as an event', watch('open', errorLine(410, 'Expired'))],
  ])('is listed anew where the server says so %s', async (_, gone) => {
    server.replies(
      coreKinds,
      list(7, 'a', 'b'),
      gone,
      coreKinds,
      list(30, 'b'),
      watch('open', line('ADDED', map('c', 31))),
    );
    void follow();
    await sink.until(({ told }) => told.includes('put c@31'));
    expect(sink.told).toEqual(['replaced a,b', 'replaced b', 'put c@31']);
    expect(watches()).toEqual(['7', '30']);
  });

  it('is listed anew with growing pauses where it is gone again and again', async () => {
    const again: Reply[] = [coreKinds, list(7), status(410)];
    server.replies(...again, ...again, ...again, ...again, coreKinds, list(8), watch('open'));
    void follow();
    await sink.until(({ heardOf }) => heardOf.includes('heard'));
    expect(clock.slept).toEqual([75, 150, 300, 600]);
  });

  it.each([
    ['is no JSON', 'nonsense\n'],
    ['is of an unknown type', line('OTHER', map('a', 9))],
    ['has no version', line('ADDED', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'x' } })],
    ['has no name', line('ADDED', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { resourceVersion: '9' } })],
    ['is longer than is accepted', line('ADDED', { ...map('a', 9), data: { x: 'x'.repeat(3000) } })],
    ['is older than what is known', line('ADDED', map('a', 6))],
  ])('is what an event means that %s', async (_, bad) => {
    server.replies(coreKinds, list(7, 'a'), watch('open', bad), coreKinds, list(30, 'b'), watch('open'));
    void follow({ limits: { longestLine: 2000 } });
    await sink.until(({ heardOf }) => heardOf.filter((entry) => entry === 'heard').length === 2);
    expect(sink.told).toEqual(['replaced a', 'troubled cluster-error', 'replaced b']);
  });

  it('never shows the text of what could not be read', async () => {
    server.replies(coreKinds, list(7), watch('open', 'very-secret\n'), coreKinds, list(8), watch('open'));
    void follow();
    await sink.until(({ troubles }) => troubles.length === 1);
    expect(String(sink.troubles[0]?.stack) + JSON.stringify(sink.troubles[0])).not.toContain('very-secret');
  });
});

describe('trouble', () => {
  it('waits longer from failure to failure, and as long as the server asks, within reason', async () => {
    server.replies(
      coreKinds,
      list(7),
      status(500, { message: 'etcd is slow' }),
      status(503),
      status(429, {}, { 'retry-after': '7' }),
      status(429, {}, { 'retry-after': '999999' }),
      ...Array.from({ length: 5 }, () => status(503)),
      watch('open', line('ADDED', map('c', 9))),
    );
    void follow();
    await sink.until(({ told }) => told.includes('put c@9'));
    expect(sink.pauses).toEqual([75, 150, 7000, 60_000, 1200, 2400, 3750, 3750, 3750]);
    expect(clock.slept).toEqual(sink.pauses);
    expect(new Set(watches())).toEqual(new Set(['7']));
  });

  it('starts with a short pause again after a watch that lived', async () => {
    server.replies(coreKinds, list(7), status(503), status(503), watch('end', bookmark(8)), status(503), watch('open'));
    let heard = 0;
    const living: WatchSink = {
      replaced: () => undefined,
      put: () => undefined,
      gone: () => undefined,
      heard: () => {
        heard += 1;
        clock.freeze(heard === 2 ? 10_000 : 0);
        sink.heard();
      },
      troubled: () => undefined,
    };
    void follow({ to: living });
    await sink.until(() => heard === 3);
    expect(clock.slept).toEqual([75, 150, 75, 150]);
  });

  it('slows down where the server ends each watch at once', async () => {
    server.replies(coreKinds, list(7), ...Array.from({ length: 12 }, () => watch('end')), watch('open'));
    void follow();
    await sink.until(({ heardOf }) => heardOf.filter((entry) => entry === 'heard').length === 13);
    expect(clock.slept.slice(-3)).toEqual([3750, 3750, 3750]);
    expect(sink.troubles).toEqual([]);
  });

  it.each([
    ['access is denied', 'cluster-forbidden', [coreKinds, status(403, { reason: 'Forbidden' })]],
    ['credentials are refused', 'cluster-credentials', [status(401)]],
    ['the kind is not served yet', 'kind-missing', [json(200, { resources: [] })]],
  ])('waits for somebody to mend it where %s, and says so', async (_, code, replies) => {
    server.replies(...replies, ...replies, coreKinds, list(7, 'a'), watch('open'));
    void follow();
    await sink.until(({ heardOf }) => heardOf.includes('heard'));
    expect(sink.told).toEqual([`troubled ${code}`, `troubled ${code}`, 'replaced a']);
    expect(clock.slept).toEqual([750, 1500]);
  });

  it('lists anew once a kind that was taken away is back', async () => {
    server.replies(coreKinds, list(7, 'a'), status(404), status(404), coreKinds, list(9, 'b'), watch('open'));
    void follow();
    await sink.until(({ heardOf }) => heardOf.includes('heard'));
    expect(sink.told).toEqual(['replaced a', 'troubled kind-missing', 'troubled kind-missing', 'replaced b']);
  });

  it.each([
    ['a selector that the server finds invalid', [coreKinds, status(400, { message: 'unable to parse' })]],
    ['a server that is no Kubernetes API', [json(200, {}, { 'content-type': 'text/html' })]],
  ])('ends with %s', async (_, replies) => {
    server.replies(...replies);
    await expect(follow()).rejects.toMatchObject({ retry: 'never' });
  });

  it('ends with what the sink throws, even a failure that could be tried again', async () => {
    server.replies(coreKinds, list(7), watch('open', line('ADDED', map('c', 8)), line('ADDED', map('d', 9))));
    const thrown = new Failure({ code: 'cluster-busy', retry: 'now', message: 'of the sink' });
    const puts: string[] = [];
    const to: WatchSink = {
      replaced: () => undefined,
      put: ({ metadata }) => {
        puts.push(metadata.name);
        throw thrown;
      },
      gone: () => undefined,
      heard: () => undefined,
      troubled: () => undefined,
    };
    await expect(follow({ to })).rejects.toBe(thrown);
    expect(puts).toEqual(['c']);
  });
});

describe('a server that does harm', () => {
  it('is followed to the same end, whatever it cuts, ends, forgets and refuses', async () => {
    for (let seed = 1; seed <= 8; seed += 1) {
      const history = new WatchedHistory(seed, 60);
      const step = new EventEmitter();
      const followedObjects = new FollowedObjects(() => step.emit('step'));
      const told = (): readonly string[] => followedObjects.told();
      const isThere = (): boolean => told().join() === history.outcome.join();
      server.replies(history.reply);
      stopping = new AbortController();
      clock.onSleep = () => step.emit('step');
      const followed = follow({ to: followedObjects });
      while (!isThere()) {
        await once(step, 'step');
      }
      stopping.abort();
      await followed;
      expect(told()).toEqual(history.outcome);
    }
  });
});

describe('the signal', () => {
  it('ends a watch at once, also in the middle of a chunk of events', async () => {
    const both = line('ADDED', map('c', 8)) + line('ADDED', map('d', 9));
    server.replies(coreKinds, list(7), watch('open', both));
    const puts: string[] = [];
    const to: WatchSink = {
      replaced: () => undefined,
      put: ({ metadata }) => {
        puts.push(metadata.name);
        stopping.abort();
      },
      gone: () => undefined,
      heard: () => undefined,
      troubled: () => undefined,
    };
    await follow({ to });
    expect(puts).toEqual(['c']);
  });

  it('ends a list that is not answered, and a pause', async () => {
    server.replies(coreKinds, () => {
      stopping.abort();
    });
    await follow();
    expect(sink.heardOf).toEqual([]);
    stopping = new AbortController();
    server.replies(status(503));
    clock.onSleep = () => {
      stopping.abort();
    };
    await follow();
    expect(sink.heardOf).toEqual(['troubled cluster-busy']);
  });

  it('asks the server nothing where it is aborted from the start', async () => {
    stopping.abort();
    await follow();
    expect(server.received).toEqual([]);
  });
});
