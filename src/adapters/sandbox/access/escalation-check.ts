import { isJsonObject, valueAt } from '../../../domain/json.ts';
import type { Json } from '../../../domain/json.ts';
import { asJson } from '../../../domain/manifest/kube-object.ts';
import type { KubeObject } from '../../../domain/manifest/kube-object.ts';
import { rulesOf, rulesOfRole } from '../../../domain/rbac/authorization.ts';
import { escalationText } from '../../../domain/rbac/escalation.ts';
import { decodeRules } from '../../../domain/rbac/policy-rule.ts';
import type { PolicyRule, ResourceAction } from '../../../domain/rbac/policy-rule.ts';
import { superusers } from '../../../domain/rbac/user-info.ts';
import type { UserInfo } from '../../../domain/rbac/user-info.ts';
import { notFound } from '../answers/status-error.ts';
import type { Target } from '../requests/target.ts';
import { forbidden } from './access-control.ts';
import type { AccessControl } from './access-control.ts';

const everything: PolicyRule[] = [
  { verbs: ['*'], apiGroups: ['*'], resources: ['*'], resourceNames: [], nonResourceURLs: [] },
  { verbs: ['*'], apiGroups: [], resources: [], resourceNames: [], nonResourceURLs: ['*'] },
];

/** Refuses a role or binding by which its writer would give away rights that they don't hold (nor may `escalate` or `bind`). */
export function checkEscalation(access: AccessControl, user: UserInfo, target: Target, object: KubeObject): void {
  if (target.kind.group !== 'rbac.authorization.k8s.io' || user.groups.includes(superusers)) {
    return;
  }
  const isBinding = target.kind.kind.endsWith('Binding');
  const action = isBinding ? bindingOf(target, valueAt(asJson(object), 'roleRef') ?? null) : roleOf(target);
  if (access.decide(user, action).allowed) {
    return;
  }
  const held = rulesOf(access.roles, user, target.namespace).rules;
  const why =
    aggregationText(object, user, held) ??
    escalationText(user, held, isBinding ? bound(access, target, object) : decodeRules(asJson(object)));
  if (why !== undefined) {
    throw forbidden({ ...roleOf(target), verb: 'create' }, why);
  }
}

function roleOf({ kind, namespace, name }: Target): ResourceAction {
  const { group, version, resource } = kind;
  return { verb: 'escalate', group, version, resource, subresource: '', namespace, name };
}

function bindingOf(target: Target, roleRef: Json): ResourceAction {
  const ref = isJsonObject(roleRef) ? roleRef : {};
  const name = typeof ref['name'] === 'string' ? ref['name'] : '';
  return { ...roleOf(target), verb: 'bind', resource: ref['kind'] === 'Role' ? 'roles' : 'clusterroles', name };
}

function bound({ roles }: AccessControl, { kind, namespace }: Target, object: KubeObject): readonly PolicyRule[] {
  const roleRef = valueAt(asJson(object), 'roleRef') ?? {};
  const rules = rulesOfRole(roles, roleRef, namespace);
  if (rules === undefined) {
    const name = valueAt(roleRef, 'name');
    throw notFound(kind, typeof name === 'string' ? name : '');
  }
  return rules;
}

/** Rules that are joined from other roles can be anything, so only who holds everything may ask for that. */
function aggregationText(object: KubeObject, user: UserInfo, held: readonly PolicyRule[]): string | undefined {
  const isOpen = valueAt(asJson(object), 'aggregationRule') !== undefined;
  return isOpen && escalationText(user, held, everything) !== undefined
    ? 'must have cluster-admin privileges to use the aggregationRule'
    : undefined;
}
