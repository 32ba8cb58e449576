import { listAt, textAt, valueAt } from '../json.ts';
import type { Json } from '../json.ts';
import type { Action, PolicyRule } from './policy-rule.ts';
import { decodeRules, isPathAction, ruleAllows } from './policy-rule.ts';
import { serviceAccountName, superusers } from './user-info.ts';
import type { UserInfo } from './user-info.ts';

/** The roles and bindings of a cluster. */
export interface RoleSource {
  clusterRole(name: string): Json | undefined;
  role(namespace: string, name: string): Json | undefined;
  clusterRoleBindings(): readonly Json[];
  roleBindings(namespace: string): readonly Json[];
}

export interface Verdict {
  readonly allowed: boolean;
  /** Which binding allows it, or what could not be read. */
  readonly reason: string;
  /** Roles that bindings name and that are not there. */
  readonly errors: readonly string[];
}

/** The rules that one binding gives to a user. */
interface Grant {
  readonly rules: readonly PolicyRule[];
  readonly from: string;
}

/** RBAC: what is not allowed by a rule is not allowed. */
export function authorize(source: RoleSource, user: UserInfo, action: Action): Verdict {
  if (user.groups.includes(superusers)) {
    return { allowed: true, reason: '', errors: [] };
  }
  const errors: string[] = [];
  const namespace = isPathAction(action) ? '' : action.namespace;
  for (const { rules, from } of grantsOf(source, user, namespace, errors)) {
    if (rules.some((rule) => ruleAllows(rule, action))) {
      return { allowed: true, reason: `RBAC: allowed by ${from}`, errors };
    }
  }
  const list = errors.length === 1 ? (errors[0] ?? '') : `[${errors.join(', ')}]`;
  return { allowed: false, reason: errors.length === 0 ? '' : `RBAC: ${list}`, errors };
}

/** Every rule that holds for the user in a namespace ('' for cluster scope). */
export function rulesOf(
  source: RoleSource,
  user: UserInfo,
  namespace: string,
): { readonly rules: readonly PolicyRule[]; readonly errors: readonly string[] } {
  const errors: string[] = [];
  const rules = [...grantsOf(source, user, namespace, errors)].flatMap((grant) => grant.rules);
  return { rules, errors };
}

function* grantsOf(source: RoleSource, user: UserInfo, namespace: string, errors: string[]): Generator<Grant> {
  yield* bindingsGrants(source, source.clusterRoleBindings(), user, '', errors);
  if (namespace !== '') {
    yield* bindingsGrants(source, source.roleBindings(namespace), user, namespace, errors);
  }
}

function* bindingsGrants(
  source: RoleSource,
  bindings: readonly Json[],
  user: UserInfo,
  namespace: string,
  errors: string[],
): Generator<Grant> {
  for (const binding of bindings) {
    const subject = listAt(binding, 'subjects').find((candidate) => appliesTo(candidate, user, namespace));
    if (subject === undefined) {
      continue;
    }
    const roleRef = valueAt(binding, 'roleRef') ?? null;
    const rules = rulesOfRole(source, roleRef, namespace);
    if (rules === undefined) {
      errors.push(missingRole(roleRef));
    } else {
      yield { rules, from: describeGrant(binding, roleRef, subject, namespace) };
    }
  }
}

/** The rules behind a reference to a role, or undefined where there is no such role. */
export function rulesOfRole(source: RoleSource, roleRef: Json, namespace: string): readonly PolicyRule[] | undefined {
  const name = textAt(roleRef, 'name') ?? '';
  const role = textAt(roleRef, 'kind') === 'Role' ? source.role(namespace, name) : source.clusterRole(name);
  return role === undefined ? undefined : decodeRules(role);
}

function missingRole(roleRef: Json): string {
  const kind = (textAt(roleRef, 'kind') ?? '').toLowerCase();
  return `${kind}.rbac.authorization.k8s.io ${JSON.stringify(textAt(roleRef, 'name') ?? '')} not found`;
}

function appliesTo(subject: Json, user: UserInfo, namespace: string): boolean {
  const name = textAt(subject, 'name') ?? '';
  switch (textAt(subject, 'kind')) {
    case 'User':
      return user.name === name;
    case 'Group':
      return user.groups.includes(name);
    case 'ServiceAccount': {
      const place = textAt(subject, 'namespace') ?? namespace;
      return place !== '' && user.name === serviceAccountName(place, name);
    }
    case undefined:
    default:
      return false;
  }
}

function describeGrant(binding: Json, roleRef: Json, subject: Json, namespace: string): string {
  const name = textAt(binding, 'metadata', 'name') ?? '';
  const which = namespace === '' ? ['ClusterRoleBinding', name] : ['RoleBinding', `${name}/${namespace}`];
  const kind = textAt(subject, 'kind') ?? '';
  const subjectName = textAt(subject, 'name') ?? '';
  const who = kind === 'ServiceAccount' ? `${subjectName}/${textAt(subject, 'namespace') ?? namespace}` : subjectName;
  const role = `${textAt(roleRef, 'kind') ?? ''} ${JSON.stringify(textAt(roleRef, 'name') ?? '')}`;
  return `${which[0] ?? ''} ${JSON.stringify(which[1])} of ${role} to ${kind} ${JSON.stringify(who)}`;
}
