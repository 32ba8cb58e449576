import { prune, withoutNulls } from '../../../domain/crd/pruning.ts';
import { typeSchema } from '../../../domain/crd/built-in-schemas.ts';
import { listAt, numberAt, textAt, valueAt } from '../../../domain/json.ts';
import type { Json } from '../../../domain/json.ts';
import type { KubeObject } from '../../../domain/manifest/kube-object.ts';
import type { Answer, ResourceRequest } from '../requests/resource-request.ts';
import type { ObjectStore } from '../objects/object-store.ts';
import type { Subresource, SubresourceParts } from '../subresources/subresource.ts';
import { StatusError, badRequest, conflict, invalid, notFound } from '../answers/status-error.ts';
import { tokenIssuer } from './account-tokens.ts';

const apiVersion = 'authentication.k8s.io/v1';
const leastSeconds = 600;
const mostSeconds = 2 ** 32;

/** Gives out a token for a service account, for some audiences, some time, and at most as long as a pod lives. */
function answerTokenRequest({ store, access }: SubresourceParts, request: ResourceRequest): Answer {
  const { path, kind, body = {} } = request;
  const name = path.name ?? '';
  const account = store.get('serviceaccounts', path.namespace ?? '', name);
  if (account === undefined) {
    throw notFound(kind, name);
  }
  const asked = withoutNulls(prune(body, typeSchema('TokenRequest')).value);
  const seconds = lifetime(request, asked);
  const given = listAt(asked, 'spec', 'audiences').filter((one) => typeof one === 'string');
  const audiences = given.length === 0 ? [tokenIssuer] : given;
  const now = Math.floor(access.now() / 1000);
  const reference = valueAt(asked, 'spec', 'boundObjectRef');
  const { namespace = '', uid = '' } = account.metadata;
  const pod = reference === undefined ? undefined : boundPod(store, request, reference);
  const token = access.tokens.issue({ namespace, name, uid, audiences, expires: now + seconds, pod }, now);
  const creationTimestamp = timeText(now);
  return {
    code: 201,
    body: {
      kind: 'TokenRequest',
      apiVersion,
      metadata: { name, namespace, uid, creationTimestamp },
      spec: { audiences, expirationSeconds: seconds, boundObjectRef: reference ?? null },
      status: { token, expirationTimestamp: timeText(now + seconds) },
    },
  };
}

function timeText(seconds: number): string {
  return `${new Date(seconds * 1000).toISOString().slice(0, 19)}Z`;
}

function lifetime({ kind }: ResourceRequest, asked: Json): number {
  const seconds = numberAt(asked, 'spec', 'expirationSeconds') ?? 3600;
  const isTooShort = seconds < leastSeconds;
  if (isTooShort || seconds > mostSeconds) {
    const limit = isTooShort ? 'less than 10 minutes' : 'larger than 2^32 seconds';
    const message = `Invalid value: ${seconds}: may not specify a duration ${limit}`;
    const type = { ...kind, group: 'authentication.k8s.io', kind: 'TokenRequest', resource: 'TokenRequest' };
    throw invalid(type, '', [{ reason: 'FieldValueInvalid', field: 'spec.expirationSeconds', message }]);
  }
  return seconds;
}

function boundPod(store: ObjectStore, request: ResourceRequest, reference: Json): { name: string; uid: string } {
  const kind = textAt(reference, 'kind') ?? '';
  const name = textAt(reference, 'name') ?? '';
  if (kind !== 'Pod') {
    throw badRequest(`cannot bind token for serviceaccount to object of type v1, Kind=${kind}`);
  }
  const pod: KubeObject | undefined = store.get('pods', request.path.namespace ?? '', name);
  if (pod === undefined) {
    throw new StatusError(404, 'NotFound', `pods "${name}" not found`, { name, kind: 'pods' });
  }
  const uid = pod.metadata.uid ?? '';
  const asked = textAt(reference, 'uid') ?? '';
  if (asked !== '' && asked !== uid) {
    const why = `the UID in the bound object reference (${asked}) does not match the UID in record. The object might have been deleted and then recreated`;
    throw conflict({ ...request.kind, resource: 'Pod' }, name, why);
  }
  if (textAt(pod, 'spec', 'serviceAccountName') !== request.path.name) {
    throw badRequest(
      `cannot bind token for serviceaccount "${request.path.name ?? ''}" to pod running with different serviceaccount name.`,
    );
  }
  return { name, uid };
}

/** The TokenRequest API. */
export const tokenOfAccounts: Subresource = {
  under: 'serviceaccounts',
  name: 'token',
  kind: { group: 'authentication.k8s.io', version: 'v1', kind: 'TokenRequest' },
  verbs: ['create'],
  respond: answerTokenRequest,
};
