import type { KubeObject } from '../manifest/kube-object.ts';
import type { ObjectKey } from '../manifest/object-id.ts';

/** Addresses that one pool gives up and another one takes. */
export interface PoolMove {
  readonly from: string;
  readonly to: string;
  /** The addresses as ranges in their shortest text. */
  readonly ranges: string;
}

/**
 * Changes of pools that belong together because addresses go from one to the other. MetalLB keeps every address as long
 * as some pool holds it, and keeps its whole configuration while two pools overlap; so who takes is written before who
 * gives, one after the other. In between its configuration is stale by nature.
 */
export interface Transition {
  readonly moves: readonly PoolMove[];
  /** The pools in the order in which they are written or deleted. */
  readonly order: readonly ObjectKey[];
  /**
   * Advertisements as they stand meanwhile: they speak for the pools of before and of after, so that no address is
   * unadvertised while it changes its pool. Afterwards they are written as planned.
   */
  readonly widened: readonly KubeObject[];
  /** Names of pools that are deleted on the way, because others hold their addresses. */
  readonly replaced: readonly string[];
  /** Those of them whose every Service keeps its address, by the prediction. */
  readonly handed: ReadonlySet<ObjectKey>;
  /** Why the cluster does not take the overlap, in its own words; absent: it does, or could not be asked. */
  readonly refusal?: string;
}
