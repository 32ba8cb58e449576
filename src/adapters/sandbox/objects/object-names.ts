import { labelName, segmentName, serviceName, subdomainName } from '../../../domain/crd/name-rules.ts';
import type { NameRule } from '../../../domain/crd/name-rules.ts';
import { violation } from '../../../domain/crd/violation.ts';
import type { Violation } from '../../../domain/crd/violation.ts';
import type { Target } from '../requests/target.ts';

/** Names are RFC 1123 subdomains but for some kinds, and so is what a name is made of. */
export function nameViolations({ kind, name }: Target, prefix: string): readonly Violation[] {
  const rule = ruleOf(kind.kind, kind.group);
  // A prefix may end in what a name may not.
  const ofPrefix = prefix === '' ? [] : rule(prefix.replace(/-$/u, 'a'));
  return [...told('metadata.generateName', prefix, ofPrefix), ...told('metadata.name', name, rule(name))];
}

function told(field: string, value: string, broken: readonly string[]): readonly Violation[] {
  return broken.map((why) => violation('FieldValueInvalid', field, `Invalid value: ${JSON.stringify(value)}: ${why}`));
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
