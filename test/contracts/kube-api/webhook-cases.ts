import { expect, vi } from 'vitest';
import { makeCertificate } from '../../../src/adapters/sandbox/sandbox-certificate.ts';
import type { ApiAnswer, ApiClient } from './api-client.ts';
import type { ContractCase } from './contract.ts';
import { at, map, refusal } from './fixtures.ts';
import type { Fields, Stage } from './fixtures.ts';
import { servedWebhooks } from './served-webhooks.ts';

const group = 'admissionregistration.k8s.io';
const configurations = `/apis/${group}/v1/validatingwebhookconfigurations`;
const nobody = 'https://127.0.0.1:1/nobody';

interface HookRow {
  /** Path at the served webhooks, or a whole URL. */
  readonly at: string;
  readonly rule?: Fields;
  readonly hook?: Fields;
}

const when = (expression: string): Fields => ({ matchConditions: [{ name: 'c', expression }] });

/** Each webhook looks at the config maps that carry its name in the label `hook`. */
const hooks: Readonly<Record<string, HookRow>> = {
  denies: { at: '/deny' },
  silent: { at: '/silent' },
  coded: { at: '/coded' },
  reason: { at: '/reason' },
  warns: { at: '/warn' },
  allows: { at: '/allow', rule: { operations: ['*'] } },
  unheard: { at: nobody },
  ignored: { at: nobody, hook: { failurePolicy: 'Ignore' } },
  slow: { at: '/slow', hook: { timeoutSeconds: 1 } },
  stranger: {
    at: '/allow',
    hook: { clientConfig: { caBundle: Buffer.from(makeCertificate(Date.now()).certificate).toString('base64') } },
  },
  garbled: { at: '/allow', hook: { clientConfig: { caBundle: Buffer.from('no PEM').toString('base64') } } },
  impostor: { at: '/uid' },
  patches: { at: '/patch' },
  broken: { at: '/broken' },
  missing: { at: '/missing' },
  spaced: { at: '/deny', hook: { namespaceSelector: { matchLabels: { hooked: 'yes' } } } },
  some: { at: '/deny', hook: when("object.data.a == 'x'") },
  doubtful: { at: '/deny', hook: when("object.data.zz == 'x'") },
  lenient: { at: '/deny', hook: { ...when("object.data.zz == 'x'"), failurePolicy: 'Ignore' } },
  keeps: { at: '/echo', rule: { operations: ['DELETE'] } },
  updates: { at: '/echo', rule: { operations: ['UPDATE'] } },
  sees: { at: '/echo', rule: { operations: ['CREATE'] } },
  any: { at: '/deny', rule: { operations: ['*'], apiGroups: ['*'], apiVersions: ['*'], resources: ['*/*'] } },
  cluster: { at: '/deny', rule: { scope: 'Cluster' } },
  part: { at: '/deny', rule: { resources: ['configmaps/status'] } },
  gone: { at: '', hook: { clientConfig: { service: { namespace: 'default', name: 'gone', path: '/judge' } } } },
  last: { at: '/deny' },
};

async function hookObject(name: string, row: HookRow): Promise<Fields> {
  const { url, caBundle } = await servedWebhooks();
  const address = row.at.startsWith('https:') ? row.at : `${url}${row.at}`;
  const { clientConfig, ...more } = row.hook ?? {};
  const own = clientConfig as Fields | undefined;
  const hook = {
    name: `${name}.hook.test`,
    admissionReviewVersions: ['v1'],
    sideEffects: 'None',
    objectSelector: { matchLabels: { hook: name } },
    rules: [
      {
        apiGroups: [''],
        apiVersions: ['v1'],
        operations: ['CREATE', 'UPDATE'],
        resources: ['configmaps'],
        ...row.rule,
      },
    ],
    clientConfig: own !== undefined && 'service' in own ? own : { url: address, caBundle, ...own },
    ...more,
  };
  return configuration(name, [hook]);
}

function configuration(name: string, webhooks: readonly Fields[], metadata: Fields = {}): Fields {
  const head = { apiVersion: `${group}/v1`, kind: 'ValidatingWebhookConfiguration' };
  return { ...head, metadata: { name, ...metadata }, webhooks };
}

/** Waits until the webhook refuses. */
async function denies(s: Stage, hook: string): Promise<void> {
  const isAsked = async (): Promise<void> => expect((await create(s, hook)).code).toBe(400);
  await vi.waitFor(isAsked, { timeout: 20_000, interval: 100 });
}

const inForce = new WeakMap<ApiClient, Promise<void>>();

/** All webhooks are there, and the last of them is asked, before the first of these cases. */
async function enforce(s: Stage): Promise<void> {
  const ready =
    inForce.get(s.client) ??
    (async (): Promise<void> => {
      for (const [name, row] of Object.entries(hooks)) {
        const made = await s.call('POST', configurations, await hookObject(name, row));
        expect([name, made.code]).toEqual([name, 201]);
      }
      await denies(s, 'last');
    })();
  inForce.set(s.client, ready);
  await ready;
}

async function create(s: Stage, hook: string, data: Fields = { a: 'y' }, query = '?dryRun=All'): Promise<ApiAnswer> {
  return s.call('POST', `${s.maps}${query}`, map('t', data, { labels: { hook } }));
}

const denied = (hook: string): string => `admission webhook "${hook}.hook.test" denied the request`;
const failed = (hook: string): string => `Internal error occurred: failed calling webhook "${hook}.hook.test": `;
const post = (hook: string, path: string): string =>
  `${failed(hook)}failed to call webhook: Post "https://127.0.0.1:PORT${path}?timeout=10s": `;

/** What a webhook comes to for a config map with `a: y`; undefined lets it pass. Ports are written `PORT`. */
function says(hook: string, what: string, code: number, reason?: string, data?: Fields): ContractCase {
  return [
    `the webhook "${hook}" comes to ${code} ${what.slice(0, 90)}`,
    async (s) => {
      await enforce(s);
      const answer = await create(s, hook, data);
      const told = refusal(answer);
      const message = String(told['message']).replace(/127\.0\.0\.1:\d+/gu, '127.0.0.1:PORT');
      expect(code === 201 ? answer.code : { ...told, message }).toEqual(
        code === 201 ? 201 : { code, reason, message: what },
      );
    },
  ];
}

const internal = 'InternalError';
const unknownAuthority = 'tls: failed to verify certificate: x509: certificate signed by unknown authority';

const answers: readonly ContractCase[] = [
  says('denies', `${denied('denies')}: not today`, 400),
  says('silent', `${denied('silent')} without explanation`, 400),
  says('coded', `${denied('coded')}: not you`, 403, 'Forbidden'),
  says('reason', `${denied('reason')}: TooSoon`, 400, 'TooSoon'),
  says('allows', '', 201),
  says('unheard', `${post('unheard', '/nobody')}dial tcp 127.0.0.1:PORT: connect: connection refused`, 500, internal),
  says('ignored', '', 201),
  says(
    'slow',
    `${failed('slow')}failed to call webhook: Post "https://127.0.0.1:PORT/slow?timeout=1s": context deadline exceeded`,
    500,
    internal,
  ),
  says(
    'garbled',
    `${failed('garbled')}could not get REST client: unable to load root certificates: unable to parse bytes as PEM block`,
    500,
    internal,
  ),
  says(
    'patches',
    `${failed('patches')}received invalid webhook response: validating webhook may not return response.patch`,
    500,
    internal,
  ),
  says(
    'broken',
    `${failed('broken')}failed to call webhook: an error on the server ("out of order") has prevented the request from succeeding`,
    500,
    internal,
  ),
  says(
    'missing',
    `${failed('missing')}failed to call webhook: the server could not find the requested resource`,
    500,
    internal,
  ),
  says(
    'gone',
    `${failed('gone')}failed to call webhook: Post "https://gone.default.svc:443/judge?timeout=10s": service "gone" not found`,
    500,
    internal,
  ),
  says('some', '', 201),
  says('some', `${denied('some')}: not today`, 400, undefined, { a: 'x' }),
  says(
    'doubtful',
    `configmaps "t" is forbidden: expression 'object.data.zz == 'x'' resulted in error: no such key: zz`,
    403,
    'Forbidden',
  ),
  says('lenient', '', 201),
  says('any', `${denied('any')}: not today`, 400),
  says('cluster', '', 201),
  says('part', '', 201),
];

const writes: readonly ContractCase[] = [
  [
    'a webhook whose certificate is another one is not heard',
    async (s) => {
      await enforce(s);
      expect(at(await create(s, 'stranger'), 'message')).toContain(unknownAuthority);
    },
  ],
  [
    'an answer to another question is none',
    async (s) => {
      await enforce(s);
      const message = at(await create(s, 'impostor'), 'message');
      expect(message).toMatch(
        /received invalid webhook response: expected response\.uid="[-0-9a-f]{36}", got "another"$/u,
      );
    },
  ],
  [
    'what a webhook warns of is told to the writer',
    async (s) => {
      await enforce(s);
      const answer = await create(s, 'warns', { a: '1' }, '');
      expect([answer.code, answer.warning]).toEqual([201, String.raw`299 - "mind \"the\" gap"`]);
    },
  ],
  [
    'a webhook is asked where its namespaces are',
    async (s) => {
      await enforce(s);
      expect((await create(s, 'spaced')).code).toBe(201);
      await s.merge(`/api/v1/namespaces/${s.namespace}`, { metadata: { labels: { hooked: 'yes' } } });
      await denies(s, 'spaced');
    },
  ],
  [
    'a webhook is shown a creation and how it was asked for',
    async (s) => {
      await enforce(s);
      const why = (manager: string, dry: string): string =>
        `${denied('sees')}: "CREATE" "t" "ConfigMap" "configmaps" null "${s.namespace}" "y" was null "CreateOptions" ${manager} ${dry}`;
      expect(at(await create(s, 'sees'), 'message')).toBe(why('null', 'true'));
      expect(at(await create(s, 'sees', { a: 'y' }, '?fieldManager=me'), 'message')).toBe(why('"me"', 'false'));
      const applied = { ...map('t', { a: 'y' }, { labels: { hook: 'sees' } }) };
      expect(at(await s.apply(`${s.maps}/t`, applied, 'me'), 'message')).toBe(why('"me"', 'false'));
    },
  ],
  [
    'a webhook is shown what an update changes',
    async (s) => {
      await enforce(s);
      expect((await create(s, 'updates', { a: '1' }, '')).code).toBe(201);
      const why = `"UPDATE" "t" "ConfigMap" "configmaps" null "${s.namespace}" "2" was "1" "UpdateOptions" null false`;
      const answer = await s.merge(`${s.maps}/t`, { data: { a: '2' } });
      expect(at(answer, 'message')).toBe(`${denied('updates')}: ${why}`);
      expect(at(await s.get(`${s.maps}/t`), 'data.a')).toBe('1');
    },
  ],
  [
    'a webhook keeps an object from being deleted, alone and with all others',
    async (s) => {
      await enforce(s);
      expect((await create(s, 'keeps', { a: '1' }, '')).code).toBe(201);
      const why = `"ConfigMap" "configmaps" null "${s.namespace}" null was "1" "DeleteOptions" null false`;
      const message = (name: string): string => `${denied('keeps')}: "DELETE" ${name} ${why}`;
      expect(at(await s.call('DELETE', `${s.maps}/t`), 'message')).toBe(message('"t"'));
      expect(at(await s.call('DELETE', `${s.maps}?labelSelector=hook%3Dkeeps`), 'message')).toBe(message('null'));
      expect((await s.get(`${s.maps}/t`)).code).toBe(200);
    },
  ],
  [
    'an object that a webhook lets pass is stored as the webhook saw it',
    async (s) => {
      await enforce(s);
      const sent = { ...map('', {}), metadata: { generateName: 'made-', labels: { hook: 'allows' } } };
      const made = await s.call('POST', s.maps, sent);
      expect([made.code, at(made, 'metadata.name')]).toEqual([201, expect.stringMatching(/^made-[a-z0-9]{5}$/u)]);
      expect((await servedWebhooks()).shown).toContain(at(made, 'metadata.uid'));
    },
  ],
  [
    'writes that meet while a webhook thinks are all made',
    async (s) => {
      await enforce(s);
      expect((await create(s, 'allows', { a: '1' }, '')).code).toBe(201);
      const keys = ['b', 'c', 'd'];
      const changed = await Promise.all(keys.map(async (key) => s.merge(`${s.maps}/t`, { data: { [key]: key } })));
      expect(changed.map(({ code }) => code)).toEqual([200, 200, 200]);
      expect(at(await s.get(`${s.maps}/t`), 'data')).toEqual({ a: '1', b: 'b', c: 'c', d: 'd' });
    },
  ],
  [
    'what a webhook lets go goes, alone and with all others',
    async (s) => {
      await enforce(s);
      const made = ['one', 'two', 'three'].map(async (name) => s.createMap(name, {}, { labels: { hook: 'allows' } }));
      expect((await Promise.all(made)).map(({ code }) => code)).toEqual([201, 201, 201]);
      expect((await s.call('DELETE', `${s.maps}/one`)).code).toBe(200);
      expect((await s.call('DELETE', `${s.maps}?labelSelector=hook%3Dallows`)).code).toBe(200);
      expect(at(await s.get(`${s.maps}?labelSelector=hook%3Dallows`), 'items')).toEqual([]);
    },
  ],
];

/** What a configuration with one good webhook but for these fields is told. */
async function refused(s: Stage, fields: Fields, twice = false): Promise<unknown> {
  const good = {
    name: 'a.hook.test',
    admissionReviewVersions: ['v1'],
    sideEffects: 'None',
    clientConfig: { url: nobody },
    rules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['nothings'] }],
  };
  const hook = { ...good, ...fields };
  const body = configuration('odd', twice ? [hook, hook] : [hook]);
  const message = at(await s.call('POST', `${configurations}?dryRun=All`, body), 'message');
  return typeof message === 'string' ? message.replace(/^.* "odd" is invalid: /u, '') : message;
}

const rule = (fields: Fields): Fields => ({
  rules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['nothings'], ...fields }],
});

const invalidHooks: readonly (readonly [fields: Fields, message: string])[] = [
  [{ sideEffects: null }, 'webhooks[0].sideEffects: Required value: must specify one of None, NoneOnDryRun'],
  [
    { sideEffects: 'Some' },
    'webhooks[0].sideEffects: Unsupported value: "Some": supported values: "None", "NoneOnDryRun"',
  ],
  [
    { name: 'hook.test' },
    'webhooks[0].name: Invalid value: "hook.test": should be a domain with at least three segments separated by dots',
  ],
  [
    { timeoutSeconds: 31 },
    'webhooks[0].timeoutSeconds: Invalid value: 31: the timeout value must be between 1 and 30 seconds',
  ],
  [
    { failurePolicy: 'Maybe' },
    'webhooks[0].failurePolicy: Unsupported value: "Maybe": supported values: "Fail", "Ignore"',
  ],
  [{ clientConfig: {} }, 'webhooks[0].clientConfig: Required value: exactly one of url or service is required'],
  [
    { clientConfig: { url: 'http://127.0.0.1/' } },
    `webhooks[0].clientConfig.url: Invalid value: "http": 'https' is the only allowed URL scheme; desired format: https://host[/path]`,
  ],
  [
    { clientConfig: { url: 'https://u@127.0.0.1/?q=1' } },
    '[webhooks[0].clientConfig.url: Invalid value: "u": user information is not permitted in the URL, webhooks[0].clientConfig.url: Invalid value: "q=1": query parameters are not permitted in the URL]',
  ],
  [
    { admissionReviewVersions: ['v2'] },
    'webhooks[0].admissionReviewVersions: Invalid value: ["v2"]: must include at least one of v1, v1beta1',
  ],
  [
    { admissionReviewVersions: [] },
    'webhooks[0].admissionReviewVersions: Required value: must specify one of v1, v1beta1',
  ],
  [
    rule({ operations: ['LOOK'] }),
    'webhooks[0].rules[0].operations[0]: Unsupported value: "LOOK": supported values: "*", "CONNECT", "CREATE", "DELETE", "UPDATE"',
  ],
  [rule({ resources: [] }), 'webhooks[0].rules[0].resources: Required value'],
  [
    rule({ apiGroups: ['*', 'apps'] }),
    `webhooks[0].rules[0].apiGroups: Invalid value: ["*","apps"]: if '*' is present, must not specify other API groups`,
  ],
];

const configured: readonly ContractCase[] = [
  ...invalidHooks.map(([fields, message]): ContractCase => [
    `a configuration of a webhook is refused: ${message.slice(0, 90)}`,
    async (s) => expect(await refused(s, fields)).toBe(message),
  ]),
  [
    'two webhooks of a configuration have two names',
    async (s) => expect(await refused(s, {}, true)).toBe('webhooks[1].name: Duplicate value: "a.hook.test"'),
  ],
  [
    'a condition of a webhook that cannot be compiled is refused',
    async (s) =>
      expect(await refused(s, when('foo == 1'))).toContain(
        'webhooks[0].matchConditions[0].expression: Invalid value: "foo == 1": compilation failed: ERROR: <input>:1:1: undeclared',
      ),
  ],
  [
    'a webhook has defaults, and no webhook is asked about it',
    async (s) => {
      await enforce(s);
      const hook = { name: 'a.hook.test', admissionReviewVersions: ['v1'], sideEffects: 'None' };
      const service = { namespace: 'default', name: 'nobody' };
      const rules = [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['nothings'] }];
      const body = configuration(`defaults-${s.namespace}`, [{ ...hook, rules, clientConfig: { service } }], {
        labels: { hook: 'any' },
      });
      const made = await s.call('POST', configurations, body);
      expect([made.code, at(made, 'webhooks.0')]).toEqual([
        201,
        {
          ...hook,
          clientConfig: { service: { ...service, port: 443 } },
          failurePolicy: 'Fail',
          matchPolicy: 'Equivalent',
          namespaceSelector: {},
          objectSelector: {},
          rules: [{ ...rules[0], scope: '*' }],
          timeoutSeconds: 10,
        },
      ]);
    },
  ],
];

/** Webhooks that are asked whether a write may pass. */
export const webhookCases: readonly ContractCase[] = [...answers, ...writes, ...configured];
