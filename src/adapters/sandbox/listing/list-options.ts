import type { Violation } from '../../../domain/crd/violation.ts';
import { violation } from '../../../domain/crd/violation.ts';
import { StatusError, badRequest, optionsInvalid } from '../answers/status-error.ts';

/** The query of a list or watch, read and checked. */
export interface ListOptions {
  readonly watch: boolean;
  /** '' for the latest, '0' for any. */
  readonly resourceVersion: string;
  readonly match: string;
  readonly limit: number;
  readonly continueToken: string;
  readonly timeoutSeconds: number;
  readonly sendInitialEvents: boolean | undefined;
  readonly allowWatchBookmarks: boolean;
}

/** Reads the query as the server does: numbers that are none and combinations that mean nothing are refused. */
export function readListOptions(query: URLSearchParams): ListOptions {
  const initial = query.get('sendInitialEvents');
  const options: ListOptions = {
    watch: isTrue(query.get('watch')),
    resourceVersion: query.get('resourceVersion') ?? '',
    match: query.get('resourceVersionMatch') ?? '',
    limit: wholeNumber(query.get('limit')),
    continueToken: query.get('continue') ?? '',
    timeoutSeconds: wholeNumber(query.get('timeoutSeconds')),
    sendInitialEvents: initial === null ? undefined : isTrue(initial),
    allowWatchBookmarks: isTrue(query.get('allowWatchBookmarks')),
  };
  const violations = options.watch ? watchViolations(options) : listViolations(options);
  if (violations.length > 0) {
    throw optionsInvalid('ListOptions', violations);
  }
  return options;
}

/** A flag of a query: given without a value, or with any but `false` and `0`, it is set. */
export function isTrue(text: string | null): boolean {
  return text !== null && !['false', '0'].includes(text);
}

/** A number of a query; 0 where there is none. */
export function wholeNumber(text: string | null): number {
  if (text === null || text === '') {
    return 0;
  }
  if (!/^[+-]?\d+$/u.test(text)) {
    throw badRequest(`strconv.ParseInt: parsing ${JSON.stringify(text)}: invalid syntax`);
  }
  return Number(text);
}

/** Revisions are unsigned numbers of 64 bits. */
const largestRevision = 2n ** 64n - 1n;
const field = 'resourceVersionMatch';

function forbidden(path: string, why: string): Violation {
  return violation('FieldValueForbidden', path, `Forbidden: ${why}`);
}

function unsupported(match: string, known: readonly string[]): Violation {
  const list = known.map((one) => JSON.stringify(one)).join(', ');
  return violation('FieldValueNotSupported', field, `Unsupported value: "${match}": supported values: ${list}`);
}

function listViolations({ match, resourceVersion, continueToken, sendInitialEvents }: ListOptions): Violation[] {
  const found: Violation[] = [];
  if (match !== '' && resourceVersion === '') {
    found.push(forbidden(field, `${field} is forbidden unless resourceVersion is provided`));
  }
  if (match !== '' && continueToken !== '') {
    found.push(forbidden(field, `${field} is forbidden when continue is provided`));
  }
  if (!['', 'Exact', 'NotOlderThan'].includes(match)) {
    found.push(unsupported(match, ['Exact', 'NotOlderThan', '']));
  }
  if (match === 'Exact' && resourceVersion === '0') {
    found.push(forbidden(field, `${field} "exact" is forbidden for resourceVersion "0"`));
  }
  if (sendInitialEvents !== undefined) {
    found.push(forbidden('sendInitialEvents', 'sendInitialEvents is forbidden for list'));
  }
  return found;
}

function watchViolations({ match, continueToken, sendInitialEvents }: ListOptions): Violation[] {
  const found: Violation[] = [];
  if (sendInitialEvents !== undefined && match !== 'NotOlderThan') {
    found.push(forbidden(field, `sendInitialEvents requires setting ${field} to NotOlderThan`));
  }
  if (match !== '' && sendInitialEvents === undefined) {
    found.push(forbidden(field, `${field} is forbidden for watch unless sendInitialEvents is provided`));
  }
  if (match !== '' && match !== 'NotOlderThan') {
    found.push(unsupported(match, ['NotOlderThan']));
  }
  if (continueToken !== '') {
    found.push(forbidden(field, `${field} is forbidden when continue is provided`));
  }
  return found;
}

/** A resource version as a number; undefined where none is named ('' and '0'). Throws its own words where it is none. */
export function revisionOf(text: string, refuse: (why: string) => StatusError): number | undefined {
  if (text === '' || text === '0') {
    return undefined;
  }
  if (!/^\d+$/u.test(text)) {
    const quoted = JSON.stringify(text);
    throw refuse(`resourceVersion: Invalid value: ${quoted}: strconv.ParseUint: parsing ${quoted}: invalid syntax`);
  }
  if (BigInt(text) > largestRevision) {
    const quoted = JSON.stringify(text);
    throw refuse(`resourceVersion: Invalid value: ${quoted}: strconv.ParseUint: parsing ${quoted}: value out of range`);
  }
  return Number(text);
}

/** The answer to a revision that is not reached yet. */
export function tooLarge(wanted: number, current: number): StatusError {
  const causes = [{ reason: 'ResourceVersionTooLarge', message: 'Too large resource version' }];
  const message = `Timeout: Too large resource version: ${wanted}, current: ${current}`;
  return new StatusError(504, 'Timeout', message, { causes, retryAfterSeconds: 1 });
}
