import type { Violation } from '../../../domain/crd/violation.ts';
import { isJsonObject } from '../../../domain/json.ts';
import type { JsonObject } from '../../../domain/json.ts';
import { specOf } from '../../../domain/object-rules/service/service-spec.ts';
import { serviceStatusViolations } from '../../../domain/object-rules/service/service-status.ts';
import { serviceChangeViolations, serviceViolations } from '../../../domain/object-rules/service/service-violations.ts';
import { bindingViolations, policyViolations } from '../../../domain/validating-policy/policy-violations.ts';

/** An object of a built-in kind right before it is stored, and what it was. */
export interface WrittenObject {
  readonly object: JsonObject;
  /** undefined: the object is new. */
  readonly before: JsonObject | undefined;
  readonly subresource: string;
}

type Rules = (written: WrittenObject) => readonly Violation[];

const rules: { readonly [kind: string]: Rules } = {
  Service: serviceRules,
  ValidatingAdmissionPolicy: ({ object }) => policyViolations(object),
  ValidatingAdmissionPolicyBinding: ({ object }) => bindingViolations(object),
};

/** Kinds whose rules say all that there is to say: their schema is asked for types alone. */
const whole: ReadonlySet<string> = new Set(['Service']);

/** What is wrong with an object of a built-in kind beyond its metadata and the types of its fields. */
export function kindViolations(kind: string, written: WrittenObject): readonly Violation[] {
  return rules[kind]?.(written) ?? [];
}

export function hasWholeRules(kind: string): boolean {
  return whole.has(kind);
}

function serviceRules({ object, before, subresource }: WrittenObject): readonly Violation[] {
  if (subresource === 'status') {
    return serviceStatusViolations(object);
  }
  const spec = specOf(object);
  const changes = isJsonObject(before) ? serviceChangeViolations(spec, specOf(before)) : [];
  return [...changes, ...serviceViolations(spec)];
}
