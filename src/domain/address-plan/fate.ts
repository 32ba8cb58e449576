import type { Possibilities } from './contest/explore.ts';
import type { ServiceHistory } from './contest/service-history.ts';
import type { EndList } from './end-list.ts';

/** One Service, and what may become of it. */
export interface Fate {
  readonly service: ServiceHistory;
  readonly possible: Possibilities;
  readonly list: EndList;
  /** The possibilities are all there are. */
  readonly exact: boolean;
}
