import type { JsonObject } from '../../../domain/json.ts';
import { decodeMessage } from './message-decoder.ts';
import { BrokenMessage, WireReader, bytesType } from './wire-reader.ts';

/** Every body begins with these four bytes; the envelope follows. */
const magic = Buffer.from('k8s\0', 'latin1');

/** The message of each kind that can be read, by apiVersion. */
const messages: { readonly [apiVersion: string]: readonly string[] } = {
  v1: ['Namespace', 'Node', 'Pod', 'Service', 'ServiceAccount', 'ConfigMap', 'Secret', 'Event', 'DeleteOptions'],
  'meta.k8s.io/v1': ['DeleteOptions'],
  'apps/v1': ['Deployment', 'DaemonSet', 'ReplicaSet'],
  'rbac.authorization.k8s.io/v1': ['Role', 'RoleBinding', 'ClusterRole', 'ClusterRoleBinding'],
  'discovery.k8s.io/v1': ['EndpointSlice'],
  'coordination.k8s.io/v1': ['Lease'],
  'policy/v1': ['PodDisruptionBudget', 'Eviction'],
  'autoscaling/v1': ['Scale'],
  'authentication.k8s.io/v1': ['TokenRequest', 'TokenReview', 'SelfSubjectReview'],
  'authorization.k8s.io/v1': [
    'SelfSubjectAccessReview',
    'SubjectAccessReview',
    'LocalSubjectAccessReview',
    'SelfSubjectRulesReview',
  ],
  'admissionregistration.k8s.io/v1': [
    'ValidatingAdmissionPolicy',
    'ValidatingAdmissionPolicyBinding',
    'ValidatingWebhookConfiguration',
  ],
};

/** An object sent as protobuf (`application/vnd.kubernetes.protobuf`). Undefined for a kind without a table. Throws BrokenMessage. */
export function decodeObject(body: Uint8Array): JsonObject | undefined {
  if (Buffer.compare(body.subarray(0, magic.length), magic) !== 0) {
    throw new BrokenMessage(
      `provided data does not appear to be a protobuf message, expected prefix [${[...magic].join(' ')}]`,
    );
  }
  const { apiVersion, kind, raw } = readEnvelope(body.subarray(magic.length));
  const isKnown = Object.hasOwn(messages, apiVersion) && messages[apiVersion]?.includes(kind) === true;
  return isKnown ? { apiVersion, kind, ...decodeMessage(raw, kind) } : undefined;
}

interface Envelope {
  readonly apiVersion: string;
  readonly kind: string;
  readonly raw: Uint8Array;
}

/** `runtime.Unknown`: the type in field 1 (apiVersion and kind), the object in field 2. */
function readEnvelope(bytes: Uint8Array): Envelope {
  if (bytes.length === 0) {
    throw new BrokenMessage('empty body');
  }
  const fields = bytesFields(bytes);
  const type = bytesFields(fields.get(1) ?? new Uint8Array());
  const text = (number: number): string => new TextDecoder().decode(type.get(number) ?? new Uint8Array());
  return { apiVersion: text(1), kind: text(2), raw: fields.get(2) ?? new Uint8Array() };
}

function bytesFields(bytes: Uint8Array): ReadonlyMap<number, Uint8Array> {
  const fields = new Map<number, Uint8Array>();
  const reader = new WireReader(bytes);
  while (!reader.isAtEnd) {
    const { number, type } = reader.tag();
    if (type === bytesType) {
      fields.set(number, reader.bytes());
    } else {
      reader.skip(type);
    }
  }
  return fields;
}
