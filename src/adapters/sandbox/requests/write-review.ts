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

/**
 * Has the last word on a write: throws what its writer is told, `OpenReviews` where others have to be asked first. What it
 * gives is stored in place of the write's object: the same one, as it was when they were asked.
 */
export type ReviewWrite = (write: ReviewedWrite) => KubeObject | undefined;

/** One write that others have to be asked about. */
export interface OpenReview {
  readonly ask: () => Promise<void>;
}

/** Nothing was written yet: when everybody has been asked, the request is to be answered anew. */
export class OpenReviews extends Error {
  readonly reviews: readonly OpenReview[];

  constructor(reviews: readonly OpenReview[]) {
    super('bug: a write was not answered anew after its review');
    this.name = 'OpenReviews';
    this.reviews = reviews;
  }
}
