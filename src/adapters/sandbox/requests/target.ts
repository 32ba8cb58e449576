import type { ServiceFamily } from '../../../domain/object-rules/service/service-families.ts';
import type { ObjectStore } from '../objects/object-store.ts';
import type { ServedKind } from '../kinds/served-kind.ts';

/** Where an object stands; `namespace` is '' for cluster scope. */
export interface Target {
  readonly kind: ServedKind;
  readonly namespace: string;
  readonly name: string;
}

export interface WriterSettings {
  readonly store: ObjectStore;
  /** RFC 3339 to the second. */
  readonly timestamp: () => string;
  readonly newUid: () => string;
  /** Of the addresses that Services may have, the preset one first. */
  readonly families: readonly ServiceFamily[];
}
