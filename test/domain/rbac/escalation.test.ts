import { expect, it } from 'vitest';
import { escalationText } from '../../../src/domain/rbac/escalation.ts';
import { decodeRules, type PolicyRule } from '../../../src/domain/rbac/policy-rule.ts';
import type { UserInfo } from '../../../src/domain/rbac/user-info.ts';

const user: UserInfo = { name: 'jane', groups: ['ops'] };

function rule(resources: string, verbs: string, more: { readonly resourceNames?: readonly string[] } = {}): PolicyRule {
  const [only] = decodeRules({
    rules: [{ apiGroups: [''], resources: resources.split(' '), verbs: verbs.split(' '), ...more }],
  });
  if (only === undefined) {
    throw new Error('bug: no rule');
  }
  return only;
}

it.each([
  ['the same', [rule('pods', 'get')], [rule('pods', 'get')]],
  ['less than a star', [rule('*', '*')], [rule('pods services', 'get list')]],
  ['what several rules hold together', [rule('pods', 'get'), rule('services', 'get')], [rule('pods services', 'get')]],
  ['one name of all', [rule('secrets', 'get')], [rule('secrets', 'get', { resourceNames: ['a'] })]],
  ['a subresource of all', [rule('*/scale', 'update')], [rule('deployments/scale', 'update')]],
])('lets a user give %s', (_what, held, wanted) => {
  expect(escalationText(user, held, wanted)).toBeUndefined();
});

it.each([
  ['another verb', [rule('pods', 'get')], [rule('pods', 'delete')]],
  ['all names for one', [rule('secrets', 'get', { resourceNames: ['a'] })], [rule('secrets', 'get')]],
  ['a star for much', [rule('pods services', 'get list watch')], [rule('pods', '*')]],
  ['a resource for its subresource', [rule('pods/status', 'get')], [rule('pods', 'get')]],
])('keeps a user from giving %s', (_what, held, wanted) => {
  expect(escalationText(user, held, wanted)).toContain('is attempting to grant RBAC permissions not currently held');
});

it('names what is missing, the verbs of one resource in one line', () => {
  expect(escalationText(user, [rule('pods', 'get')], [rule('pods', 'get delete update')])).toBe(
    'user "jane" (groups=["ops"]) is attempting to grant RBAC permissions not currently held:\n' +
      '{APIGroups:[""], Resources:["pods"], Verbs:["delete" "update"]}',
  );
});
