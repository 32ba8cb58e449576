import { Failure, FieldConflictFailure } from '../../domain/failure.ts';
import type { Json } from '../../domain/json.ts';
import { fieldManager } from '../../domain/identity.ts';
import type { KubeObject } from '../../domain/manifest/kube-object.ts';
import { mergeSchemaFor } from '../../domain/merge/kind-schemas.ts';
import { conflictMessage, mergeApply } from '../../domain/merge/merge-apply.ts';
import { groupOf, keyOf, kindKey, objectIdOf, objectKey } from '../../domain/manifest/object-id.ts';
import type { ObjectId } from '../../domain/manifest/object-id.ts';
import { decodeSnapshot, listHolds } from '../../domain/snapshot/decode-snapshot.ts';
import type { Snapshot, SnapshotMetalLb } from '../../domain/snapshot/snapshot.ts';
import type { ApiKind, ApplyOptions, ClusterReader, ListOptions, ObjectList } from '../../ports/cluster.ts';
import { matchesSelectors } from './selection.ts';
import { snapshotKind } from './snapshot-kinds.ts';

/** A cluster as a file kept it, and what the file says of the MetalLB there. */
export interface OpenedSnapshot extends ClusterReader {
  readonly metallb: SnapshotMetalLb | undefined;
}

/**
 * A cluster as a file kept it: a snapshot of our format, or a `List` as `kubectl get … -o json` prints it. Throws
 * `snapshot-invalid` where the file is neither, is cut off, or is of a newer format.
 */
export function openSnapshot(source: string | Uint8Array, description = 'snapshot'): OpenedSnapshot {
  const text = typeof source === 'string' ? source : new TextDecoder().decode(source);
  return new SnapshotReader(readContent(text, description), description);
}

class SnapshotReader implements OpenedSnapshot {
  readonly description: string;
  readonly metallb: SnapshotMetalLb | undefined;
  readonly #content: Snapshot;
  readonly #definitions: readonly KubeObject[];

  constructor(content: Snapshot, description: string) {
    this.#content = content;
    this.metallb = content.metallb;
    this.#definitions = content.objects.filter((object) => object.kind === 'CustomResourceDefinition');
    const taken = content.takenAt === '' ? '' : ` of ${content.takenAt}`;
    this.description = `${description}${taken}`;
  }

  async serverVersion(): Promise<string> {
    return Promise.resolve(this.#content.serverVersion);
  }

  async findKind(apiVersion: string, kind: string): Promise<ApiKind | undefined> {
    return Promise.resolve(snapshotKind(apiVersion, kind, this.#content.objects));
  }

  async list(apiVersion: string, kind: string, options: ListOptions): Promise<ObjectList> {
    this.#needList(apiVersion, kind, options.namespace ?? '');
    const items = this.#content.objects.filter(
      (object) =>
        groupOf(object.apiVersion) === groupOf(apiVersion) &&
        object.kind === kind &&
        (options.namespace === undefined || object.metadata.namespace === options.namespace) &&
        matchesSelectors(object, options),
    );
    return Promise.resolve({ items, resourceVersion: '' });
  }

  async get(apiVersion: string, id: ObjectId): Promise<KubeObject | undefined> {
    this.#needList(apiVersion, id.kind, id.namespace);
    const key = objectKey(id);
    return Promise.resolve(this.#content.objects.find((object) => keyOf(object) === key));
  }

  async dryRunApply(object: KubeObject, options: ApplyOptions, signal: AbortSignal): Promise<KubeObject> {
    const live = await this.get(object.apiVersion, objectIdOf(object));
    signal.throwIfAborted();
    if (options.uid !== undefined && live?.metadata.uid !== options.uid) {
      throw new Failure({
        code: 'object-changed',
        message: `${keyOf(object)} in ${this.description} does not have uid ${options.uid}.`,
        retry: 'now',
      });
    }
    const merged = mergeApply({
      live,
      applied: object,
      manager: fieldManager,
      force: false,
      schema: mergeSchemaFor(object.apiVersion, object.kind, this.#definitions),
      time: this.#content.takenAt,
    });
    if (merged.conflicts !== undefined) {
      throw new FieldConflictFailure({
        message: `${keyOf(object)}: ${conflictMessage(merged.conflicts)}`,
        conflicts: merged.conflicts.map(({ manager, field }) => ({ manager, field })),
      });
    }
    return merged.object;
  }

  /** What a file doesn't hold is unknown, never absent. */
  #needList(apiVersion: string, kind: string, namespace: string): void {
    const { lists, objects } = this.#content;
    const group = groupOf(apiVersion);
    if (lists === undefined) {
      if (alwaysThere.has(kind) && namespace === '' && !objects.some((object) => object.kind === kind)) {
        throw missing(this.description, kind, 'every cluster has some');
      }
      return;
    }
    const list = lists.find((one) => listHolds(one, group, kind, namespace));
    if (list === undefined) {
      throw missing(this.description, kind, namespace === '' ? 'they were not taken' : `not those of ${namespace}`);
    }
    if (!list.served) {
      throw new Failure({
        code: 'kind-missing',
        retry: 'never',
        message: `The cluster of ${this.description} did not serve ${kindKey(apiVersion, kind)}.`,
      });
    }
  }
}

/** Kinds of which the smallest cluster has an object, so that none in a file means that nobody asked. */
const alwaysThere: ReadonlySet<string> = new Set(['Namespace', 'Node', 'Service', 'EndpointSlice']);

function missing(description: string, kind: string, why: string): Failure {
  return new Failure({
    code: 'snapshot-invalid',
    retry: 'never',
    message: `${description} holds no ${kind} objects: ${why}.`,
    remedy: 'Take it with `metalwave snapshot`; with --env ENV it also holds what a plan of that environment compares.',
  });
}

function readContent(text: string, description: string): Snapshot {
  const decoded = decodeSnapshot(parse(text, description));
  if (!decoded.ok) {
    throw invalid(description, decoded.reason);
  }
  return decoded.value;
}

function parse(text: string, description: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch (cause) {
    throw invalid(description, 'it is not whole JSON', cause);
  }
}

function invalid(description: string, why: string, cause?: unknown): Failure {
  return new Failure({
    code: 'snapshot-invalid',
    message: `${description} cannot be read as a snapshot: ${why}.`,
    retry: 'never',
    remedy: 'Take it again with `metalwave snapshot`, or with `kubectl get … -o json`.',
    cause,
  });
}
