import type { IpAddress } from '../../address/ip-address.ts';
import type { Ledger } from '../../allocation/ledger.ts';
import type { PoolConfig } from '../../allocation/pool-config.ts';
import type { PoolOrders } from '../../allocation/pool-order.ts';
import type { ServiceView } from '../../allocation/service-view.ts';

/** A Service whose addresses may change, or which may change those of others. */
export interface Contender {
  readonly key: string;
  /** undefined: it does not exist yet. */
  readonly before: ServiceView | undefined;
  /** undefined: it is deleted. */
  readonly after: ServiceView | undefined;
  /** Bit of the write that turns `before` into `after`; undefined where they are one. */
  readonly write: number | undefined;
  /** Addresses in its status. */
  readonly held: readonly IpAddress[];
  /** The controller has them on its books. */
  readonly registered: boolean;
  /** Equal for Services between which the allocation sees no difference: their outcomes are the same sets. */
  readonly alike: string;
}

/** A change that reaches the cluster as one write: a pool, the namespaces, a Service, or something elsewhere. */
export interface Write {
  readonly kind: 'pool' | 'service' | 'namespaces' | 'elsewhere';
  /** Writes of a batch come in any order, after all those of lower batches. */
  readonly batch: number;
}

/** A configuration as it stands after some of the writes. */
export interface WrittenConfig {
  readonly config: PoolConfig;
  readonly orders: PoolOrders;
  /** Equal for configurations between which the controller sees no difference. */
  readonly fingerprint: string;
}

/**
 * Services that may take addresses from one another, with the pools they may have them from and the writes that matter to
 * them. Contests do not touch one another, so each is followed by itself.
 */
export interface Contest {
  readonly contenders: readonly Contender[];
  readonly writes: readonly Write[];
  /** What all Services hold that nothing here can change. */
  readonly base: Ledger;
  /** The controller starts anew: it knows nothing and looks at all Services once. */
  readonly restart: boolean;
  /** The configuration after the writes of this set of bits. */
  configAfter(written: number): WrittenConfig;
}
