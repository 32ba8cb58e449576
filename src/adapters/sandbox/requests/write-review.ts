import type { KubeObject } from '../../../domain/manifest/kube-object.ts';
import type { Target } from './target.ts';

/** A write that is merged and valid, right before it is stored. `object` undefined: a deletion; `live` undefined: a creation. */
export interface ReviewedWrite {
  readonly target: Target;
  readonly live: KubeObject | undefined;
  readonly object: KubeObject | undefined;
  readonly subresource: string;
  readonly dryRun: boolean;
}

/** Has the last word on a write: throws what its writer is told. */
export type ReviewWrite = (write: ReviewedWrite) => void;
