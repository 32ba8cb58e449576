import { Failure, FieldConflictFailure } from '../../src/domain/failure.ts';
import { fieldManager } from '../../src/domain/identity.ts';
import { mergeSchemaFor } from '../../src/domain/merge/kind-schemas.ts';
import { mergeApply } from '../../src/domain/merge/merge-apply.ts';
import { listAt } from '../../src/domain/json.ts';
import { asJson, type KubeObject } from '../../src/domain/manifest/kube-object.ts';
import { groupOf, keyOf, objectKey, versionOf, type ObjectKey } from '../../src/domain/manifest/object-id.ts';
import type { ApplyOptions, ClusterReader, ClusterWriter } from '../../src/ports/cluster.ts';
import type { ObjectReplacer } from '../../src/ports/object-replacer.ts';
import type { PodReader } from '../../src/ports/pod-reader.ts';

/** One request as a test sees it. */
export interface Request {
  readonly verb: 'get' | 'list' | 'dry-run' | 'apply' | 'create' | 'replace' | 'delete';
  readonly target: string;
}

/** A cluster in memory: real server-side apply, optimistic fences, and a hook before and after each request. */
export interface MemoryCluster extends ClusterReader, ClusterWriter, ObjectReplacer, PodReader {
  readonly requests: Request[];
  readonly objects: Map<ObjectKey, KubeObject>;
  /** Throwing here fails the request before it has acted. */
  before: (request: Request) => void;
  /** Throwing here loses the answer after the request has acted. */
  after: (request: Request) => void;
  /** Writes as somebody else: any object as given, a new resourceVersion. */
  put(object: KubeObject): KubeObject;
  served: (apiVersion: string, kind: string) => boolean;
  /** What a pod answers; it may throw. */
  pages: (pod: string) => string;
}

const time = '2026-01-01T00:00:00Z';

function changed(): Failure {
  return new Failure({ code: 'object-changed', retry: 'later', message: 'the object has been modified' });
}

export function memoryCluster(): MemoryCluster {
  const objects = new Map<ObjectKey, KubeObject>();
  const requests: Request[] = [];
  let counter = 0;

  function store(object: KubeObject): KubeObject {
    counter += 1;
    const before = objects.get(keyOf(object));
    const uid = before?.metadata.uid ?? object.metadata.uid ?? `uid-${counter}`;
    const stored = { ...object, metadata: { ...object.metadata, uid, resourceVersion: String(counter) } };
    objects.set(keyOf(object), stored);
    return stored;
  }
  function merged(object: KubeObject, options: ApplyOptions): KubeObject {
    const live = objects.get(keyOf(object));
    // As the API server has it: without a uid, an object that is absent is made, whatever version was asked for.
    const version = options.resourceVersion;
    const moved = version !== undefined && live !== undefined && version !== live.metadata.resourceVersion;
    if ((options.uid !== undefined && options.uid !== live?.metadata.uid) || moved) {
      throw changed();
    }
    const schema = mergeSchemaFor(object.apiVersion, object.kind, []);
    const result = mergeApply({ live, applied: object, manager: fieldManager, force: false, schema, time });
    if (result.object === undefined) {
      const conflicts = result.conflicts.map(({ manager, field }) => ({ manager, field }));
      throw new FieldConflictFailure({ message: 'conflict', conflicts });
    }
    return result.object;
  }
  async function request<T>(one: Request, act: () => T): Promise<T> {
    await Promise.resolve();
    cluster.before(one);
    requests.push(one);
    const result = act();
    cluster.after(one);
    return result;
  }
  function needServed(apiVersion: string, kind: string): void {
    if (!cluster.served(apiVersion, kind)) {
      throw new Failure({ code: 'kind-missing', retry: 'later', message: `${apiVersion} ${kind} is not served` });
    }
  }
  const cluster: MemoryCluster = {
    description: 'a cluster in memory',
    objects,
    requests,
    before: () => undefined,
    after: () => undefined,
    served: () => true,
    pages: () => {
      throw new Failure({ code: 'pod-unreachable', retry: 'later', message: 'no pod runs in memory' });
    },
    podText: async ({ name }) => Promise.resolve(cluster.pages(name)),
    put: store,
    serverVersion: async () => Promise.resolve('v1.35.4'),
    findKind: async (apiVersion, kind) =>
      Promise.resolve(
        cluster.served(apiVersion, kind)
          ? { group: groupOf(apiVersion), version: versionOf(apiVersion), kind, resource: `${kind}s`, namespaced: true }
          : undefined,
      ),
    list: async (apiVersion, kind, options) =>
      request({ verb: 'list', target: kind }, () => {
        needServed(apiVersion, kind);
        const selectors = (options.labelSelector ?? '').split(',').filter((part) => part !== '');
        const items = [...objects.values()].filter(
          (object) =>
            object.kind === kind &&
            (options.namespace === undefined || object.metadata.namespace === options.namespace) &&
            selectors.every((selector) => {
              const [name = '', value] = selector.split('=');
              return object.metadata.labels?.[name] === value;
            }),
        );
        return { items, resourceVersion: String(counter) };
      }),
    get: async (apiVersion, id) =>
      request({ verb: 'get', target: objectKey(id) }, () => {
        needServed(apiVersion, id.kind);
        return objects.get(objectKey(id));
      }),
    dryRunApply: async (object, options) =>
      request({ verb: 'dry-run', target: keyOf(object) }, () => merged(object, options)),
    apply: async (object, options) =>
      request({ verb: 'apply', target: keyOf(object) }, () => {
        options.limit?.beforeSend();
        needServed(object.apiVersion, object.kind);
        const result = merged(object, options);
        const same = JSON.stringify(objects.get(keyOf(object))) === JSON.stringify(result);
        return same ? result : store(result);
      }),
    create: async (object) =>
      request({ verb: 'create', target: keyOf(object) }, () => {
        needServed(object.apiVersion, object.kind);
        if (objects.has(keyOf(object))) {
          throw new Failure({ code: 'object-conflict', retry: 'later', message: 'the object exists already' });
        }
        return store(object);
      }),
    replace: async (object, { uid, resourceVersion }) =>
      request({ verb: 'replace', target: keyOf(object) }, () => {
        needServed(object.apiVersion, object.kind);
        const live = objects.get(keyOf(object));
        if (live === undefined || live.metadata.uid !== uid || live.metadata.resourceVersion !== resourceVersion) {
          throw changed();
        }
        const next = { ...object, metadata: { ...object.metadata, uid, resourceVersion } };
        return JSON.stringify(next) === JSON.stringify(live) ? live : store(next);
      }),
    delete: async (_apiVersion, id, options) =>
      request({ verb: 'delete', target: objectKey(id) }, () => {
        options.limit?.beforeSend();
        const live = objects.get(objectKey(id));
        // As the API server has it: without a uid, an object that is absent is made, whatever version was asked for.
        const version = options.resourceVersion;
        const moved = version !== undefined && live !== undefined && version !== live.metadata.resourceVersion;
        if (live !== undefined && (options.uid !== live.metadata.uid || moved)) {
          throw changed();
        }
        if (live !== undefined && listAt(asJson(live), 'metadata', 'finalizers').length > 0) {
          store({ ...live, metadata: { ...live.metadata, deletionTimestamp: time } });
        } else {
          objects.delete(objectKey(id));
        }
      }),
  };
  return cluster;
}
