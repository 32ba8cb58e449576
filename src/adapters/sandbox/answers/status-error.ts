import type { JsonObject } from '../../../domain/json.ts';
import type { Violation } from '../../../domain/crd/violation.ts';
import type { ServedKind } from '../kinds/served-kind.ts';

interface StatusDetails {
  readonly name?: string;
  readonly group?: string;
  readonly kind?: string;
  readonly causes?: readonly JsonObject[];
  readonly retryAfterSeconds?: number;
}

/** A request that ends in a `Status` of failure, as the API server words it. */
export class StatusError extends Error {
  readonly code: number;
  readonly reason: string;
  readonly details: StatusDetails | undefined;
  /** The `metadata` of the Status: a `continue` token, mostly nothing. */
  readonly metadata: JsonObject;

  constructor(code: number, reason: string, message: string, details?: StatusDetails, metadata: JsonObject = {}) {
    super(message);
    this.name = 'StatusError';
    this.code = code;
    this.reason = reason;
    this.details = details;
    this.metadata = metadata;
  }

  body(): JsonObject {
    const reason = this.reason === '' ? {} : { reason: this.reason };
    const details = this.details === undefined ? {} : { details: { ...this.details } };
    const head = {
      kind: 'Status',
      apiVersion: 'v1',
      metadata: this.metadata,
      status: 'Failure',
      message: this.message,
    };
    return { ...head, ...reason, ...details, code: this.code };
  }
}

export function badRequest(message: string): StatusError {
  return new StatusError(400, 'BadRequest', message);
}

export function notAllowed(): StatusError {
  const message = 'the server does not allow this method on the requested resource';
  return new StatusError(405, 'MethodNotAllowed', message, {});
}

function details(kind: ServedKind, name: string): StatusDetails {
  return { ...(name === '' ? {} : { name }), ...(kind.group === '' ? {} : { group: kind.group }), kind: kind.resource };
}

/** `things.example.com`, or `configmaps` in the core group. */
export function qualifiedResource(kind: ServedKind): string {
  return kind.group === '' ? kind.resource : `${kind.resource}.${kind.group}`;
}

export function notFound(kind: ServedKind, name: string): StatusError {
  return new StatusError(404, 'NotFound', `${qualifiedResource(kind)} "${name}" not found`, details(kind, name));
}

export function alreadyExists(kind: ServedKind, name: string, isEnding: boolean): StatusError {
  const still = isEnding ? 'object is being deleted: ' : '';
  const message = `${still}${qualifiedResource(kind)} "${name}" already exists`;
  return new StatusError(409, 'AlreadyExists', message, details(kind, name));
}

export function forbidden(kind: ServedKind, name: string, why: string): StatusError {
  const message = `${qualifiedResource(kind)} "${name}" is forbidden: ${why}`;
  return new StatusError(403, 'Forbidden', message, details(kind, name));
}

export function conflict(kind: ServedKind, name: string, why: string): StatusError {
  const message = `Operation cannot be fulfilled on ${qualifiedResource(kind)} "${name}": ${why}`;
  return new StatusError(409, 'Conflict', message, details(kind, name));
}

/** Every violation as a cause, in their order. */
export function invalid(kind: ServedKind, name: string, violations: readonly Violation[]): StatusError {
  const texts = violations.map((one) => `${one.field}: ${one.message}`);
  const list = texts.length === 1 ? (texts[0] ?? '') : `[${texts.join(', ')}]`;
  const type = kind.group === '' ? kind.kind : `${kind.kind}.${kind.group}`;
  const causes = violations.map((one) => ({ reason: one.reason, message: one.message, field: one.field }));
  const facts = { ...details(kind, name), kind: kind.kind, causes };
  return new StatusError(422, 'Invalid', `${type} "${name}" is invalid: ${list}`, facts);
}

/** Options of a request that contradict one another or have unknown values; `kind` as in `ListOptions`. */
export function optionsInvalid(kind: string, violations: readonly Violation[]): StatusError {
  const texts = violations.map((one) => `${one.field}: ${one.message}`);
  const list = texts.length === 1 ? (texts[0] ?? '') : `[${texts.join(', ')}]`;
  const causes = violations.map(({ reason, message, field }) => ({ reason, message, field }));
  const message = `${kind}.meta.k8s.io "" is invalid: ${list}`;
  return new StatusError(422, 'Invalid', message, { group: 'meta.k8s.io', kind, causes });
}

/** A namespace that is being deleted takes nothing new. */
export function namespaceTerminating(kind: ServedKind, name: string, namespace: string): StatusError {
  const why = `unable to create new content in namespace ${namespace} because it is being terminated`;
  const causes = [
    {
      reason: 'NamespaceTerminating',
      message: `namespace ${namespace} is being terminated`,
      field: 'metadata.namespace',
    },
  ];
  const message = `${qualifiedResource(kind)} "${name}" is forbidden: ${why}`;
  return new StatusError(403, 'Forbidden', message, { ...details(kind, name), causes });
}
