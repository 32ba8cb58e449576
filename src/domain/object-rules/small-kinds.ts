import { qualifiedName } from '../crd/name-rules.ts';
import type { Violation } from '../crd/violation.ts';
import { listAt, numberAt, textAt } from '../json.ts';
import type { JsonObject } from '../json.ts';
import { invalidValue, named } from './field-errors.ts';

export function leaseViolations(lease: JsonObject): readonly Violation[] {
  const seconds = numberAt(lease, 'spec', 'leaseDurationSeconds');
  const transitions = numberAt(lease, 'spec', 'leaseTransitions');
  return [
    ...(seconds !== undefined && seconds <= 0
      ? [invalidValue('spec.leaseDurationSeconds', seconds, 'must be greater than 0')]
      : []),
    ...(transitions !== undefined && transitions < 0
      ? [invalidValue('spec.leaseTransitions', transitions, 'must be greater than or equal to 0')]
      : []),
  ];
}

/** Only the server's own finalizer of a namespace has no domain. */
export function namespaceViolations(namespace: JsonObject): readonly Violation[] {
  return listAt(namespace, 'spec', 'finalizers').flatMap((finalizer) => {
    const name = typeof finalizer === 'string' ? finalizer : '';
    const malformed = named('spec.finalizers', name, qualifiedName);
    const isKnown = name.includes('/') || name === 'kubernetes' || malformed.length > 0;
    const rule = 'name is neither a standard finalizer name nor is it fully qualified';
    return isKnown ? malformed : [invalidValue('spec.finalizers', name, rule)];
  });
}

export function namespaceStatusViolations(namespace: JsonObject): readonly Violation[] {
  const phase = textAt(namespace, 'status', 'phase');
  const isGoing = textAt(namespace, 'metadata', 'deletionTimestamp') !== undefined;
  const wanted = isGoing ? 'Terminating' : 'Active';
  const rule = isGoing
    ? "may only be 'Terminating' if `deletionTimestamp` is not empty"
    : "may only be 'Active' if `deletionTimestamp` is empty";
  return phase === undefined || phase === wanted ? [] : [invalidValue('status.Phase', phase, rule)];
}
