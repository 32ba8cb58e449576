import type { JsonObject } from '../../domain/json.ts';
import type { MergeSchema } from '../../domain/merge/merge-schema.ts';

/** A printer column: a title and where its cell comes from (a JSON path of dots, or a function of the object). */
export interface Column {
  readonly name: string;
  readonly type: string;
  readonly jsonPath: string;
  readonly priority: number;
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
}

export function apiVersionOf(kind: ServedKind): string {
  return kind.group === '' ? kind.version : `${kind.group}/${kind.version}`;
}

/** Where objects of the kind are kept: one place whatever version they are read through. */
export function collectionOf(kind: ServedKind): string {
  return kind.group === '' ? kind.resource : `${kind.resource}.${kind.group}`;
}
