import type { JsonObject } from '../../../domain/json.ts';
import type { MergeSchema } from '../../../domain/merge/merge-schema.ts';

/** A printer column: a title and where its cell comes from (a JSON path of dots, or a function of the object). */
export interface Column {
  readonly name: string;
  readonly type: string;
  readonly jsonPath: string;
  readonly description: string;
  readonly priority: number;
}

export interface ScalePaths {
  readonly wanted: readonly string[];
  readonly there: readonly string[];
  readonly selector: readonly string[] | undefined;
}

export interface KindVersions {
  /** The version that objects are stored in. */
  readonly storage: string;
  readonly schemas: ReadonlyMap<string, JsonObject>;
}

/** A kind that the sandbox serves, built in or declared by a CustomResourceDefinition. */
export interface ServedKind {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly listKind: string;
  readonly resource: string;
  readonly singular: string;
  readonly shortNames: readonly string[];
  readonly namespaced: boolean;
  readonly custom: boolean;
  readonly hasStatus: boolean;
  /** Whether metadata.generation counts the changes of everything but metadata and status. */
  readonly hasGeneration: boolean;
  readonly schema: JsonObject;
  readonly mergeSchema: MergeSchema;
  readonly columns: readonly Column[];
  /** Groups of kinds that clients may ask for together, as `all`. */
  readonly categories?: readonly string[];
  /** Paths of a custom kind by which its objects can be selected, besides name and namespace. */
  readonly selectableFields?: readonly string[];
  /** Of a custom kind: every version of its definition, served or not. */
  readonly versions?: KindVersions;
  /** What clients of a deprecated version are warned of. */
  readonly deprecation?: string;
  /** Of a custom kind: where its objects say how many replicas they want and have. */
  readonly scale?: ScalePaths;
  /** Its definition is being deleted: nothing new may be made. */
  readonly isEnding?: boolean;
  /** A question that is answered and never kept: it can be created and nothing else. */
  readonly isReview?: boolean;
}

export function apiVersionOf(kind: ServedKind): string {
  return kind.group === '' ? kind.version : `${kind.group}/${kind.version}`;
}

/** Where objects of the kind are kept: one place whatever version they are read through. */
export function collectionOf(kind: ServedKind): string {
  return kind.group === '' ? kind.resource : `${kind.resource}.${kind.group}`;
}

/** Kinds of the core group that are stored under other names than their own. */
const storedAs: ReadonlyMap<string, string> = new Map([
  ['services', 'services/specs'],
  ['nodes', 'minions'],
]);

/** Where a real server keeps the objects of a kind. */
export function storageOf({ group, resource, custom }: ServedKind): string {
  return custom || group === 'apiextensions.k8s.io' ? `${group}/${resource}` : (storedAs.get(resource) ?? resource);
}
