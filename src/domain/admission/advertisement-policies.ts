import { isSince, type Release } from '../metallb/release.ts';
import { type AdmissionPolicy, type AdmissionRule, specIsNew } from './admission-policy.ts';
import { isUnique, where } from './cel.ts';
import { communityForms, mayBeCommunity } from './community-cel.ts';
import { listRule, selectorRules } from './selector-cel.ts';

/** The release since which advertisements may choose Services. */
const selectsServices: Release = '0.16.0';

/** What both kinds of advertisement select by. A field that the release doesn't have can't be asked about. */
function selections(release: Release): readonly AdmissionRule[] {
  const services = isSince(release, selectsServices)
    ? selectorRules('object.spec.serviceSelectors', 'serviceSelectors')
    : [];
  return [
    listRule('object.spec.ipAddressPools', 'ipAddressPools'),
    ...selectorRules('object.spec.ipAddressPoolSelectors', 'ipAddressPoolSelectors'),
    ...selectorRules('object.spec.nodeSelectors', 'nodeSelectors'),
    ...services,
  ];
}

const common = {
  group: 'metallb.io',
  version: 'v1beta1',
  action: 'Deny',
  scope: 'metallb',
  conditions: [
    {
      ...specIsNew,
      expression: `has(object.spec) && (oldObject == null || !has(oldObject.spec) || object.spec != oldObject.spec)`,
    },
  ],
  variables: [],
} as const;

export function l2AdvertisementPolicy(release: Release): AdmissionPolicy {
  return { ...common, resource: 'l2advertisements', rules: selections(release) };
}

const numbers: readonly AdmissionRule[] = [
  {
    expression: where('object.spec.aggregationLength', 'object.spec.aggregationLength <= 32'),
    message: 'aggregationLength is a prefix length of IPv4: 1 to 32',
  },
  {
    expression: where(
      'object.spec.aggregationLengthV6',
      '(object.spec.aggregationLengthV6 >= 1 && object.spec.aggregationLengthV6 <= 128)',
    ),
    message: 'aggregationLengthV6 is a prefix length of IPv6: 1 to 128',
  },
  {
    expression: where('object.spec.localPref', '(object.spec.localPref >= 0 && object.spec.localPref <= 4294967295)'),
    message: 'localPref is 0 to 4294967295: with another one speakers cannot read any advertisement',
  },
];

const communities = 'object.spec.communities';

export function bgpAdvertisementPolicy(release: Release): AdmissionPolicy {
  return {
    ...common,
    resource: 'bgpadvertisements',
    rules: [
      ...selections(release),
      ...numbers,
      listRule('object.spec.peers', 'peers'),
      listRule(communities, 'communities'),
      {
        expression: where(communities, `${communities}.all(c, ${mayBeCommunity('c')})`),
        message: `communities holds something that is neither a community nor the name of one; write ${communityForms}`,
      },
    ],
  };
}

const aliases = 'object.spec.communities';

/** Names for communities, each once. */
export const communityPolicy: AdmissionPolicy = {
  ...common,
  resource: 'communities',
  rules: [
    {
      expression: where(aliases, `${aliases}.all(c, ${where('c.value', mayBeCommunity('c.value'))})`),
      message: `the value of a community is ${communityForms}`,
    },
    {
      expression: where(aliases, isUnique(`${aliases}.filter(c, has(c.name)).map(c, c.name)`)),
      message: 'communities defines one name twice',
    },
  ],
};
