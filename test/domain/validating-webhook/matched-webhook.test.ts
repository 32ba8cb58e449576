import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/domain/json.ts';
import type { AdmissionRequest } from '../../../src/domain/validating-policy/admission-request.ts';
import type { AskRights } from '../../../src/domain/validating-policy/authorizer-value.ts';
import { matchWebhook } from '../../../src/domain/validating-webhook/matched-webhook.ts';
import { decodeWebhooks } from '../../../src/domain/validating-webhook/webhook.ts';

const labelled = (labels: JsonObject, more: JsonObject = {}): JsonObject => ({ metadata: { labels }, ...more });

const creation: AdmissionRequest = {
  operation: 'CREATE',
  group: 'shop.test',
  version: 'v2',
  kind: 'Cart',
  resource: 'carts',
  subresource: '',
  namespaced: true,
  namespace: 'here',
  name: 'one',
  user: { name: 'u', groups: [] },
  dryRun: false,
  object: labelled({ app: 'web' }, { spec: { size: 3 } }),
  oldObject: null,
  namespaceObject: labelled({ team: 'a' }),
};

const rule: JsonObject = {
  operations: ['CREATE'],
  apiGroups: ['shop.test'],
  apiVersions: ['v2'],
  resources: ['carts'],
};

const ask: AskRights = () => ({ allowed: false, reason: '', errors: [] });

/** The version in which a webhook of these fields is shown a write; its objection; undefined where it is not asked. */
function shown(fields: JsonObject, request: Partial<AdmissionRequest> = {}): unknown {
  const [webhook] = decodeWebhooks({ webhooks: [{ name: 'w', rules: [rule], ...fields }] });
  if (webhook === undefined) {
    throw new Error('there is a webhook');
  }
  const matched = matchWebhook(webhook, { ...creation, ...request }, () => ['v1', 'v1beta1'], ask);
  return matched !== undefined && 'objection' in matched ? matched.objection.message : matched?.version;
}

const ruled = (more: JsonObject): JsonObject => ({ rules: [{ ...rule, ...more }] });
const when = (expression: string, more: JsonObject = {}): JsonObject => ({
  matchConditions: [{ name: 'c', expression }],
  ...more,
});
const update: Partial<AdmissionRequest> = { operation: 'UPDATE', oldObject: labelled({ app: 'old' }) };
const deletion: Partial<AdmissionRequest> = { operation: 'DELETE', object: null, oldObject: labelled({ app: 'old' }) };

type Row = readonly [why: string, fields: JsonObject, request: Partial<AdmissionRequest>, shown: string | undefined];

const rows: readonly Row[] = [
  ['its own rule', {}, {}, 'v2'],
  ['no rule', { rules: [] }, {}, undefined],
  ['another operation', {}, update, undefined],
  ['every operation', ruled({ operations: ['*'] }), deletion, 'v2'],
  ['every group', ruled({ apiGroups: ['*'] }), {}, 'v2'],
  ['another group', ruled({ apiGroups: ['', 'other.test'] }), {}, undefined],
  ['every version', ruled({ apiVersions: ['*'] }), {}, 'v2'],
  ['another version that is served', ruled({ apiVersions: ['v1beta1'] }), {}, 'v1beta1'],
  ['another version, exactly', { ...ruled({ apiVersions: ['v1'] }), matchPolicy: 'Exact' }, {}, undefined],
  ['a version that nobody serves', ruled({ apiVersions: ['v9'] }), {}, undefined],
  ['every resource', ruled({ resources: ['*'] }), {}, 'v2'],
  ['every resource but no subresource', ruled({ resources: ['*'] }), { subresource: 'status' }, undefined],
  ['everything', ruled({ resources: ['*/*'] }), { subresource: 'status' }, 'v2'],
  ['every subresource', ruled({ resources: ['carts/*'] }), { subresource: 'status' }, 'v2'],
  ['one subresource of everything', ruled({ resources: ['*/status'] }), { subresource: 'status' }, 'v2'],
  ['one subresource of everything, not the object', ruled({ resources: ['*/status'] }), {}, undefined],
  ['the scope of the cluster', ruled({ scope: 'Cluster' }), {}, undefined],
  ['the scope of namespaces', ruled({ scope: 'Namespaced' }), {}, 'v2'],
  ['a namespace it selects', { namespaceSelector: { matchLabels: { team: 'a' } } }, {}, 'v2'],
  ['a namespace it does not', { namespaceSelector: { matchLabels: { team: 'b' } } }, {}, undefined],
  [
    'what is in no namespace',
    { namespaceSelector: { matchLabels: { team: 'b' } } },
    { namespaced: false, namespace: '', namespaceObject: null },
    'v2',
  ],
  ['an object it selects', { objectSelector: { matchLabels: { app: 'web' } } }, {}, 'v2'],
  ['an object it does not', { objectSelector: { matchLabels: { app: 'old' } } }, {}, undefined],
  [
    'an object that it selected before',
    { ...ruled({ operations: ['*'] }), objectSelector: { matchLabels: { app: 'old' } } },
    update,
    'v2',
  ],
  [
    'a deleted object that it selects',
    { ...ruled({ operations: ['*'] }), objectSelector: { matchLabels: { app: 'old' } } },
    deletion,
    'v2',
  ],
  ['a condition that holds', when('object.spec.size > 2'), {}, 'v2'],
  ['a condition that does not', when('object.spec.size > 3'), {}, undefined],
  ['a condition of the request', when("request.operation == 'CREATE' && oldObject == null"), {}, 'v2'],
  ['a condition of rights', when("authorizer.group('').resource('pods').check('get').allowed()"), {}, undefined],
  ['a condition that fails', when('object.spec.z'), {}, "expression 'object.spec.z' resulted in error: no such key: z"],
  ['a condition that fails and may', when('object.spec.z', { failurePolicy: 'Ignore' }), {}, undefined],
  [
    'a failure beside a false one',
    { matchConditions: [{ expression: 'object.z' }, { expression: 'false' }] },
    {},
    undefined,
  ],
];

describe('a webhook', () => {
  it.each(rows)('is asked, or not, by %s', (_, fields, request, version) => {
    expect(shown(fields, request)).toBe(version);
  });
});
