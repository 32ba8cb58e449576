import { takenBecause } from '../../allocation/converge.ts';
import { Ledger } from '../../allocation/ledger.ts';
import { admits, type AllocationPool, commonOwner } from '../../allocation/pool-config.ts';
import { poolContains } from '../../pool/pool-addresses.ts';
import type { ServiceView } from '../../allocation/service-view.ts';
import type { Change } from './change.ts';
import type { ServiceHistory } from './service-history.ts';

const nobody = new Ledger();

/**
 * True where nothing in the change can touch what the Service holds: its pool holds and admits it at every stage, and the
 * controller has nothing to add or to correct. Whether somebody else holds the same is not looked at.
 */
export function isSteady(change: Change, service: ServiceHistory): boolean {
  const { after, held } = service;
  if (service.written || after === undefined || held.length === 0 || addsFamily(after)) {
    return false;
  }
  const { config, orders } = change.input.restart === true ? change.after : change.before;
  const owner = commonOwner(config, held);
  if (owner === undefined || takenBecause({ config, orders, ledger: nobody }, after, held, owner) !== undefined) {
    return false;
  }
  const history = change.pools.get(owner.name);
  if (history === undefined || history.steady) {
    return history !== undefined;
  }
  return history.stages.every((_, stage) =>
    [false, true].every((relabelled) => serves(change, history.at(stage, relabelled), after)),
  );
}

/** With PreferDualStack the controller tries at every look to add what is missing, or to take what is too much. */
function addsFamily(service: ServiceView): boolean {
  return service.policy === 'PreferDualStack' && (service.held.length === 1 || service.clusterFamilies.length === 1);
}

function serves(change: Change, pool: AllocationPool | undefined, service: ServiceView): boolean {
  return (
    pool !== undefined &&
    admits(pool, service, change.input.profile) &&
    service.held.every((address) => poolContains(pool.view.addresses, address))
  );
}
