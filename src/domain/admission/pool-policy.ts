import { areApart, areOrdered, ipv4Ranges, ipv6Ranges, isPoolEntry } from './address-cel.ts';
import { type AdmissionPolicy, specIsNew } from './admission-policy.ts';
import { listRule, selectorRules } from './selector-cel.ts';

const entries = 'object.spec.addresses';
const allocation = 'object.spec.serviceAllocation';

function ofAllocation(rule: { readonly expression: string; readonly message: string }): typeof rule {
  return { ...rule, expression: `!has(${allocation}) || ${rule.expression}` };
}

/**
 * Pools whose addresses can be read and whose own entries have nothing in common. Whether two pools overlap one object
 * cannot tell: the controller and `validate` do.
 */
export const poolPolicy: AdmissionPolicy = {
  group: 'metallb.io',
  version: 'v1beta1',
  resource: 'ipaddresspools',
  action: 'Deny',
  scope: 'metallb',
  conditions: [specIsNew],
  variables: [
    { name: 'unread', expression: `${entries}.filter(entry, !${isPoolEntry('entry')})` },
    { name: 'read', expression: `${entries}.filter(entry, !(entry in variables.unread))` },
    { name: 'ipv4', expression: ipv4Ranges("variables.read.filter(entry, !entry.contains(':'))") },
    {
      name: 'ipv6',
      expression: ipv6Ranges("variables.read.filter(entry, entry.contains(':') && !entry.contains('.'))"),
    },
  ],
  rules: [
    { expression: `${entries}.size() > 0`, message: 'addresses is empty: a pool needs at least one range or prefix' },
    {
      expression: 'variables.unread.size() == 0',
      message: 'addresses holds something else than ranges first-last of one family and prefixes address/length',
      messageExpression:
        "'addresses are ranges first-last of one family or prefixes address/length; these are neither: ' + variables.unread.join(', ')",
    },
    {
      expression: `${areOrdered('variables.ipv4')} && ${areOrdered('variables.ipv6')}`,
      message: 'a range of addresses ends before it starts',
    },
    {
      expression: `${areApart('variables.ipv4')} && ${areApart('variables.ipv6')}`,
      message: 'two entries of addresses have addresses in common',
    },
    ...[
      listRule(`${allocation}.namespaces`, 'serviceAllocation.namespaces'),
      ...selectorRules(`${allocation}.namespaceSelectors`, 'serviceAllocation.namespaceSelectors'),
      ...selectorRules(`${allocation}.serviceSelectors`, 'serviceAllocation.serviceSelectors'),
    ].map((rule) => ofAllocation(rule)),
  ],
};
