/** Whether trying the same again may help: `now` after a short pause, `later` when something outside has changed, `never` without a change of input. */
export type Retry = 'now' | 'later' | 'never';

/**
 * What can go wrong in the world. The code is stable and decides exit code, condition reason and log level; the message
 * is one sentence with the facts, `remedy` one sentence with the way out.
 */
export type FailureCode =
  | 'source-unreachable'
  | 'source-refused'
  | 'source-not-found'
  | 'source-credentials'
  | 'source-limit'
  | 'source-corrupt'
  | 'source-signature'
  | 'environment-not-found'
  | 'cluster-unreachable'
  | 'cluster-credentials'
  | 'cluster-forbidden'
  | 'cluster-busy'
  | 'cluster-error'
  | 'object-not-found'
  | 'object-conflict'
  | 'object-invalid'
  | 'object-changed'
  | 'field-conflict'
  | 'kind-missing'
  | 'admission-refused'
  | 'configuration-refused'
  | 'pod-unreachable'
  | 'kubeconfig-invalid'
  | 'metallb-not-found'
  | 'snapshot-invalid'
  | 'inventory-unusable'
  | 'health-timeout'
  | 'prune-timeout'
  | 'approval-needed'
  | 'lock-held'
  | 'lock-lost'
  | 'history-unusable'
  | 'suspended'
  | 'quarantined'
  | 'rollback-impossible'
  | 'listen-failed'
  | 'usage'
  | 'output-failed';

export interface FailureFacts {
  readonly code: FailureCode;
  readonly message: string;
  readonly retry: Retry;
  readonly remedy?: string;
  /** Wait at least this long before trying again (from Retry-After), in milliseconds. */
  readonly retryAfterMs?: number;
  readonly cause?: unknown;
}

/** Thrown for what the world did. What the user wrote is a Finding; what cannot happen is a plain Error (a bug). */
export class Failure extends Error {
  readonly code: FailureCode;
  readonly retry: Retry;
  readonly remedy: string | undefined;
  readonly retryAfterMs: number | undefined;

  constructor(facts: FailureFacts) {
    super(facts.message, facts.cause === undefined ? undefined : { cause: facts.cause });
    this.name = 'Failure';
    this.code = facts.code;
    this.retry = facts.retry;
    this.remedy = facts.remedy;
    this.retryAfterMs = facts.retryAfterMs;
  }
}

/** True for a failure with one of these codes. */
export function isFailure(error: unknown, ...codes: readonly FailureCode[]): error is Failure {
  return error instanceof Failure && (codes.length === 0 || codes.includes(error.code));
}

/** One field that another manager owns at another value. */
export interface FieldConflict {
  readonly manager: string;
  /** As the API server writes it, for example `.spec.addresses`. */
  readonly field: string;
}

/** A server-side apply that met fields of other managers. */
export class FieldConflictFailure extends Failure {
  readonly conflicts: readonly FieldConflict[];

  constructor(facts: Omit<FailureFacts, 'code' | 'retry'> & { readonly conflicts: readonly FieldConflict[] }) {
    super({ ...facts, code: 'field-conflict', retry: 'never' });
    this.conflicts = facts.conflicts;
  }
}
