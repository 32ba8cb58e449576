import { Failure, type FailureFacts, FieldConflictFailure } from '../../domain/failure.ts';
import { type Json, listAt, numberAt, textAt } from '../../domain/json.ts';
import { refusedByAdmission, unreachableWebhook } from './admission.ts';

/** What was asked, for messages: `list`, `Secrets`, … */
export interface Asked {
  /** The verb as RBAC has it: get, list, patch, delete. */
  readonly verb: string;
  /** Resource and group, as RBAC has them: `ipaddresspools.metallb.io`. */
  readonly resource: string;
  /** The object or kind, for people. */
  readonly subject: string;
  /** The server's words about it may quote its data. */
  readonly isSecret: boolean;
}

/** 410: the state that the request builds on is no longer kept by the server. */
export class ExpiredFailure extends Failure {}

export interface Refusal {
  readonly status: number;
  /** The Status object of the answer, where it has one. */
  readonly body: Json | undefined;
  readonly retryAfterMs: number | undefined;
  readonly asked: Asked;
}

const longestMessage = 1000;

/** The server's own words, on one line. */
function words(refusal: Refusal): string {
  if (refusal.asked.isSecret) {
    return 'its words are withheld, because the object is a Secret';
  }
  const message = textAt(refusal.body, 'message') ?? `status ${refusal.status}`;
  return message.replaceAll(/\s*\n\s*/gu, ' ').slice(0, longestMessage);
}

function failure(refusal: Refusal, facts: FailureFacts): Failure {
  return new Failure({
    ...facts,
    ...(refusal.retryAfterMs === undefined ? {} : { retryAfterMs: refusal.retryAfterMs }),
  });
}

/**
 * The Failure for an answer that isn't success. Who refused decides, not only the status: admission answers with 400, 403,
 * 422 and 500 alike.
 */
export function statusFailure(refusal: Refusal): Failure {
  return admissionFailure(refusal) ?? failureByStatus(refusal);
}

function admissionFailure(refusal: Refusal): Failure | undefined {
  const message = textAt(refusal.body, 'message') ?? '';
  const { subject } = refusal.asked;
  const webhook = unreachableWebhook(message);
  if (webhook !== undefined) {
    return failure(refusal, {
      code: 'cluster-error',
      retry: 'now',
      message: `${subject} could not be checked: the API server does not reach the webhook ${webhook}`,
      remedy: `Check the Service and the pods behind the webhook ${webhook}.`,
    });
  }
  if (!refusedByAdmission(refusal.status, message)) {
    return undefined;
  }
  return failure(refusal, {
    code: 'admission-refused',
    retry: 'later',
    message: `${subject} is refused by an admission check: ${words(refusal)}`,
    remedy: 'Change the object as the check asks, or change the check.',
  });
}

function failureByStatus(refusal: Refusal): Failure {
  if (isUntypable(refusal)) {
    return invalid(refusal);
  }
  switch (refusal.status) {
    case 400:
    case 413:
    case 422:
      return invalid(refusal);
    case 401:
      return failure(refusal, {
        code: 'cluster-credentials',
        retry: 'later',
        message: 'The API server does not accept the credentials',
        remedy: 'Log in again or renew the token; `kubectl auth whoami` with the same context tells who you are.',
      });
    case 403:
      return forbidden(refusal);
    case 404:
      return notFound(refusal);
    case 409:
      return conflict(refusal);
    case 410:
      return new ExpiredFailure({
        code: 'cluster-error',
        retry: 'now',
        message: `The API server no longer keeps the state that this ${refusal.asked.verb} of ${refusal.asked.subject} builds on`,
      });
    case 429:
    case 503:
      return failure(refusal, {
        code: 'cluster-busy',
        retry: 'now',
        message: `The API server is busy or not ready yet (status ${refusal.status})`,
      });
    default:
      return serverError(refusal);
  }
}

/** A server-side apply of unknown fields, wrong types or duplicate list keys is answered with 500, though trying again is in vain. */
function isUntypable(refusal: Refusal): boolean {
  return (
    refusal.status === 500 && (textAt(refusal.body, 'message') ?? '').startsWith('failed to create typed patch object')
  );
}

function invalid(refusal: Refusal): Failure {
  const causes = listAt(refusal.body, 'details', 'causes');
  if (causes.some((cause) => textAt(cause, 'field') === 'metadata.uid')) {
    return changed(refusal);
  }
  return failure(refusal, {
    code: 'object-invalid',
    retry: 'never',
    message: `The API server finds ${refusal.asked.subject} invalid: ${invalidFields(refusal)}`,
    remedy: 'Correct these fields; a CRD of another version than expected is a common cause.',
  });
}

function invalidFields(refusal: Refusal): string {
  const causes = listAt(refusal.body, 'details', 'causes').map((cause) => {
    const field = textAt(cause, 'field') ?? '';
    const message = refusal.asked.isSecret ? 'not valid' : (textAt(cause, 'message') ?? 'not valid');
    return field === '' ? message : `${field}: ${message}`;
  });
  return causes.length === 0 ? words(refusal) : [...new Set(causes)].join('; ').slice(0, longestMessage);
}

function forbidden(refusal: Refusal): Failure {
  const { verb, resource } = refusal.asked;
  return failure(refusal, {
    code: 'cluster-forbidden',
    retry: 'later',
    message: `The credentials do not allow to ${verb} ${resource}`,
    remedy: `Grant it by RBAC; \`kubectl auth can-i ${verb} ${resource}\` shows when it works.`,
  });
}

/** The details of a 404 name what was missed: the object, its namespace, or nothing where the path isn't served. */
function notFound(refusal: Refusal): Failure {
  const name = textAt(refusal.body, 'details', 'name') ?? '';
  if (name === '') {
    return kindMissing(refusal.asked.subject, refusal.asked.resource);
  }
  const missing =
    textAt(refusal.body, 'details', 'kind') === 'namespaces' ? `its namespace ${name} does not exist` : words(refusal);
  return failure(refusal, {
    code: 'object-not-found',
    retry: 'later',
    message: `Cannot ${refusal.asked.verb} ${refusal.asked.subject}: ${missing}`,
  });
}

export function kindMissing(subject: string, resource: string): Failure {
  return new Failure({
    code: 'kind-missing',
    retry: 'later',
    message: `The API server does not serve ${resource}, so there is no ${subject}`,
    remedy: 'Install the CRD, or wait until it is established.',
  });
}

function conflict(refusal: Refusal): Failure {
  const causes = listAt(refusal.body, 'details', 'causes').filter(
    (cause) => textAt(cause, 'reason') === 'FieldManagerConflict',
  );
  const { subject } = refusal.asked;
  if (causes.length > 0) {
    const conflicts = causes.map((cause) => ({
      manager: managerOf(textAt(cause, 'message') ?? ''),
      field: textAt(cause, 'field') ?? '',
    }));
    const list = conflicts.map(({ manager, field }) => `${field} (${manager})`).join(', ');
    return new FieldConflictFailure({
      message: `Other managers own fields of ${subject} at other values: ${list}`,
      remedy:
        'Let the other manager give the fields up, or take them out of the configuration; nothing was overwritten.',
      conflicts,
    });
  }
  if (textAt(refusal.body, 'reason') === 'AlreadyExists') {
    return failure(refusal, {
      code: 'object-conflict',
      retry: 'later',
      message: `${subject} exists already`,
    });
  }
  return changed(refusal);
}

/** A fence held: uid or resourceVersion are no longer those that were read. */
function changed(refusal: Refusal): Failure {
  return failure(refusal, {
    code: 'object-changed',
    retry: 'later',
    message: `${refusal.asked.subject} was changed, deleted or made anew by someone else meanwhile`,
    remedy: 'Read it again and plan anew.',
  });
}

/** `conflict with "NAME" with subresource … using v1`: the name is quoted as Go quotes. */
function managerOf(message: string): string {
  const quoted = /"(?:[^"\\]|\\.)*"/u.exec(message)?.[0];
  return quoted === undefined ? 'unknown' : quoted.slice(1, -1).replaceAll(/\\(.)/gu, '$1');
}

function serverError(refusal: Refusal): Failure {
  const { status } = refusal;
  const retry = status >= 500 || numberAt(refusal.body, 'details', 'retryAfterSeconds') !== undefined;
  return failure(refusal, {
    code: 'cluster-error',
    retry: retry ? 'now' : 'never',
    message: `The API server failed to ${refusal.asked.verb} ${refusal.asked.subject} (status ${status}): ${words(refusal)}`,
  });
}
