import { Failure, isFailure } from '../../domain/failure.ts';
import type { ObjectVersion, OwnershipChange } from '../../ports/field-owners.ts';

/**
 * A merge patch (RFC 7386) of nothing but metadata. It replaces lists as a whole, so the record of owners is written as it
 * is given, and the server compares uid and resourceVersion with the live object before it writes.
 */
export function ownershipPatch(
  { uid, resourceVersion }: ObjectVersion,
  { managedFields, withoutLabels }: OwnershipChange,
): { readonly body: string; readonly contentType: string } {
  const labels = Object.fromEntries(withoutLabels.map((name) => [name, null]));
  const metadata = { uid, resourceVersion, managedFields, ...(withoutLabels.length === 0 ? {} : { labels }) };
  return { body: JSON.stringify({ metadata }), contentType: 'application/merge-patch+json' };
}

/** An object that is gone is one that has changed: whoever wrote on top of what it was has to read anew. */
export function changedOrGone(error: unknown, subject: string): unknown {
  if (!isFailure(error, 'object-not-found')) {
    return error;
  }
  return new Failure({
    code: 'object-changed',
    retry: 'later',
    message: `${subject} was deleted by someone else meanwhile`,
    remedy: 'Read it again and plan anew.',
    cause: error,
  });
}
