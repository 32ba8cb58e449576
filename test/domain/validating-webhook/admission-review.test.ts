import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../../src/domain/json.ts';
import type { AdmissionRequest } from '../../../src/domain/validating-policy/admission-request.ts';
import { admissionReview, judgeAnswer } from '../../../src/domain/validating-webhook/admission-review.ts';

const head = { apiVersion: 'admission.k8s.io/v1', kind: 'AdmissionReview' };
const answer = (response: JsonObject): Json => ({ ...head, response: { uid: 'u', ...response } });
const denied = 'admission webhook "w.shop.test" denied the request';
const invalid = 'received invalid webhook response: ';
const passed = { denial: undefined, warnings: [] };

function refused(code: number, reason: string, message: string): JsonObject {
  return { code, reason, message };
}

const judged: readonly (readonly [behaviour: string, answer: Json, judgement: unknown])[] = [
  ['lets pass what is allowed', answer({ allowed: true }), passed],
  [
    'hands on warnings and leaves out what is none',
    answer({ allowed: true, warnings: ['w', 1] }),
    { ...passed, warnings: ['w'] },
  ],
  [
    'refuses with the message and code 400',
    answer({ allowed: false, status: { message: 'm' } }),
    { denial: refused(400, '', `${denied}: m`), warnings: [] },
  ],
  [
    'refuses with the code and reason that are given',
    answer({ allowed: false, status: { code: 403, reason: 'Forbidden', message: 'm' } }),
    { denial: refused(403, 'Forbidden', `${denied}: m`), warnings: [] },
  ],
  [
    'takes the reason for a message',
    answer({ allowed: false, status: { code: 200, reason: 'Because' } }),
    { denial: refused(400, 'Because', `${denied}: Because`), warnings: [] },
  ],
  ['refuses without a word', answer({}), { denial: refused(400, '', `${denied} without explanation`), warnings: [] }],
  ['wants a response', head, { mistake: `${invalid}webhook response was absent` }],
  [
    'wants its own uid',
    answer({ uid: 'x', allowed: true }),
    { mistake: `${invalid}expected response.uid="u", got "x"` },
  ],
  [
    'wants its own version',
    { ...head, apiVersion: 'admission.k8s.io/v1beta1', response: { uid: 'u', allowed: true } },
    {
      mistake: `${invalid}expected webhook response of admission.k8s.io/v1, Kind=AdmissionReview, got admission.k8s.io/v1beta1, Kind=AdmissionReview`,
    },
  ],
  [
    'takes no patch',
    answer({ allowed: true, patch: 'W10=' }),
    { mistake: `${invalid}validating webhook may not return response.patch` },
  ],
  ['wants a kind', {}, { mistake: "failed to call webhook: Object 'Kind' is missing in '{}'" }],
  ['wants an object', 'yes', { mistake: `failed to call webhook: Object 'Kind' is missing in '"yes"'` }],
];

describe('the judgement of an answer', () => {
  it.each(judged)('%s', (_, given, judgement) => {
    expect(judgeAnswer('w.shop.test', 'u', given)).toEqual(judgement);
  });
});

const request: AdmissionRequest = {
  operation: 'UPDATE',
  group: 'shop.test',
  version: 'v2',
  kind: 'Cart',
  resource: 'carts',
  subresource: 'status',
  namespaced: true,
  namespace: 'here',
  name: 'one',
  user: { name: 'ann', groups: ['g'], uid: '7', extra: { e: ['1'] } },
  dryRun: true,
  object: { apiVersion: 'shop.test/v2', a: 1 },
  oldObject: null,
  namespaceObject: null,
};

describe('a review', () => {
  it('shows the write in the version that the webhook wants, and how it came', () => {
    const options = { kind: 'UpdateOptions' };
    expect(admissionReview(request, { uid: 'u', version: 'v1', options })).toEqual({
      ...head,
      request: {
        uid: 'u',
        kind: { group: 'shop.test', version: 'v1', kind: 'Cart' },
        resource: { group: 'shop.test', version: 'v1', resource: 'carts' },
        subResource: 'status',
        requestKind: { group: 'shop.test', version: 'v2', kind: 'Cart' },
        requestResource: { group: 'shop.test', version: 'v2', resource: 'carts' },
        requestSubResource: 'status',
        name: 'one',
        namespace: 'here',
        operation: 'UPDATE',
        userInfo: { username: 'ann', groups: ['g'], uid: '7', extra: { e: ['1'] } },
        object: { apiVersion: 'shop.test/v1', a: 1 },
        oldObject: null,
        dryRun: true,
        options,
      },
    });
  });

  it('places a namespace in itself', () => {
    const namespace = {
      ...request,
      group: '',
      version: 'v1',
      resource: 'namespaces',
      namespaced: false,
      namespace: '',
    };
    const facts = { uid: 'u', version: 'v1', options: {} };
    expect(admissionReview(namespace, facts)).toMatchObject({
      request: { namespace: 'one', object: { apiVersion: 'v1' } },
    });
  });
});
