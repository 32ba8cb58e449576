import type { Violation } from '../../../domain/crd/violation.ts';
import type { Json } from '../../../domain/json.ts';
import { bindingViolations, policyViolations } from '../../../domain/validating-policy/policy-violations.ts';

/** What is wrong with an object of a built-in kind beyond its schema. */
export function kindViolations(kind: string, object: Json): readonly Violation[] {
  switch (kind) {
    case 'ValidatingAdmissionPolicy':
      return policyViolations(object);
    case 'ValidatingAdmissionPolicyBinding':
      return bindingViolations(object);
    default:
      return [];
  }
}
