import type { AddressPlan, Advertised, PoolOutcome, ServiceOutcome } from '../address-plan/address-plan.ts';
import type { JsonObject } from '../json.ts';
import { summariseAddresses } from './address-summary.ts';
import type { PlannedAddresses } from './planned-addresses.ts';

function advertisedJson({ nodes, peers, interfaces }: Advertised): JsonObject {
  return { nodes, peers, interfaces };
}

/** `after` is there where the outcome is certain; `possible` always. */
function serviceJson(outcome: ServiceOutcome): JsonObject {
  const { namespace, name, before, after, exact, verdict, reason } = outcome;
  const [only] = after;
  return {
    namespace,
    name,
    verdict,
    before,
    ...(exact && after.length === 1 && only !== undefined ? { after: only } : {}),
    possible: after,
    exact,
    reason,
    addresses: outcome.addresses.map((one) => ({ ...one, pool: { ...one.pool } })),
    advertised: outcome.advertised.map((one) => ({
      address: one.address,
      change: one.change,
      before: advertisedJson(one.before),
      after: advertisedJson(one.after),
      reason: one.reason,
    })),
  };
}

function poolJson({ name, exists, added, removed, capacity, used }: PoolOutcome): JsonObject {
  return {
    name,
    exists: { ...exists },
    added: added.map((range) => ({ ...range })),
    removed: removed.map((range) => ({ ...range })),
    capacity: { before: { ...capacity.before }, after: { ...capacity.after } },
    used: { before: used.before, after: { ...used.after } },
  };
}

function planJson(plan: AddressPlan): JsonObject {
  return {
    state: 'predicted',
    exact: plan.exact,
    ...(plan.refused === undefined ? {} : { refused: plan.refused }),
    summary: { ...summariseAddresses(plan) },
    services: plan.services.map((outcome) => serviceJson(outcome)),
    pools: plan.pools.map((pool) => poolJson(pool)),
    notes: plan.notes,
  };
}

/** What a plan says of addresses, in its published form (schemas/plan.schema.json, definition addresses). */
export function addressesJson(addresses: PlannedAddresses): JsonObject {
  return addresses.state === 'unknown' ? { state: 'unknown', reason: addresses.reason } : planJson(addresses.plan);
}
