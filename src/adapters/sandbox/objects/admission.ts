import { admittedDefinition } from '../../../domain/crd/definition/admitted-definition.ts';
import { isJsonObject } from '../../../domain/json.ts';
import type { Json, JsonObject } from '../../../domain/json.ts';
import { admittedPod } from '../../../domain/object-rules/pod/pod-admission.ts';
import {
  admittedBinding,
  admittedLease,
  admittedNamespace,
} from '../../../domain/object-rules/small-kind-admission.ts';
import {
  admittedDaemonSet,
  admittedDeployment,
  admittedReplicaSet,
} from '../../../domain/object-rules/workload/workload-admission.ts';
import { admitService } from './service-admission.ts';
import type { ServiceRanges } from './service-ranges.ts';

type Admission = (object: JsonObject, live: JsonObject | undefined, ranges: ServiceRanges) => JsonObject;

const byKind: { readonly [kind: string]: Admission } = {
  Namespace: admittedNamespace,
  Secret: admitSecret,
  Service: admitService,
  Deployment: admittedDeployment,
  DaemonSet: admittedDaemonSet,
  ReplicaSet: admittedReplicaSet,
  Pod: admittedPod,
  Lease: admittedLease,
  RoleBinding: admittedBinding,
  ClusterRoleBinding: admittedBinding,
  CustomResourceDefinition: admittedDefinition,
};

/** What a built-in kind adds to an object beyond the defaults of its schema. `live` is the object before the write. */
export function admit(
  kind: string,
  object: JsonObject,
  live: JsonObject | undefined,
  ranges: ServiceRanges,
): JsonObject {
  const admission = Object.hasOwn(byKind, kind) ? byKind[kind] : undefined;
  return admission === undefined ? object : admission(object, live, ranges);
}

function admitSecret({ stringData, ...object }: JsonObject): JsonObject {
  if (!isJsonObject(stringData)) {
    return object;
  }
  const data: { [key: string]: Json } = isJsonObject(object['data']) ? { ...object['data'] } : {};
  for (const [key, text] of Object.entries(stringData)) {
    data[key] = Buffer.from(typeof text === 'string' ? text : '').toString('base64');
  }
  return { ...object, data };
}
