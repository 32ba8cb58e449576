import { formatAddress, type IpAddress } from '../../address/ip-address.ts';
import { isServedBy, serviceKey, type ServiceView } from '../../allocation/service-view.ts';
import type { AddressPlanInput } from '../address-plan-input.ts';

/** A Service through the change. */
export interface ServiceHistory {
  readonly key: string;
  readonly before: ServiceView | undefined;
  readonly after: ServiceView | undefined;
  /** Addresses in its status. */
  readonly held: readonly IpAddress[];
  /** The Service itself is written: made, edited or deleted. */
  readonly written: boolean;
}

/** Every Service that is the controller's before or after the change, sorted by namespace and name. */
export function serviceHistories(input: AddressPlanInput): readonly ServiceHistory[] {
  const { services, servicesAfter, loadBalancerClass } = input;
  const before = new Map(services.map((view) => [serviceKey(view), view]));
  const after = servicesAfter === undefined ? before : new Map(servicesAfter.map((view) => [serviceKey(view), view]));
  const isOurs = (view: ServiceView | undefined): boolean =>
    view?.isLoadBalancer === true && isServedBy(view, loadBalancerClass);
  return [...new Set([...before.keys(), ...after.keys()])]
    .map((key) => historyOf(key, before.get(key), after.get(key)))
    .filter((history) => isOurs(history.before) || isOurs(history.after))
    .toSorted((left, right) => compareNames(left.after ?? left.before, right.after ?? right.before));
}

function historyOf(key: string, before: ServiceView | undefined, after: ServiceView | undefined): ServiceHistory {
  const written = before !== after && viewText(before) !== viewText(after);
  return { key, before, after: written ? after : before, held: before?.held ?? [], written };
}

function compareNames(left: ServiceView | undefined, right: ServiceView | undefined): number {
  return (
    compareTexts(left?.namespace ?? '', right?.namespace ?? '') || compareTexts(left?.name ?? '', right?.name ?? '')
  );
}

function compareTexts(left: string, right: string): number {
  if (left === right) {
    return 0;
  }
  return left < right ? -1 : 1;
}

/** Everything that the allocation reads of a Service, beside what it holds. */
function viewText(view: ServiceView | undefined): string {
  return view === undefined
    ? ''
    : JSON.stringify([requirementText(view), view.namespace, view.labels, view.loadBalancerClass]);
}

/** What a Service requires, beside who it is: equal for Services that any pool open to both serves alike. */
export function requirementText(view: ServiceView): string {
  const { request } = view;
  const dual = view.clusterFamilies.length > 1;
  return JSON.stringify([
    view.isLoadBalancer,
    view.clusterFamilies,
    view.policy,
    dual ? view.primaryFamily : '',
    request.kind === 'addresses' ? request.addresses.map((address) => formatAddress(address)) : request,
    view.pool ?? '',
    view.sharingKey === '' ? '' : [view.sharingKey, view.backendKey, view.ports],
  ]);
}
