import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { fixedCredentials } from '../../../src/adapters/kube/credentials.ts';
import { KubeCluster } from '../../../src/adapters/kube/kube-cluster.ts';
import { KubeWatcher, type KubeWatcherOptions } from '../../../src/adapters/kube/kube-watcher.ts';
import { systemClock } from '../../../src/adapters/system/clock.ts';
import type { ClusterReader } from '../../../src/ports/cluster.ts';
import type { FollowOptions } from '../../../src/ports/cluster-watch.ts';
import { RecordingSink } from '../../adapters/kube/recording-sink.ts';
import { ApiClient } from '../kube-api/api-client.ts';
import { definitionsPath } from '../kube-api/fixtures.ts';

export interface WatchedServer {
  readonly server: string;
  readonly token: string;
  readonly certificate: string;
  /** The API server goes away, and comes back with what it stored. */
  readonly restart?: () => Promise<void>;
}

interface Following {
  readonly kind?: readonly [apiVersion: string, kind: string];
  readonly options?: FollowOptions;
  readonly token?: string;
  readonly limits?: KubeWatcherOptions;
  readonly reader?: (reader: ClusterReader) => ClusterReader;
}

const pageSize = 2;
const gadgets = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'gadgets.watch.test.example' },
  spec: {
    group: 'watch.test.example',
    scope: 'Namespaced',
    names: { plural: 'gadgets', singular: 'gadget', kind: 'Gadget', listKind: 'GadgetList' },
    versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: { type: 'object' } } }],
  },
};

/** Keeps the names that are there, beside the record of what was told. */
class NameSink extends RecordingSink {
  readonly names = new Set<string>();

  override replaced(objects: Parameters<RecordingSink['replaced']>[0]): void {
    this.names.clear();
    for (const { metadata } of objects) {
      this.names.add(metadata.name);
    }
    super.replaced(objects);
  }

  override put(object: Parameters<RecordingSink['put']>[0]): void {
    this.names.add(object.metadata.name);
    super.put(object);
  }

  override gone(object: Parameters<RecordingSink['gone']>[0]): void {
    this.names.delete(object.metadata.name);
    super.gone(object);
  }

  async untilThereAre(...names: readonly string[]): Promise<void> {
    const wanted = names.join(',');
    await this.until(() => [...this.names].toSorted().join(',') === wanted);
  }
}

/** The first list is empty and of the server's first days. */
function fromLongAgo(reader: ClusterReader): ClusterReader {
  let lists = 0;
  return {
    description: reader.description,
    serverVersion: async (signal) => reader.serverVersion(signal),
    findKind: async (apiVersion, kind, signal) => reader.findKind(apiVersion, kind, signal),
    get: async (apiVersion, id, signal) => reader.get(apiVersion, id, signal),
    dryRunApply: async (object, options, signal) => reader.dryRunApply(object, options, signal),
    list: async (apiVersion, kind, options, signal) => {
      lists += 1;
      return lists === 1 ? { items: [], resourceVersion: '1' } : reader.list(apiVersion, kind, options, signal);
    },
  };
}

/**
 * The port ClusterWatcher against one control plane; each case has a namespace of its own. `restarts`: the server can be
 * restarted, and what that does is looked at too.
 */
export function clusterWatchContract(open: () => WatchedServer | Promise<WatchedServer>, restarts: boolean): void {
  let target: WatchedServer;
  let api: ApiClient;
  let namespace = '';
  let cases = 0;
  let stopping: AbortController;
  let ended: Promise<unknown>[];

  beforeAll(async () => {
    target = await open();
    api = new ApiClient(target.server, target.token, target.certificate);
  });
  beforeEach(async () => {
    cases += 1;
    namespace = `watch-${cases}`;
    stopping = new AbortController();
    ended = [];
    const body = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } };
    expect((await api.call({ method: 'POST', path: '/api/v1/namespaces', body })).code).toBe(201);
  });
  afterEach(async () => {
    stopping.abort();
    await Promise.all(ended);
  });
  afterAll(() => {
    api.close();
  });

  function follow({ kind = ['v1', 'Secret'], options, token, limits, reader }: Following = {}): NameSink {
    const access = {
      description: 'test',
      server: new URL(target.server),
      ca: target.certificate,
      verifyCertificate: true,
      serverName: undefined,
      credentials: fixedCredentials({
        headers: { authorization: `Bearer ${token ?? target.token}` },
        certificate: undefined,
        key: undefined,
      }),
    };
    const cluster = new KubeCluster(access, { pageSize });
    const parts = { reader: reader?.(cluster) ?? cluster, clock: systemClock, random: (): number => 0 };
    const watcher = new KubeWatcher(access, parts, limits);
    const sink = new NameSink();
    const following = watcher.follow(...kind, options ?? { namespace }, sink, stopping.signal).finally(() => {
      cluster.close();
      watcher.close();
    });
    ended.push(following);
    return sink;
  }

  const secrets = (where = namespace): string => `/api/v1/namespaces/${where}/secrets`;

  async function make(name: string, labels: { readonly [key: string]: string } = {}): Promise<void> {
    const body = { apiVersion: 'v1', kind: 'Secret', metadata: { name, labels }, stringData: { x: '1' } };
    expect((await api.call({ method: 'POST', path: secrets(), body })).code).toBe(201);
  }

  async function relabel(name: string, labels: { readonly [key: string]: string | null }): Promise<void> {
    const type = 'application/merge-patch+json';
    const body = { metadata: { labels } };
    expect((await api.call({ method: 'PATCH', path: `${secrets()}/${name}`, body, type })).code).toBe(200);
  }

  async function remove(name: string): Promise<void> {
    expect((await api.call({ method: 'DELETE', path: `${secrets()}/${name}` })).code).toBe(200);
  }

  it('tells all there is, over several pages, and then each change in its order', async () => {
    for (const name of ['a', 'b', 'c', 'd', 'e']) {
      await make(name);
    }
    const sink = follow();
    await sink.until(({ heardOf }) => heardOf.includes('heard'));
    await make('f');
    await relabel('a', { x: 'y' });
    await remove('b');
    await sink.untilThereAre('a', 'c', 'd', 'e', 'f');
    const kinds = sink.told.map((entry) => entry.split('@')[0]);
    expect(kinds).toEqual(['replaced a,b,c,d,e', 'put f', 'put a', 'gone b']);
  });

  it('tells only of what labels select: what no longer fits is gone, what fits now is put', async () => {
    await make('a', { app: 'x' });
    await make('b');
    const sink = follow({ options: { namespace, labelSelector: 'app in (x)' } });
    await sink.untilThereAre('a');
    await relabel('b', { app: 'x' });
    await sink.untilThereAre('a', 'b');
    await relabel('a', { app: null });
    await sink.untilThereAre('b');
    await remove('b');
    await sink.untilThereAre();
  });

  it('follows all namespaces where none is named, and none but the one that is', async () => {
    const [everywhere, here] = [follow({ options: { labelSelector: `in=${namespace}` } }), follow()];
    await Promise.all([everywhere, here].map(async (sink) => sink.until(({ told }) => told.length === 1)));
    const body = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'far', labels: { in: namespace } } };
    await api.call({ method: 'POST', path: secrets('default'), body });
    await make('near', { in: namespace });
    await everywhere.untilThereAre('far', 'near');
    await here.untilThereAre('near');
    expect(here.told.join()).not.toContain('far');
  });

  it('goes on without a gap when the server ends the watch in its time', async () => {
    const sink = follow({ limits: { watchSeconds: 1 } });
    const heard = (): number => sink.heardOf.filter((entry) => entry === 'heard').length;
    await sink.until(() => heard() > 0);
    await make('a');
    await sink.untilThereAre('a');
    const before = heard();
    await sink.until(() => heard() > before + 1);
    await make('b');
    await sink.untilThereAre('a', 'b');
    expect(sink.told.map((entry) => entry.split(/[@ ]/u)[0])).toEqual(['replaced', 'put', 'put']);
  });

  it('comes to the present state from a version of long ago, kept by the server or not', async () => {
    await make('a');
    await make('b');
    await remove('a');
    const sink = follow({ reader: fromLongAgo });
    await sink.untilThereAre('b');
    await make('c');
    await sink.untilThereAre('b', 'c');
    expect(sink.troubles).toEqual([]);
  });

  it('says that credentials are refused, and goes on trying', async () => {
    const sink = follow({ token: 'of-nobody' });
    await sink.until(({ troubles }) => troubles.length === 2);
    expect(sink.troubles.map(({ code }) => code)).toEqual(['cluster-credentials', 'cluster-credentials']);
  });

  it('waits for a kind that is not served yet', async () => {
    const sink = follow({ kind: ['watch.test.example/v1', 'Gadget'] });
    await sink.until(({ troubles }) => troubles.length > 0);
    expect(sink.troubles[0]?.code).toBe('kind-missing');
    expect((await api.call({ method: 'POST', path: definitionsPath, body: gadgets })).code).toBe(201);
    await sink.until(({ told }) => told.includes('replaced '));
    const path = `/apis/watch.test.example/v1/namespaces/${namespace}/gadgets`;
    const body = { apiVersion: 'watch.test.example/v1', kind: 'Gadget', metadata: { name: 'a' } };
    await expect.poll(async () => (await api.call({ method: 'POST', path, body })).code, { timeout: 30_000 }).toBe(201);
    await sink.untilThereAre('a');
  });

  it('ends with a selector that the server finds invalid', async () => {
    follow({ options: { namespace, labelSelector: 'a===' } });
    const [following] = ended.splice(0);
    await expect(following).rejects.toMatchObject({ code: 'object-invalid', retry: 'never' });
  });

  if (restarts) {
    it('loses nothing over a restart of the server', async () => {
      const { restart } = target;
      if (restart === undefined) {
        throw new Error('bug: the server cannot be restarted');
      }
      await make('a');
      await make('b');
      const sink = follow();
      await sink.untilThereAre('a', 'b');
      await restart();
      await remove('a');
      await make('c');
      await sink.untilThereAre('b', 'c');
      // A server that has just started keeps nothing of what was before.
      const late = follow({ reader: fromLongAgo });
      await late.untilThereAre('b', 'c');
      expect(late.told).toEqual(['replaced ', 'replaced b,c']);
      expect(late.troubles).toEqual([]);
    });
  }
}
