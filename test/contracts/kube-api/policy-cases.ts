import { expect, vi } from 'vitest';
import type { ApiAnswer, ApiClient } from './api-client.ts';
import type { ContractCase } from './contract.ts';
import { at, map, refusal } from './fixtures.ts';
import type { Fields, Stage } from './fixtures.ts';

const group = 'admissionregistration.k8s.io';
const collection = (resource: string): string => `/apis/${group}/v1/${resource}`;

interface PolicyRow {
  readonly validations: readonly Fields[];
  readonly policy?: Fields;
  readonly binding?: Fields;
}

const params: Fields = { apiVersion: 'v1', kind: 'ConfigMap' };
const slow = "object.data.a.split('').all(a, object.data.a.split('').all(b, a + b != 'zz'))";

/** Each policy looks at the config maps that carry its name in the label `policy`. */
const policies: Readonly<Record<string, PolicyRow>> = {
  plain: { validations: [{ expression: "object.data.a == 'x'" }] },
  forbids: { validations: [{ expression: 'false', message: 'a must be x', reason: 'Forbidden' }] },
  first: { validations: [{ expression: "object.data.a == 'x'", message: 'm1' }, { expression: 'false' }] },
  own: { validations: [{ expression: 'false', messageExpression: "'a is ' + object.data.a" }] },
  empty: { validations: [{ expression: 'false', message: 'fixed', messageExpression: "''" }] },
  lines: { validations: [{ expression: 'false', messageExpression: String.raw`'a\nb'` }] },
  warns: {
    validations: [{ expression: 'false', message: 'of "quotes"' }],
    binding: { validationActions: ['Warn'] },
  },
  fails: { validations: [{ expression: "object.data.zz == 'x'" }] },
  ignores: { validations: [{ expression: "object.data.zz == 'x'" }], policy: { failurePolicy: 'Ignore' } },
  some: {
    validations: [{ expression: 'false' }],
    policy: { matchConditions: [{ name: 'c', expression: "object.data.a == 'x'" }] },
  },
  doubtful: {
    validations: [{ expression: 'false' }],
    policy: { matchConditions: [{ name: 'c', expression: "object.data.zz == 'x'" }] },
  },
  variables: {
    validations: [{ expression: "variables.both == 'xy'" }],
    policy: {
      variables: [
        { name: 'a', expression: 'object.data.a' },
        { name: 'both', expression: 'variables.a + object.data.b' },
      ],
    },
  },
  place: { validations: [{ expression: "namespaceObject.metadata.name == 'nowhere'" }] },
  request: {
    validations: [
      {
        expression: 'false',
        messageExpression:
          "request.operation + ' ' + request.name + ' ' + request.resource.resource + ' ' + string(request.dryRun)",
      },
    ],
  },
  asked: {
    validations: [{ expression: 'object.data.a == params.data.a', message: 'not as asked' }],
    policy: { paramKind: params },
  },
  unasked: { validations: [{ expression: 'false' }], policy: { paramKind: params }, binding: none('Deny') },
  free: { validations: [{ expression: 'false' }], policy: { paramKind: params }, binding: none('Allow') },
  slow: { validations: [{ expression: slow }] },
  keeps: {
    validations: [{ expression: 'oldObject == null || object.data.a == oldObject.data.a', message: 'a is kept' }],
  },
  stays: { validations: [{ expression: "request.operation != 'DELETE'", message: 'it stays' }] },
  rights: {
    validations: [{ expression: "!authorizer.group('').resource('pods').namespace('x').check('get').allowed()" }],
  },
};

function none(parameterNotFoundAction: string): Fields {
  return { paramRef: { name: 'none', namespace: 'default', parameterNotFoundAction } };
}

function policyObject(name: string, { validations, policy = {} }: PolicyRow): Fields {
  const operations = ['CREATE', 'UPDATE', 'DELETE'];
  const resourceRules = [{ apiGroups: [''], apiVersions: ['v1'], operations, resources: ['configmaps'] }];
  const matchConstraints = { resourceRules, objectSelector: { matchLabels: { policy: name } } };
  const spec = { failurePolicy: 'Fail', matchConstraints, validations, ...policy };
  return { apiVersion: `${group}/v1`, kind: 'ValidatingAdmissionPolicy', metadata: { name }, spec };
}

function bindingObject(name: string, { binding = {}, policy = {} }: PolicyRow): Fields {
  const paramRef = { name: 'wanted', namespace: 'default', parameterNotFoundAction: 'Deny' };
  const asked = 'paramKind' in policy ? { paramRef } : {};
  const spec = { policyName: name, validationActions: ['Deny'], ...asked, ...binding };
  return { apiVersion: `${group}/v1`, kind: 'ValidatingAdmissionPolicyBinding', metadata: { name }, spec };
}

const inForce = new WeakMap<ApiClient, Promise<void>>();

/** All policies are there, and the last of them is in force, before the first of these cases. */
async function enforce(s: Stage): Promise<void> {
  const ready =
    inForce.get(s.client) ??
    (async (): Promise<void> => {
      await s.call('POST', '/api/v1/namespaces/default/configmaps', map('wanted', { a: 'x' }));
      for (const [name, row] of [
        ...Object.entries(policies),
        ['last', { validations: [{ expression: 'false' }] }] as const,
      ]) {
        const made = await s.call('POST', collection('validatingadmissionpolicies'), policyObject(name, row));
        const bound = await s.call('POST', collection('validatingadmissionpolicybindings'), bindingObject(name, row));
        expect([name, made.code, bound.code]).toEqual([name, 201, 201]);
      }
      const refuses = async (name: string): Promise<void> => expect((await create(s, name)).code).not.toBe(201);
      await vi.waitFor(
        async () => Promise.all(['plain', 'asked', 'rights', 'last'].map(async (name) => refuses(name))),
        { timeout: 20_000, interval: 100 },
      );
    })();
  inForce.set(s.client, ready);
  await ready;
}

async function create(
  s: Stage,
  policy: string,
  data: Fields = { a: 'y', b: 'z' },
  query = '?dryRun=All',
): Promise<ApiAnswer> {
  return s.call('POST', `${s.maps}${query}`, map('t', data, { labels: { policy } }));
}

function denial(policy: string, why: string): string {
  return `configmaps "t" is forbidden: ValidatingAdmissionPolicy '${policy}' with binding '${policy}' denied request: ${why}`;
}

/** What a policy says to a config map with `a: y` and `b: z`. */
function denies(policy: string, why: string | undefined, data?: Fields): ContractCase {
  return [
    `the policy "${policy}" says to ${JSON.stringify(data ?? {}).slice(0, 40)}: ${why ?? 'nothing'}`,
    async (s) => {
      await enforce(s);
      const answer = await create(s, policy, data);
      expect(why === undefined ? answer.code : refusal(answer)).toEqual(
        why === undefined ? 201 : { code: 422, reason: 'Invalid', message: denial(policy, why) },
      );
    },
  ];
}

const noKey = "expression 'object.data.zz == 'x'' resulted in error: no such key: zz";

/** Policies of admission and their bindings. */
export const policyCases: readonly ContractCase[] = [
  denies('plain', "failed expression: object.data.a == 'x'"),
  denies('plain', undefined, { a: 'x' }),
  [
    'a reason has its own code',
    async (s) => {
      await enforce(s);
      expect(refusal(await create(s, 'forbids'))).toEqual({
        code: 403,
        reason: 'Forbidden',
        message: denial('forbids', 'a must be x'),
      });
    },
  ],
  denies('first', 'm1'),
  denies('own', 'a is y'),
  denies('empty', 'fixed'),
  denies('lines', 'failed expression: false'),
  denies('warns', undefined),
  denies('fails', noKey),
  denies('ignores', undefined),
  denies('some', undefined),
  denies('some', 'failed expression: false', { a: 'x' }),
  denies('doubtful', noKey),
  denies('variables', "failed expression: variables.both == 'xy'"),
  denies('variables', undefined, { a: 'x', b: 'y' }),
  denies('place', "failed expression: namespaceObject.metadata.name == 'nowhere'"),
  denies('request', 'CREATE t configmaps true'),
  denies('asked', 'not as asked'),
  denies('asked', undefined, { a: 'x' }),
  denies(
    'unasked',
    'failed to configure binding: no params found for policy binding with `Deny` parameterNotFoundAction',
  ),
  denies('free', undefined),
  denies('rights', "failed expression: !authorizer.group('').resource('pods').namespace('x').check('get').allowed()"),
  denies('slow', `expression '${slow}' resulted in error: operation cancelled: actual cost limit exceeded`, {
    a: 'x'.repeat(3000),
  }),
  [
    'a policy compares old and new',
    async (s) => {
      await enforce(s);
      expect((await create(s, 'keeps', { a: '1' }, '')).code).toBe(201);
      expect(refusal(await s.merge(`${s.maps}/t`, { data: { a: '2' } }))['message']).toBe(denial('keeps', 'a is kept'));
      expect((await s.merge(`${s.maps}/t`, { data: { b: '2' } })).code).toBe(200);
    },
  ],
  [
    'a policy keeps an object from being deleted',
    async (s) => {
      await enforce(s);
      expect((await create(s, 'stays', { a: '1' }, '')).code).toBe(201);
      expect(refusal(await s.call('DELETE', `${s.maps}/t`))['message']).toBe(denial('stays', 'it stays'));
    },
  ],
  [
    'a policy that cannot be compiled is refused',
    async (s) => {
      const post = async (expression: string): Promise<unknown> =>
        at(
          await s.call(
            'POST',
            collection('validatingadmissionpolicies'),
            policyObject('broken', { validations: [{ expression }] }),
          ),
          'message',
        );
      const head = `ValidatingAdmissionPolicy.${group} "broken" is invalid: spec.validations[0].expression: Invalid value: `;
      const undeclared = "undeclared reference to 'foo' (in container '')";
      expect(await post('foo.bar == 1')).toBe(
        `${head}"foo.bar == 1": compilation failed: ERROR: <input>:1:1: ${undeclared}\n | foo.bar == 1\n | ^`,
      );
      expect(await post('object.foo(1)')).toBe(
        `${head}"object.foo(1)": compilation failed: ERROR: <input>:1:11: ${undeclared}\n | object.foo(1)\n | ..........^`,
      );
      expect(await post('object.a ==')).toContain("Syntax error: mismatched input '<EOF>' expecting {'[', '{', '('");
    },
  ],
  [
    'a binding without actions, and one that says everything twice, are refused',
    async (s) => {
      const post = async (validationActions: readonly string[]): Promise<unknown> => {
        const body = bindingObject('odd', { validations: [], binding: { validationActions } });
        return at(await s.call('POST', collection('validatingadmissionpolicybindings'), body), 'message');
      };
      const head = `ValidatingAdmissionPolicyBinding.${group} "odd" is invalid: spec.validationActions: `;
      expect(await post([])).toBe(`${head}Required value: at least one validation action is required`);
      expect(await post(['Deny', 'Warn'])).toContain(`${head}Invalid value: ["Deny","Warn"]: must not contain both`);
    },
  ],
];
