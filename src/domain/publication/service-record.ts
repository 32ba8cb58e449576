import { formatAddress, holdsAddress, type IpAddress } from '../address/ip-address.ts';
import type { HeldService } from '../allocation/native/member.ts';
import { decodeService, serviceKey, type ServiceView } from '../allocation/service-view.ts';
import { isJsonObject, type JsonObject, listAt, textAt } from '../json.ts';
import { asJson, type KubeObject } from '../manifest/kube-object.ts';
import { addressCondition, toldReason } from './address-condition.ts';

/** Written beside the addresses: the pool they are from. */
export const poolAnnotation = 'metallb.io/ip-allocated-from-pool';

/** What the controller keeps of a Service in one state: as little as it decides by, since there are thousands. */
export interface ServiceRecord {
  readonly uid: string;
  /** The state that was seen: its resourceVersion. */
  readonly version: string;
  readonly created: string;
  /** `namespace/name`. */
  readonly key: string;
  readonly view: ServiceView;
  /** Entries of status.loadBalancer.ingress as they stand. */
  readonly ingress: readonly JsonObject[];
  /** The pool that its annotation says it was served from. */
  readonly pool: string | undefined;
  /** Its status conditions, ours among them. */
  readonly conditions: readonly JsonObject[];
}

/** Reads a Service as it came from the server. */
export function serviceRecord(object: KubeObject): ServiceRecord {
  const { uid, resourceVersion, creationTimestamp, annotations } = object.metadata;
  if (uid === undefined || resourceVersion === undefined) {
    throw new Error('bug: a Service from the server has no uid or resourceVersion');
  }
  const json = asJson(object);
  const view = decodeService(object);
  return {
    uid,
    version: resourceVersion,
    created: creationTimestamp ?? '',
    key: serviceKey(view),
    view,
    ingress: listAt(json, 'status', 'loadBalancer', 'ingress').filter((entry) => isJsonObject(entry)),
    pool: annotations?.[poolAnnotation],
    conditions: listAt(json, 'status', 'conditions').filter((entry) => isJsonObject(entry)),
  };
}

/** What is told to the allocation of it. */
export function heldService(record: ServiceRecord): HeldService {
  const { view, uid, created } = record;
  return { view, uid, created, published: view.held, told: toldReason(conditionOf(record)) };
}

/** True where the Service's status holds the address. */
export function isPublished(record: ServiceRecord, address: IpAddress): boolean {
  return holdsAddress(record.view.held, address);
}

/** Our condition on it, where there is one. */
export function conditionOf(record: ServiceRecord): JsonObject | undefined {
  return record.conditions.find((condition) => textAt(condition, 'type') === addressCondition);
}

/** Addresses as events and conditions name them. */
export function addressTexts(addresses: readonly IpAddress[]): readonly string[] {
  return addresses.map((address) => formatAddress(address));
}
