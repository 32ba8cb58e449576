import type { Violation } from '../../domain/crd/violation.ts';
import type { Target } from './target.ts';

const subdomain = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/u;
const pathName = /^[^/%]+$/u;

/** RFC 1123 subdomain names, for every kind but those of RBAC, whose names are any path segment. */
export function nameViolations({ kind, name }: Target): readonly Violation[] {
  const isFree = kind.group === 'rbac.authorization.k8s.io';
  if (name.length <= 253 && (isFree ? pathName : subdomain).test(name)) {
    return [];
  }
  const rule =
    "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character " +
    "(e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
  const message = `Invalid value: ${JSON.stringify(name)}: ${rule}`;
  return [{ reason: 'FieldValueInvalid', field: 'metadata.name', message }];
}
