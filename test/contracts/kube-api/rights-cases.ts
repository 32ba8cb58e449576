import { expect, vi } from 'vitest';
import type { ApiAnswer } from './api-client.ts';
import type { ContractCase } from './contract.ts';
import { at, map, refusal } from './fixtures.ts';
import type { Fields, Stage } from './fixtures.ts';

const rbac = 'rbac.authorization.k8s.io';
const authorization = '/apis/authorization.k8s.io/v1';

interface Account {
  /** Its user name. */
  readonly user: string;
  readonly groups: string;
  call(
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    path: string,
    body?: unknown,
    type?: string,
  ): Promise<ApiAnswer>;
}

/** A service account of the stage with these rules in its namespace, and its token. */
async function account(s: Stage, ...rules: readonly Fields[]): Promise<Account> {
  const accounts = `/api/v1/namespaces/${s.namespace}/serviceaccounts`;
  await s.call('POST', accounts, { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'bob' } });
  if (rules.length > 0) {
    await s.call('POST', roles(s), role('granted', ...rules));
    await s.call('POST', bindings(s), binding('granted', { kind: 'Role', name: 'granted' }, s.namespace));
  }
  const review = { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec: {} };
  const token = String(at(await s.call('POST', `${accounts}/bob/token`, review), 'status.token'));
  await rulesSeen(s, token, rules.length);
  return {
    user: `system:serviceaccount:${s.namespace}:bob`,
    groups: `"system:serviceaccounts" "system:serviceaccounts:${s.namespace}" "system:authenticated"`,
    call: async (method, path, body, type) =>
      s.client.call({
        method,
        path,
        token,
        ...(body === undefined ? {} : { body }),
        ...(type === undefined ? {} : { type }),
      }),
  };
}

/** The authorizer of a real server sees a new binding a moment later. */
async function rulesSeen(s: Stage, token: string, rules: number): Promise<void> {
  const asked = question('SelfSubjectRulesReview', { namespace: s.namespace });
  const count = async (): Promise<number> => {
    const call = { method: 'POST', path: `${authorization}/selfsubjectrulesreviews`, body: asked, token } as const;
    const list = at(await s.client.call(call), 'status.resourceRules');
    return Array.isArray(list) ? list.length : 0;
  };
  await vi.waitFor(async () => expect(await count()).toBe(rules + 2), { timeout: 20_000 });
}

const roles = (s: Stage): string => `/apis/${rbac}/v1/namespaces/${s.namespace}/roles`;
const bindings = (s: Stage): string => `/apis/${rbac}/v1/namespaces/${s.namespace}/rolebindings`;

function role(name: string, ...rules: readonly Fields[]): Fields {
  return { apiVersion: `${rbac}/v1`, kind: 'Role', metadata: { name }, rules };
}

function rule(verbs: string, resources: string, more: Fields = {}): Fields {
  return { verbs: verbs.split(' '), apiGroups: [''], resources: resources.split(' '), ...more };
}

function binding(name: string, roleRef: Fields, namespace: string): Fields {
  return {
    apiVersion: `${rbac}/v1`,
    kind: 'RoleBinding',
    metadata: { name },
    roleRef: { apiGroup: rbac, ...roleRef },
    subjects: [{ kind: 'ServiceAccount', name: 'bob', namespace }],
  };
}

function question(kind: string, spec: Fields): Fields {
  return { apiVersion: 'authorization.k8s.io/v1', kind, spec };
}

function denied(what: string, { user }: Account, asked: string, place: string, group = ''): Fields {
  const [verb, resource] = asked.split(' ');
  const message = `${what} is forbidden: User "${user}" cannot ${verb} resource "${resource}" in API group "${group}" ${place}`;
  return { code: 403, reason: 'Forbidden', message };
}

/** What a request to the collection or object is refused with, for an account without rules. */
function refused(
  behaviour: string,
  request: (s: Stage, bob: Account) => Promise<ApiAnswer>,
  told: (s: Stage, bob: Account) => Fields,
): ContractCase {
  return [
    behaviour,
    async (s) => {
      const bob = await account(s);
      expect(refusal(await request(s, bob))).toEqual(told(s, bob));
    },
  ];
}

const inNamespace = (s: Stage): string => `in the namespace "${s.namespace}"`;

const refusals: readonly ContractCase[] = [
  refused(
    'a list without the right to it is forbidden',
    async (s, bob) => bob.call('GET', s.maps),
    (s, bob) => denied('configmaps', bob, 'list configmaps', inNamespace(s)),
  ),
  refused(
    'a watch is a verb of its own',
    async (s, bob) => bob.call('GET', `${s.maps}?watch=1`),
    (s, bob) => denied('configmaps', bob, 'watch configmaps', inNamespace(s)),
  ),
  refused(
    'an object is named in the refusal',
    async (s, bob) => bob.call('GET', `${s.maps}/a`),
    (s, bob) => denied('configmaps "a"', bob, 'get configmaps', inNamespace(s)),
  ),
  refused(
    'a status is a resource of its own',
    async (s, bob) => bob.call('PUT', `${s.things}/a/status`, {}),
    (s, bob) =>
      denied('things.test.metalwave.io "a"', bob, 'update things/status', inNamespace(s), 'test.metalwave.io'),
  ),
  refused(
    'a cluster-wide resource is refused at the cluster scope',
    async (_, bob) => bob.call('DELETE', '/api/v1/nodes/none'),
    (_, bob) => denied('nodes "none"', bob, 'delete nodes', 'at the cluster scope'),
  ),
  refused(
    'a namespace is refused in itself',
    async (s, bob) => bob.call('GET', `/api/v1/namespaces/${s.namespace}`),
    (s, bob) => denied(`namespaces "${s.namespace}"`, bob, 'get namespaces', inNamespace(s)),
  ),
  refused(
    'what is not served is forbidden before it is not found',
    async (s, bob) => bob.call('POST', `/apis/none.example/v1/namespaces/${s.namespace}/others`, {}),
    (s, bob) => denied('others.none.example', bob, 'create others', inNamespace(s), 'none.example'),
  ),
  refused(
    'many are deleted by a verb of its own',
    async (s, bob) => bob.call('DELETE', s.maps),
    (s, bob) => denied('configmaps', bob, 'deletecollection configmaps', inNamespace(s)),
  ),
  refused(
    'a path without a rule is forbidden',
    async (_, bob) => bob.call('GET', '/metrics'),
    (_, bob) => ({
      code: 403,
      reason: 'Forbidden',
      message: `forbidden: User "${bob.user}" cannot get path "/metrics"`,
    }),
  ),
];

/** A role that is created by an account which may write roles and read pods, and what is said to it. */
function escalation(behaviour: string, rules: readonly Fields[], missing: string | undefined): ContractCase {
  return [
    behaviour,
    async (s) => {
      const bob = await account(s, rule('get list', 'pods'), rule('create', 'roles', { apiGroups: [rbac] }));
      const answer = await bob.call('POST', roles(s), role('wanted', ...rules));
      const head = `roles.${rbac} "wanted" is forbidden: user "${bob.user}" (groups=[${bob.groups}]) is attempting to grant RBAC permissions not currently held:`;
      expect([answer.code, at(answer, 'message')]).toEqual(
        missing === undefined ? [201, undefined] : [403, `${head}\n${missing}`],
      );
    },
  ];
}

const escalations: readonly ContractCase[] = [
  escalation('who may write roles gives what they hold', [rule('get', 'pods')], undefined),
  escalation(
    'nobody gives what they do not hold',
    [rule('get delete', 'pods secrets')],
    '{APIGroups:[""], Resources:["pods"], Verbs:["delete"]}\n{APIGroups:[""], Resources:["secrets"], Verbs:["get" "delete"]}',
  ),
  escalation(
    'a name that is held by kind may be given by name',
    [rule('get', 'pods', { resourceNames: ['a'] })],
    undefined,
  ),
  escalation(
    'a star is more than every verb that is held',
    [rule('*', 'pods')],
    '{APIGroups:[""], Resources:["pods"], Verbs:["*"]}',
  ),
];

const questions: readonly ContractCase[] = [
  [
    'who asks about themselves is told what they may, and by what',
    async (s) => {
      const bob = await account(s, rule('get', 'configmaps'));
      const ask = async (verb: string): Promise<unknown> => {
        const resourceAttributes = { verb, resource: 'configmaps', namespace: s.namespace };
        const body = question('SelfSubjectAccessReview', { resourceAttributes });
        return at(await bob.call('POST', `${authorization}/selfsubjectaccessreviews`, body), 'status');
      };
      const reason = `RBAC: allowed by RoleBinding "granted/${s.namespace}" of Role "granted" to ServiceAccount "bob/${s.namespace}"`;
      expect(await ask('get')).toEqual({ allowed: true, reason });
      expect(await ask('list')).toEqual({ allowed: false });
    },
  ],
  [
    'the administrator asks about others',
    async (s) => {
      const ask = async (spec: Fields): Promise<ApiAnswer> =>
        s.call('POST', `${authorization}/subjectaccessreviews`, question('SubjectAccessReview', spec));
      const path = { nonResourceAttributes: { verb: 'get', path: '/version' } };
      expect(at(await ask({ user: 'x', ...path }), 'status')).toEqual({ allowed: false });
      expect(at(await ask({ user: 'x', groups: ['system:authenticated'], ...path }), 'status.allowed')).toBe(true);
      expect(at(await ask({ user: 'x', groups: ['system:masters'], ...path }), 'status')).toEqual({ allowed: true });
      const message =
        '.authorization.k8s.io "" is invalid: spec.user: Invalid value: "": at least one of user or group must be specified';
      expect(refusal(await ask(path))).toEqual({ code: 422, reason: 'Invalid', message });
    },
  ],
  [
    'a question about nothing is refused',
    async (s) => {
      const path = `${authorization}/selfsubjectaccessreviews`;
      const message =
        '.authorization.k8s.io "" is invalid: spec.resourceAttributes: Invalid value: null: exactly one of nonResourceAttributes or resourceAttributes must be specified';
      const refusedQuestion = await s.call('POST', path, question('SelfSubjectAccessReview', {}));
      expect(refusal(refusedQuestion)).toEqual({ code: 422, reason: 'Invalid', message });
      expect((await s.get(path)).code).toBe(405);
    },
  ],
  [
    'the rules of an account are told',
    async (s) => {
      const bob = await account(s, rule('get', 'configmaps', { resourceNames: ['a'] }));
      const body = question('SelfSubjectRulesReview', { namespace: s.namespace });
      const told = await bob.call('POST', `${authorization}/selfsubjectrulesreviews`, body);
      const rules = at(told, 'status.resourceRules');
      expect(rules).toContainEqual({
        verbs: ['get'],
        apiGroups: [''],
        resources: ['configmaps'],
        resourceNames: ['a'],
      });
      expect(at(told, 'status.incomplete')).toBe(false);
      const nowhere = await bob.call(
        'POST',
        `${authorization}/selfsubjectrulesreviews`,
        question('SelfSubjectRulesReview', {}),
      );
      expect(refusal(nowhere)).toEqual({ code: 400, reason: 'BadRequest', message: 'no namespace on request' });
    },
  ],
  [
    'an account is told who it is',
    async (s) => {
      const bob = await account(s);
      const body = { apiVersion: 'authentication.k8s.io/v1', kind: 'SelfSubjectReview' };
      const told = await bob.call('POST', '/apis/authentication.k8s.io/v1/selfsubjectreviews', body);
      expect([at(told, 'status.userInfo.username'), at(told, 'status.userInfo.groups')]).toEqual([
        bob.user,
        ['system:serviceaccounts', `system:serviceaccounts:${s.namespace}`, 'system:authenticated'],
      ]);
    },
  ],
];

const rights: readonly ContractCase[] = [
  [
    'a rule lets its verbs through and no others',
    async (s) => {
      const bob = await account(s, rule('get create', 'configmaps'));
      expect((await bob.call('POST', s.maps, map('a', {}))).code).toBe(201);
      expect((await bob.call('GET', `${s.maps}/a`)).code).toBe(200);
      expect((await bob.call('DELETE', `${s.maps}/a`)).code).toBe(403);
      expect((await bob.call('GET', '/api/v1/namespaces/default/configmaps/a')).code).toBe(403);
    },
  ],
  [
    'a rule for a name holds for that name, in a list too',
    async (s) => {
      const bob = await account(s, rule('get list', 'configmaps', { resourceNames: ['a'] }));
      const codes = [`${s.maps}/a`, `${s.maps}/b`, s.maps, `${s.maps}?fieldSelector=metadata.name%3Da`].map(
        async (path) => (await bob.call('GET', path)).code,
      );
      expect(await Promise.all(codes)).toEqual([404, 403, 403, 200]);
    },
  ],
  [
    'an apply that creates needs the right to create',
    async (s) => {
      const bob = await account(s, rule('patch', 'configmaps'));
      const type = 'application/apply-patch+yaml';
      const path = `${s.maps}/a?fieldManager=m`;
      const answer = await bob.call('PATCH', path, map('a', { k: '1' }), type);
      expect(refusal(answer)).toEqual(denied('configmaps "a"', bob, 'create configmaps', inNamespace(s)));
      await s.createMap('a', {});
      expect((await bob.call('PATCH', path, map('a', { k: '1' }), type)).code).toBe(200);
    },
  ],
  [
    'discovery is for everybody who is known',
    async (s) => {
      const bob = await account(s);
      const codes = ['/api', '/apis', '/api/v1', '/version', '/openapi/v3'].map(
        async (path) => (await bob.call('GET', path)).code,
      );
      expect(await Promise.all(codes)).toEqual([200, 200, 200, 200, 200]);
    },
  ],
  [
    'a token for others, too short a one, and one of nobody are refused',
    async (s) => {
      const path = `/api/v1/namespaces/${s.namespace}/serviceaccounts`;
      await s.call('POST', path, { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'eve' } });
      const ask = async (name: string, spec: Fields): Promise<ApiAnswer> =>
        s.call('POST', `${path}/${name}/token`, { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec });
      const other = await ask('eve', { audiences: ['elsewhere'] });
      expect([other.code, at(other, 'spec.audiences'), at(other, 'spec.expirationSeconds')]).toEqual([
        201,
        ['elsewhere'],
        3600,
      ]);
      const used = await s.client.call({ method: 'GET', path: '/api', token: String(at(other, 'status.token')) });
      expect(used.code).toBe(401);
      const message =
        'TokenRequest.authentication.k8s.io "" is invalid: spec.expirationSeconds: Invalid value: 10: may not specify a duration less than 10 minutes';
      expect(refusal(await ask('eve', { expirationSeconds: 10 }))).toEqual({ code: 422, reason: 'Invalid', message });
      expect(refusal(await ask('none', {}))).toEqual({
        code: 404,
        reason: 'NotFound',
        message: 'serviceaccounts "none" not found',
      });
    },
  ],
  [
    'a binding to a role that is not held is refused, and one to no role is not found',
    async (s) => {
      const bob = await account(s, rule('create', 'rolebindings', { apiGroups: [rbac] }));
      await s.call('POST', roles(s), role('strong', rule('get', 'secrets')));
      const strong = await bob.call('POST', bindings(s), binding('b', { kind: 'Role', name: 'strong' }, s.namespace));
      expect(refusal(strong)['message']).toBe(
        `rolebindings.${rbac} "b" is forbidden: user "${bob.user}" (groups=[${bob.groups}]) is attempting to grant RBAC permissions not currently held:\n{APIGroups:[""], Resources:["secrets"], Verbs:["get"]}`,
      );
      const none = await bob.call('POST', bindings(s), binding('c', { kind: 'Role', name: 'none' }, s.namespace));
      expect(refusal(none)).toEqual({
        code: 404,
        reason: 'NotFound',
        message: `rolebindings.${rbac} "none" not found`,
      });
    },
  ],
];

/** Tokens and what they may do. */
export const rightsCases: readonly ContractCase[] = [...rights, ...refusals, ...escalations, ...questions];
