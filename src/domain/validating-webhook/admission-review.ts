import { isJsonObject, listAt, numberAt, textAt, valueAt } from '../json.ts';
import type { Json, JsonObject } from '../json.ts';
import { requestJson } from '../validating-policy/admission-request.ts';
import type { AdmissionRequest } from '../validating-policy/admission-request.ts';

const apiVersion = 'admission.k8s.io/v1';

/** What is told besides the write itself. */
interface ReviewFacts {
  readonly uid: string;
  /** In which the webhook wants to see the object; the request may have come in another. */
  readonly version: string;
  /** The options of the write, with their kind. */
  readonly options: JsonObject;
}

/** The AdmissionReview that a webhook is sent. A Namespace stands in itself. */
export function admissionReview(request: AdmissionRequest, { uid, version, options }: ReviewFacts): JsonObject {
  const { group, kind, resource, name } = request;
  const isNamespace = group === '' && resource === 'namespaces';
  const seen = (object: JsonObject | null): JsonObject | null =>
    object === null ? null : { ...object, apiVersion: group === '' ? version : `${group}/${version}` };
  return {
    kind: 'AdmissionReview',
    apiVersion,
    request: {
      uid,
      ...requestJson(request),
      kind: { group, version, kind },
      resource: { group, version, resource },
      ...(isNamespace ? { namespace: name } : {}),
      object: seen(request.object),
      oldObject: seen(request.oldObject),
      options,
    },
  };
}

/** A refusal in the words of the API server. */
export interface Denial {
  readonly code: number;
  readonly reason: string;
  readonly message: string;
  readonly details: Json | undefined;
}

/** What an answer comes to; `mistake`: it is none. */
export type Judgement =
  { readonly denial: Denial | undefined; readonly warnings: readonly string[] } | { readonly mistake: string };

/** Judges the answer of the webhook of this name to the review of this uid. */
export function judgeAnswer(name: string, uid: string, answer: Json): Judgement {
  const kind = textAt(answer, 'kind') ?? '';
  const version = textAt(answer, 'apiVersion') ?? '';
  const response = valueAt(answer, 'response');
  if (kind === '' || version === '') {
    const missing = kind === '' ? 'Kind' : 'apiVersion';
    return { mistake: `failed to call webhook: Object '${missing}' is missing in '${JSON.stringify(answer)}'` };
  }
  if (!isJsonObject(response)) {
    return { mistake: invalid('webhook response was absent') };
  }
  const given = textAt(response, 'uid') ?? '';
  if (given !== uid) {
    return { mistake: invalid(`expected response.uid=${JSON.stringify(uid)}, got ${JSON.stringify(given)}`) };
  }
  if (kind !== 'AdmissionReview' || version !== apiVersion) {
    const got = `${version}, Kind=${kind}`;
    return { mistake: invalid(`expected webhook response of ${apiVersion}, Kind=AdmissionReview, got ${got}`) };
  }
  const patch = ['patch', 'patchType'].find((field) => textAt(response, field) !== undefined);
  if (patch !== undefined) {
    return { mistake: invalid(`validating webhook may not return response.${patch}`) };
  }
  const warnings = listAt(response, 'warnings').filter((one) => typeof one === 'string');
  const denial = response['allowed'] === true ? undefined : denialOf(name, valueAt(response, 'status'));
  return { denial, warnings };
}

function invalid(why: string): string {
  return `received invalid webhook response: ${why}`;
}

/** A code that is none of a refusal becomes 400. */
function denialOf(name: string, status: Json | undefined): Denial {
  const code = numberAt(status, 'code') ?? 0;
  const reason = textAt(status, 'reason') ?? '';
  const message = textAt(status, 'message') ?? '';
  const why = message === '' ? reason : message;
  const denied = `admission webhook ${JSON.stringify(name)} denied the request`;
  return {
    code: code < 400 ? 400 : code,
    reason,
    message: why === '' ? `${denied} without explanation` : `${denied}: ${why}`,
    details: valueAt(status, 'details'),
  };
}
