import { Failure, FieldConflictFailure } from '../../domain/failure.ts';
import { isJsonArray, isJsonObject, textAt, valueAt } from '../../domain/json.ts';
import type { Json, JsonObject } from '../../domain/json.ts';
import { fieldManager } from '../../domain/identity.ts';
import type { KubeObject } from '../../domain/manifest/kube-object.ts';
import { mergeSchemaFor } from '../../domain/merge/kind-schemas.ts';
import { conflictMessage, mergeApply } from '../../domain/merge/merge-apply.ts';
import { groupOf, keyOf, objectIdOf, objectKey } from '../../domain/manifest/object-id.ts';
import type { ObjectId } from '../../domain/manifest/object-id.ts';
import type { ApiKind, ApplyOptions, ClusterReader, ListOptions, ObjectList } from '../../ports/cluster.ts';
import { matchesSelectors } from './selection.ts';
import { snapshotKind } from './snapshot-kinds.ts';

/** The format written now. Files of a newer one are refused; older ones will be read as long as they exist. */
export const snapshotFormatVersion = 1;

interface SnapshotContent {
  readonly takenAt: string;
  readonly serverVersion: string;
  readonly objects: readonly KubeObject[];
}

/**
 * A cluster as a file kept it: a snapshot of our format, or a `List` as `kubectl get … -o json` prints it. Throws
 * `snapshot-invalid` where the file is neither, is cut off, or is of a newer format.
 */
export function openSnapshot(source: string | Uint8Array, description = 'snapshot'): ClusterReader {
  const text = typeof source === 'string' ? source : new TextDecoder().decode(source);
  return new SnapshotReader(readContent(text, description), description);
}

class SnapshotReader implements ClusterReader {
  readonly description: string;
  readonly #content: SnapshotContent;
  readonly #definitions: readonly KubeObject[];

  constructor(content: SnapshotContent, description: string) {
    this.#content = content;
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
    const items = this.#content.objects.filter(
      (object) =>
        groupOf(object.apiVersion) === groupOf(apiVersion) &&
        object.kind === kind &&
        (options.namespace === undefined || object.metadata.namespace === options.namespace) &&
        matchesSelectors(object, options),
    );
    return Promise.resolve({ items, resourceVersion: '' });
  }

  async get(_apiVersion: string, id: ObjectId): Promise<KubeObject | undefined> {
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
}

function readContent(text: string, description: string): SnapshotContent {
  const value = parse(text, description);
  if (!isJsonObject(value)) {
    throw invalid(description, 'it is not a JSON object');
  }
  if (textAt(value, 'kind') === 'List' || textAt(value, 'kind')?.endsWith('List') === true) {
    return { takenAt: '', serverVersion: 'unknown', objects: readObjects(value, 'items', description) };
  }
  const format = valueAt(value, 'formatVersion');
  if (typeof format !== 'number') {
    throw invalid(description, 'it has no formatVersion and is no List');
  }
  if (format > snapshotFormatVersion) {
    throw invalid(
      description,
      `it is of format ${format}, newer than ${snapshotFormatVersion}, the newest this release reads`,
    );
  }
  const takenAt = textAt(value, 'takenAt');
  const serverVersion = textAt(value, 'serverVersion');
  if (format !== snapshotFormatVersion || takenAt === undefined || serverVersion === undefined) {
    throw invalid(description, 'formatVersion, takenAt or serverVersion is missing or of the wrong type');
  }
  return { takenAt, serverVersion, objects: readObjects(value, 'objects', description) };
}

function parse(text: string, description: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch (cause) {
    throw invalid(description, 'it is not whole JSON', cause);
  }
}

function readObjects(value: JsonObject, field: string, description: string): readonly KubeObject[] {
  const items = value[field];
  if (!isJsonArray(items)) {
    throw invalid(description, `it has no list ${field}`);
  }
  // Items of a typed list (`ConfigMapList`) may leave out what the list says of all of them.
  const listKind = (textAt(value, 'kind') ?? '').replace(/List$/u, '');
  const common = listKind === '' ? {} : { apiVersion: value['apiVersion'] ?? '', kind: listKind };
  const seen = new Set<string>();
  return items.map((item, index) => {
    const object = readObject(item, common);
    if (object === undefined) {
      throw invalid(description, `${field}[${index}] has no apiVersion, kind or metadata.name`);
    }
    const key = keyOf(object);
    if (seen.has(key)) {
      throw invalid(description, `${key} stands in it twice`);
    }
    seen.add(key);
    return object;
  });
}

function readObject(item: Json, common: JsonObject): KubeObject | undefined {
  const whole = isJsonObject(item) ? { ...common, ...item } : undefined;
  const isWhole =
    whole !== undefined &&
    (textAt(whole, 'apiVersion') ?? '') !== '' &&
    (textAt(whole, 'kind') ?? '') !== '' &&
    (textAt(whole, 'metadata', 'name') ?? '') !== '';
  return isWhole ? (whole as unknown as KubeObject) : undefined;
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
