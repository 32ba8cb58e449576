import type { BgpBackend } from '../environment/environment.ts';
import { isSince, type Release } from '../metallb/release.ts';
import { isAddress } from './address-cel.ts';
import { type AdmissionPolicy, type AdmissionRule, specIsNew } from './admission-policy.ts';
import { matches } from './cel.ts';
import { selectorRules } from './selector-cel.ts';

const spec = 'object.spec';

/** A text field that is set to something; Go takes the empty text for absent. */
const isSet = (field: string): string => `(has(${spec}.${field}) && ${spec}.${field} != '')`;

const duration =
  '^[-+]?(0|([0-9]+([.][0-9]*)?|[.][0-9]+)(ns|us|µs|μs|ms|s|m|h)(([0-9]+([.][0-9]*)?|[.][0-9]+)(ns|us|µs|μs|ms|s|m|h))*)$';
const isDuration = (field: string): string => `(has(${spec}.${field}) && ${matches(`${spec}.${field}`, duration)})`;

const remote: readonly AdmissionRule[] = [
  { expression: `${spec}.myASN != 0`, message: 'myASN is 0, which is no AS number' },
  {
    expression: `(has(${spec}.peerASN) && ${spec}.peerASN != 0) != ${isSet('dynamicASN')}`,
    message: 'exactly one of peerASN and dynamicASN says which AS the peer is of',
  },
  {
    expression: `!has(${spec}.ebgpMultiHop) || !${spec}.ebgpMultiHop || !has(${spec}.peerASN) || ${spec}.peerASN != ${spec}.myASN`,
    message: 'ebgpMultiHop is for peers of another AS, and peerASN is myASN',
  },
];

function target(release: Release): AdmissionRule {
  return isSince(release, '0.15.0')
    ? {
        expression: `${isSet('peerAddress')} != ${isSet('interface')}`,
        message: 'exactly one of peerAddress and interface says where the peer is',
      }
    : { expression: isSet('peerAddress'), message: 'peerAddress is empty' };
}

const addresses = ['peerAddress', 'sourceAddress', 'routerID'].map((field): AdmissionRule => ({
  expression: `!${isSet(field)} || ${isAddress(`${spec}.${field}`)}`,
  message: `${field} is no IP address`,
}));

const timers: readonly AdmissionRule[] = [
  ...['holdTime', 'keepaliveTime'].map((field): AdmissionRule => ({
    expression: `!has(${spec}.${field}) || ${isDuration(field)}`,
    message: `${field} is no duration such as 90s: with it speakers cannot read any peer`,
  })),
  {
    expression: `!${isDuration('holdTime')} || duration(${spec}.holdTime).getSeconds() == 0 || duration(${spec}.holdTime).getSeconds() >= 3`,
    message: 'holdTime is 0 or at least 3s (RFC 4271)',
  },
  {
    expression: `!${isDuration('holdTime')} || !${isDuration('keepaliveTime')} || duration(${spec}.keepaliveTime) <= duration(${spec}.holdTime)`,
    message: 'keepaliveTime is longer than holdTime',
  },
];

const onePassword: AdmissionRule = {
  expression: `!${isSet('password')} || !has(${spec}.passwordSecret) || !has(${spec}.passwordSecret.name) || ${spec}.passwordSecret.name == ''`,
  message: 'password and passwordSecret are both set: a password comes from one place',
};

/** What the BGP of MetalLB's own speaker refuses, with the first release that has the field. FRR takes all of it. */
const beyondNative: readonly (readonly [field: string, since: Release, isSet: string])[] = [
  ['bfdProfile', '0.14.0', isSet('bfdProfile')],
  ['vrf', '0.14.0', isSet('vrf')],
  ['connectTime', '0.14.0', `has(${spec}.connectTime)`],
  ['dynamicASN', '0.14.0', isSet('dynamicASN')],
  ['interface', '0.15.0', isSet('interface')],
  ['localASN', '0.16.0', `has(${spec}.localASN)`],
  ['keepaliveTime', '0.14.0', `(${isDuration('keepaliveTime')} && duration(${spec}.keepaliveTime) != duration('0s'))`],
  ...(['enableGracefulRestart', 'disableMP'] as const).map(
    (field) => [field, '0.14.0', `(has(${spec}.${field}) && ${spec}.${field})`] as const,
  ),
  ['dualStackAddressFamily', '0.15.0', `(has(${spec}.dualStackAddressFamily) && ${spec}.dualStackAddressFamily)`],
];

function backendRules(backend: BgpBackend, release: Release): readonly AdmissionRule[] {
  return backend === 'native'
    ? beyondNative
        .filter(([, since]) => isSince(release, since))
        .map(([field, , set]) => ({
          expression: `!${set}`,
          message: `MetalLB's native BGP backend refuses ${field}; choose the backend frr, or leave it out`,
        }))
    : [];
}

/** Routers that speakers can read and reach. */
export function peerPolicy(backend: BgpBackend, release: Release): AdmissionPolicy {
  return {
    group: 'metallb.io',
    version: 'v1beta2',
    resource: 'bgppeers',
    action: 'Deny',
    scope: 'metallb',
    conditions: [specIsNew],
    variables: [],
    rules: [
      ...remote,
      target(release),
      ...addresses,
      ...timers,
      onePassword,
      ...selectorRules(`${spec}.nodeSelectors`, 'nodeSelectors'),
      ...backendRules(backend, release),
    ],
  };
}
