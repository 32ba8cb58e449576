import type { Json } from '../json.ts';
import type { Release } from './release.ts';

/** A validation rule in CEL, as the API server runs it, with the message it answers. */
export interface CelRule {
  readonly rule: string;
  readonly message: string;
  /** First release whose API has the rule; absent: all have it. */
  readonly since?: Release;
}

/**
 * What the config asks of a value beyond the API: MetalLB's own CRDs let through values that its programs then refuse or
 * cannot even read, and the config stops those at the door.
 */
export interface Stricter {
  readonly required?: boolean;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly enum?: readonly string[];
  readonly keyPattern?: string;
}

/** What releases before `release` say of a field otherwise. */
export interface Before {
  readonly release: Release;
  readonly required?: boolean;
  readonly minimum?: number;
  readonly format?: 'int32' | 'int64';
}

interface FieldFacts {
  readonly description: string;
  /** First release that knows the field; absent: all do. */
  readonly since?: Release;
  readonly required?: boolean;
  readonly default?: Json;
  readonly examples?: readonly Json[];
  readonly rules?: readonly CelRule[];
  readonly before?: Before;
  /** An existing object refuses a change of this field: it must be deleted and made anew. */
  readonly immutable?: boolean;
  readonly config?: Stricter;
}

export interface TextField extends FieldFacts {
  readonly type: 'string';
  readonly enum?: readonly string[];
  readonly format?: 'date-time';
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
}

export interface IntegerField extends FieldFacts {
  readonly type: 'integer';
  readonly format?: 'int32' | 'int64';
  readonly minimum?: number;
  readonly maximum?: number;
}

export interface BooleanField extends FieldFacts {
  readonly type: 'boolean';
}

export interface ListField extends FieldFacts {
  readonly type: 'list';
  readonly items: Field;
  readonly minItems?: number;
  /** Who owns what under server-side apply: absent and `atomic` the list as a whole, `map` each item by its keys. */
  readonly listType?: 'atomic' | 'map';
  readonly mapKeys?: readonly string[];
}

/** A mapping with free keys, such as labels. */
export interface MapField extends FieldFacts {
  readonly type: 'map';
  readonly values: Field;
}

export interface ObjectField extends FieldFacts {
  readonly type: 'object';
  readonly fields: Fields;
  readonly mapType?: 'atomic';
  /** Name under which the config schema defines this shape once for all its uses. */
  readonly definition?: string;
}

/** One field of MetalLB's API: everything that config schema, CRD and findings need to know of it. */
export type Field = TextField | IntegerField | BooleanField | ListField | MapField | ObjectField;

export interface Fields {
  readonly [name: string]: Field;
}
