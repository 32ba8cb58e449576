import type { AddressPlan } from './address-plan.ts';
import type { AddressPlanInput } from './address-plan-input.ts';

/** What a change does to every Service and pool. Pure: equal inputs give equal plans. */
export function planAddresses(input: AddressPlanInput): AddressPlan {
  const { services } = input;
  if (services.length > 0) {
    throw new Error('bug: not decided yet');
  }
  return { services: [], pools: [], exact: true, notes: [] };
}
