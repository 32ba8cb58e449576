import { Failure } from '../../../src/domain/failure.ts';
import { isJsonObject, type Json, listAt, textAt, valueAt } from '../../../src/domain/json.ts';
import { asJson, type KubeObject } from '../../../src/domain/manifest/kube-object.ts';
import { keyOf, objectKey } from '../../../src/domain/manifest/object-id.ts';
import type { ClusterReader, ClusterWriter } from '../../../src/ports/cluster.ts';
import type { ClusterWatcher, WatchSink } from '../../../src/ports/cluster-watch.ts';
import type { ObjectReplacer } from '../../../src/ports/object-replacer.ts';
import type { StatusPatch, StatusWriter } from '../../../src/ports/status-writer.ts';
import { memoryCluster, type MemoryCluster } from '../memory-cluster.ts';

/** A request of one controller: `create ConfigMap/…`, `status Service/…`. */
export interface SentRequest {
  readonly verb: string;
  readonly target: string;
}

/** How one controller reaches the cluster, with a place for faults of its own. */
export interface Reach extends ClusterReader, ClusterWriter, ObjectReplacer, StatusWriter, ClusterWatcher {
  readonly sent: SentRequest[];
  /** Throwing here fails the request before it has acted. */
  before: (request: SentRequest) => void;
  /** Throwing here loses the answer after the request has acted. */
  after: (request: SentRequest) => void;
  /** While true, what happens isn't told to the watches; it comes in order when it is false again. */
  isDeaf: boolean;
  /** As `isDeaf`, for one kind alone. */
  deafTo: string | undefined;
}

/** A cluster in memory that tells what happens, and keeps book of addresses that two Services hold at once. */
export interface LiveCluster {
  readonly memory: MemoryCluster;
  readonly doubled: string[];
  reach(): Reach;
  put(object: KubeObject): KubeObject;
  remove(object: KubeObject): void;
  services(): readonly KubeObject[];
}

interface Watch {
  readonly kind: string;
  readonly reach: Reach;
  readonly sink: WatchSink;
  readonly held: { readonly type: 'put' | 'gone'; readonly object: KubeObject }[];
}

export function addressesOf(service: KubeObject): readonly string[] {
  return listAt(asJson(service), 'status', 'loadBalancer', 'ingress').flatMap((entry) => textAt(entry, 'ip') ?? []);
}

export function liveCluster(): LiveCluster {
  const memory = memoryCluster();
  const watches = new Set<Watch>();
  const doubled: string[] = [];
  // No object of a real server has the first version.
  memory.put({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'metallb-system' } });

  function services(): readonly KubeObject[] {
    return [...memory.objects.values()].filter(({ kind }) => kind === 'Service');
  }
  function checkDoubled(): void {
    const seen = new Map<string, string>();
    for (const service of services()) {
      for (const address of addressesOf(service)) {
        const other = seen.get(address);
        if (other !== undefined) {
          doubled.push(`${address}: ${other} and ${service.metadata.name}`);
        }
        seen.set(address, service.metadata.name);
      }
    }
  }
  function tell(type: 'put' | 'gone', object: KubeObject): void {
    for (const watch of watches) {
      if (watch.kind === object.kind) {
        watch.held.push({ type, object });
      }
    }
    if (object.kind === 'Service') {
      checkDoubled();
    }
    setImmediate(flush);
  }
  function flush(): void {
    for (const { kind, reach, sink, held } of watches) {
      for (const { type, object } of reach.isDeaf || reach.deafTo === kind ? [] : held.splice(0)) {
        sink[type](object);
      }
    }
  }
  function put(object: KubeObject): KubeObject {
    const stored = memory.put(object);
    tell('put', stored);
    return stored;
  }
  function remove(object: KubeObject): void {
    const live = memory.objects.get(keyOf(object));
    if (live !== undefined) {
      memory.objects.delete(keyOf(object));
      // A deletion has a version of its own.
      const last = memory.put({ ...live, metadata: { ...live.metadata, name: `${live.metadata.name}-gone` } });
      memory.objects.delete(keyOf(last));
      const { resourceVersion = '' } = last.metadata;
      tell('gone', { ...live, metadata: { ...live.metadata, resourceVersion } });
    }
  }
  function patchStatus(patch: StatusPatch): KubeObject {
    const live = memory.objects.get(objectKey(patch.id));
    if (live === undefined) {
      throw new Failure({ code: 'object-not-found', retry: 'later', message: 'it is not there' });
    }
    const isOther = patch.uid !== live.metadata.uid;
    if (isOther || (patch.resourceVersion ?? live.metadata.resourceVersion) !== live.metadata.resourceVersion) {
      throw new Failure({ code: 'object-changed', retry: 'later', message: 'the object has been modified' });
    }
    const annotations = merged({ ...live.metadata.annotations }, patch.annotations ?? {});
    const next = {
      ...live,
      metadata: { ...live.metadata, annotations: annotations as { [name: string]: string } },
      status: merged(valueAt(asJson(live), 'status'), patch.status),
    };
    return JSON.stringify(next) === JSON.stringify({ ...live, metadata: { annotations: {}, ...live.metadata } })
      ? live
      : put(next);
  }

  async function told(object: KubeObject, write: () => Promise<KubeObject>): Promise<KubeObject> {
    const before = memory.objects.get(keyOf(object));
    const after = await write();
    if (after !== before) {
      tell('put', after);
    }
    return after;
  }

  function reach(): Reach {
    const sent: SentRequest[] = [];
    async function request<T>(verb: string, target: string, act: () => T | Promise<T>): Promise<T> {
      const one = { verb, target };
      sent.push(one);
      await Promise.resolve();
      own.before(one);
      const result = await act();
      own.after(one);
      return result;
    }
    const own: Reach = {
      sent,
      before: () => undefined,
      after: () => undefined,
      isDeaf: false,
      deafTo: undefined,
      description: 'a cluster in memory',
      serverVersion: (signal) => memory.serverVersion(signal),
      findKind: (apiVersion, kind, signal) => memory.findKind(apiVersion, kind, signal),
      dryRunApply: (object, options, signal) => memory.dryRunApply(object, options, signal),
      list: (apiVersion, kind, options, signal) =>
        request('list', kind, async () => {
          const list = await memory.list(apiVersion, kind, options, signal);
          const name = options.fieldSelector?.replace('metadata.name=', '');
          return { ...list, items: list.items.filter(({ metadata }) => name === undefined || metadata.name === name) };
        }),
      get: (apiVersion, id, signal) => request('get', objectKey(id), () => memory.get(apiVersion, id, signal)),
      apply: (object, options, signal) =>
        request('apply', keyOf(object), () => told(object, () => memory.apply(object, options, signal))),
      create: (object, signal) =>
        request('create', keyOf(object), () => told(object, () => memory.create(object, signal))),
      replace: (object, fence, signal) =>
        request('replace', keyOf(object), () => told(object, () => memory.replace(object, fence, signal))),
      delete: (apiVersion, id, options, signal) =>
        request('delete', objectKey(id), async () => {
          const before = memory.objects.get(objectKey(id));
          await memory.delete(apiVersion, id, options, signal);
          if (before !== undefined) {
            tell('gone', before);
          }
        }),
      patchStatus: (patch) => request('status', objectKey(patch.id), () => patchStatus(patch)),
      follow: async (apiVersion, kind, options, sink, signal) => {
        const list = await memory.list(apiVersion, kind, options, signal);
        const watch: Watch = { kind, reach: own, sink, held: [] };
        sink.replaced(list.items, list.resourceVersion);
        watches.add(watch);
        await new Promise<void>((resolve) => {
          signal.addEventListener('abort', () => {
            watches.delete(watch);
            resolve();
          });
        });
      },
    };
    return own;
  }
  return { memory, doubled, reach, put, remove, services };
}

/** RFC 7386, without which an absent field would not go. */
function merged(target: Json | undefined, patch: Json): Json {
  if (!isJsonObject(patch)) {
    return patch;
  }
  const result: { [field: string]: Json } = { ...(isJsonObject(target) ? target : {}) };
  for (const [field, value] of Object.entries(patch)) {
    if (value === null) {
      delete result[field];
    } else {
      result[field] = merged(result[field], value);
    }
  }
  return result;
}
