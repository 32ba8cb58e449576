import { formatAddress, holdsAddress, type IpAddress } from '../../address/ip-address.ts';
import type { ServiceView } from '../service-view.ts';
import type { EventReason, ServiceEvent } from './service-events.ts';
import type { Member, Told } from './member.ts';
import type { Outcome } from './outcome.ts';

/** What is to be told of a decision that was not told before; remembers it as told. The order is MetalLB's. */
export function eventsOf(member: Member, view: ServiceView, outcome: Outcome): readonly ServiceEvent[] {
  const { told } = member;
  const added = outcome.wanted.filter((address) => !holdsAddress(member.published, address));
  const allocated = added.length === 0 ? undefined : texts(added);
  const now = {
    taken: outcome.quiet ? undefined : outcome.taken,
    failed: outcome.quiet ? undefined : outcome.refused,
    lacking: outcome.lacking,
    allocated,
  };
  member.told = now;
  const isNew = (what: keyof Told): boolean => now[what] !== undefined && now[what] !== told[what];
  const events: ServiceEvent[] = [];
  if (isNew('taken')) {
    events.push(normal('ClearAssignment', `Its addresses are taken: ${outcome.taken ?? ''}`));
  }
  if (isNew('failed')) {
    events.push(failure(view, outcome, outcome.refused ?? ''));
  }
  if (isNew('lacking')) {
    events.push(normal('AdditionalAssignFailed', `One family only: ${outcome.lacking ?? ''}`));
  }
  if (isNew('allocated')) {
    events.push(normal('IPAllocated', `Assigned IP [${String(allocated)}]`));
  }
  return view.usesOldPrefix && writes(member, outcome) && events.length > 0 ? [...events, deprecated] : events;
}

function normal(reason: EventReason, message: string): ServiceEvent {
  return { type: 'Normal', reason, message };
}

const deprecated: ServiceEvent = {
  type: 'Warning',
  reason: 'deprecatedAnnotation',
  message: 'Annotations with the prefix metallb.universe.tf/ are deprecated; use metallb.io/ instead',
};

function failure(view: ServiceView, outcome: Outcome, why: string): ServiceEvent {
  const name = `${view.namespace}/${view.name}`;
  if (view.policy === 'RequireDualStack' && view.clusterFamilies.length < 2) {
    return { type: 'Warning', reason: 'not enough clusterips', message: `${name} gets no address: ${why}` };
  }
  if (outcome.wanted.length === 0) {
    return { type: 'Warning', reason: 'AllocationFailed', message: `Failed to allocate IP for "${name}": ${why}` };
  }
  const kept = `it keeps [${texts(outcome.wanted)}]`;
  return view.request.kind === 'unusable'
    ? { type: 'Warning', reason: 'LoadBalancerFailed', message: `${name}: ${why}; ${kept}` }
    : { type: 'Warning', reason: 'AllocationFailed', message: `Failed to allocate IP for "${name}": ${why}; ${kept}` };
}

function writes(member: Member, { wanted }: Outcome): boolean {
  return wanted.length !== member.published.length || wanted.some((each) => !holdsAddress(member.published, each));
}

function texts(addresses: readonly IpAddress[]): string {
  return addresses.map((address) => `"${formatAddress(address)}"`).join(' ');
}
