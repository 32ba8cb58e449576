import { formatAddress, holdsAddress, type IpAddress, sameAddress } from '../../address/ip-address.ts';
import type { ServiceView } from '../service-view.ts';
import type { EventReason, ServiceEvent } from './service-events.ts';
import type { Member, Told } from './member.ts';
import type { Outcome } from './outcome.ts';

/** What is to be told of a decision that was not told before; remembers it as told. The order is MetalLB's. */
export function eventsOf(member: Member, view: ServiceView, outcome: Outcome): readonly ServiceEvent[] {
  const { told } = member;
  const { wanted, taken, refused, lacking, quiet } = outcome;
  const now: Told = {
    allocated: addedTo(member.published, wanted),
    taken: quiet ? undefined : taken,
    failed: quiet ? undefined : refused,
    lacking,
  };
  member.told = now;
  const events: ServiceEvent[] = [];
  if (now.taken !== undefined && now.taken !== told.taken) {
    events.push(normal('ClearAssignment', `Its addresses are taken: ${now.taken}`));
  }
  if (now.failed !== undefined && now.failed !== told.failed) {
    events.push(failure(view, outcome, now.failed));
  }
  if (lacking !== undefined && lacking !== told.lacking) {
    events.push(normal('AdditionalAssignFailed', `One family only: ${lacking}`));
  }
  if (now.allocated.length > 0 && !areSame(now.allocated, told.allocated)) {
    events.push(normal('IPAllocated', `Assigned IP [${texts(now.allocated)}]`));
  }
  return view.usesOldPrefix && writes(member, outcome) && events.length > 0 ? [...events, deprecated] : events;
}

function addedTo(published: readonly IpAddress[], wanted: readonly IpAddress[]): readonly IpAddress[] {
  return published.length === 0 ? wanted : wanted.filter((address) => !holdsAddress(published, address));
}

function areSame(left: readonly IpAddress[], right: readonly IpAddress[]): boolean {
  return (
    left.length === right.length &&
    left.every((address, index) => {
      const other = right[index];
      return other !== undefined && sameAddress(address, other);
    })
  );
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
