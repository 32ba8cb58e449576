import { describe, expect, it } from 'vitest';
import type { Json } from '../../../src/domain/json.ts';
import { authorize, type RoleSource } from '../../../src/domain/rbac/authorization.ts';
import type { Action } from '../../../src/domain/rbac/policy-rule.ts';
import type { UserInfo } from '../../../src/domain/rbac/user-info.ts';

const controller: UserInfo = {
  name: 'system:serviceaccount:lb:controller',
  groups: ['system:serviceaccounts', 'system:serviceaccounts:lb', 'system:authenticated'],
};

const rules: { readonly [role: string]: Json } = {
  services: [
    { apiGroups: [''], resources: ['services'], verbs: ['get', 'list', 'watch'] },
    { apiGroups: [''], resources: ['services/status'], verbs: ['patch'] },
  ],
  leases: [{ apiGroups: ['coordination.k8s.io'], resources: ['leases'], resourceNames: ['lead'], verbs: ['update'] }],
  scales: [{ apiGroups: ['*'], resources: ['*/scale'], verbs: ['*'] }],
  paths: [{ nonResourceURLs: ['/healthz', '/metrics/*'], verbs: ['get'] }],
};

function bound(role: string, subject: Json, kind = 'ClusterRole'): Json {
  return { metadata: { name: `to-${role}` }, roleRef: { kind, name: role }, subjects: [subject] };
}

function source(cluster: readonly Json[], inNamespace: readonly Json[] = []): RoleSource {
  return {
    clusterRole: (name) => (rules[name] === undefined ? undefined : { rules: rules[name] }),
    role: (namespace, name) => (namespace === 'lb' && rules[name] !== undefined ? { rules: rules[name] } : undefined),
    clusterRoleBindings: () => cluster,
    roleBindings: (namespace) => (namespace === 'lb' ? inNamespace : []),
  };
}

/** `VERB RESOURCE[/SUBRESOURCE] [in NAMESPACE] [named NAME] [of GROUP]`, or `VERB /path`. */
function action(text: string): Action {
  const [, verb = '', what = '', namespace = '', name = '', group = ''] =
    /^(\S+) (\S+)(?: in (\S+))?(?: named (\S+))?(?: of (\S+))?$/u.exec(text) ?? [];
  if (what.startsWith('/')) {
    return { verb, path: what };
  }
  const [resource = '', subresource = ''] = what.split('/');
  return { verb, group, version: 'v1', resource, subresource, namespace, name };
}

const account: Json = { kind: 'ServiceAccount', namespace: 'lb', name: 'controller' };

describe('a service account with cluster roles', () => {
  const roles = source(Object.keys(rules).map((role) => bound(role, account)));
  it.each([
    ['list services in other', true],
    ['list services', true],
    ['patch services/status in other named web', true],
    ['patch services in other named web', false],
    ['get services/status in other named web', false],
    ['list services in other of apps', false],
    ['update leases in lb named lead of coordination.k8s.io', true],
    ['update leases in lb named other of coordination.k8s.io', false],
    // A name is unknown before the object is made: what is bound to names allows no such thing.
    ['update leases in lb of coordination.k8s.io', false],
    ['patch deployments/scale in lb named web of apps', true],
    ['patch deployments in lb named web of apps', false],
    ['get /healthz', true],
    ['get /healthz/etcd', false],
    ['get /metrics/slis', true],
    ['post /healthz', false],
  ])('%s: %s', (text, allowed) => {
    expect(authorize(roles, controller, action(text)).allowed).toBe(allowed);
  });
});

describe('a binding', () => {
  it('in a namespace gives a cluster role there alone, and no path', () => {
    const roles = source([], [bound('services', account), bound('paths', account)]);
    expect(authorize(roles, controller, action('list services in lb')).allowed).toBe(true);
    expect(authorize(roles, controller, action('list services in other')).allowed).toBe(false);
    expect(authorize(roles, controller, action('list services')).allowed).toBe(false);
    expect(authorize(roles, controller, action('get /healthz')).allowed).toBe(false);
  });

  it('of a group gives to its members, of a user to nobody else', () => {
    const all = source([bound('services', { kind: 'Group', name: 'system:serviceaccounts:lb' })]);
    expect(authorize(all, controller, action('list services'))).toMatchObject({
      allowed: true,
      reason:
        'RBAC: allowed by ClusterRoleBinding "to-services" of ClusterRole "services" to Group "system:serviceaccounts:lb"',
    });
    const one = source([bound('services', { kind: 'User', name: 'somebody' })]);
    expect(authorize(one, controller, action('list services')).allowed).toBe(false);
  });

  it('of a service account without a namespace means its own, and none in the cluster', () => {
    const nameless: Json = { kind: 'ServiceAccount', name: 'controller' };
    expect(
      authorize(source([], [bound('services', nameless)]), controller, action('list services in lb')).allowed,
    ).toBe(true);
    expect(authorize(source([bound('services', nameless)]), controller, action('list services')).allowed).toBe(false);
  });

  it('to a role that is not there gives nothing, and is told', () => {
    const roles = source([bound('missing', account)], [bound('gone', account, 'Role')]);
    expect(authorize(roles, controller, action('list services in lb'))).toEqual({
      allowed: false,
      reason:
        'RBAC: [clusterrole.rbac.authorization.k8s.io "missing" not found, role.rbac.authorization.k8s.io "gone" not found]',
      errors: [
        'clusterrole.rbac.authorization.k8s.io "missing" not found',
        'role.rbac.authorization.k8s.io "gone" not found',
      ],
    });
  });
});

it('asks no rule of the members of system:masters', () => {
  const admin: UserInfo = { name: 'admin', groups: ['system:masters'] };
  expect(authorize(source([]), admin, action('delete nodes named a')).allowed).toBe(true);
});
