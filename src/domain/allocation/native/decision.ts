import type { IpAddress } from '../../address/ip-address.ts';
import type { ServiceEvent } from './service-events.ts';

/** A pool that was considered for a Service that waits, and why it gives none, as the end of a sentence. */
export interface ConsideredPool {
  readonly pool: string;
  readonly why: string;
}

/** What is to become of one Service. */
export interface Decision {
  readonly uid: string;
  /** `namespace/name`. */
  readonly key: string;
  /** In the order in which its status names them. What it holds now stays its own until its status has moved on. */
  readonly wanted: readonly IpAddress[];
  readonly pool: string | undefined;
  /** Why addresses that its status names are not wanted any more, as the end of a sentence. */
  readonly taken: string | undefined;
  /** Why it does not get what it asks for, as the end of a sentence; what it holds may be kept all the same. */
  readonly refused: string | undefined;
  /** Why it holds one family where it would rather have both. */
  readonly lacking: string | undefined;
  /** Where it is refused: pools and why each gave none. */
  readonly considered: readonly ConsideredPool[];
  /** Each once for a transition. */
  readonly events: readonly ServiceEvent[];
}

/** For a Service that is gone meanwhile, and before there are pools: what it holds is left alone. */
export function undecided(uid: string, key: string, held: readonly IpAddress[]): Decision {
  return {
    uid,
    key,
    wanted: held,
    pool: undefined,
    taken: undefined,
    refused: undefined,
    lacking: undefined,
    considered: [],
    events: [],
  };
}
