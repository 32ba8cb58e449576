import { labelName, segmentName, serviceName, subdomainName } from '../../../domain/crd/name-rules.ts';
import type { NameRule } from '../../../domain/crd/name-rules.ts';
import type { Violation } from '../../../domain/crd/violation.ts';
import type { Target } from '../requests/target.ts';

/** Names are RFC 1123 subdomains but for some kinds. */
export function nameViolations({ kind, name }: Target): readonly Violation[] {
  return ruleOf(
    kind.kind,
    kind.group,
  )(name).map((rule) => ({
    reason: 'FieldValueInvalid',
    field: 'metadata.name',
    message: `Invalid value: ${JSON.stringify(name)}: ${rule}`,
  }));
}

function ruleOf(kind: string, group: string): NameRule {
  if (group === 'rbac.authorization.k8s.io') {
    return segmentName;
  }
  if (group !== '') {
    return subdomainName;
  }
  if (kind === 'Service') {
    return serviceName;
  }
  return kind === 'Namespace' ? labelName : subdomainName;
}
