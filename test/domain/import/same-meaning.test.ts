import { describe, expect, it } from 'vitest';
import { resourceDifferences } from '../../../src/domain/import/same-meaning.ts';
import type { JsonObject } from '../../../src/domain/json.ts';
import type { ConfigListName } from '../../../src/domain/metallb/kind.ts';

type Case = readonly [string, ConfigListName, JsonObject, JsonObject];

const pool = (more: JsonObject = {}): JsonObject => ({ addresses: ['10.0.0.0/28', '10.0.1.0-10.0.1.9'], ...more });
const differences = ([, list, before, after]: Case): ReturnType<typeof resourceDifferences> =>
  resourceDifferences([{ list, name: 'a', spec: before }], [{ list, name: 'a', spec: after }]);

const same: readonly Case[] = [
  ['a default that the server fills in', 'ipAddressPool', pool({ autoAssign: true, avoidBuggyIPs: false }), pool()],
  ['an empty list', 'l2Advertisement', {}, { ipAddressPools: [], nodeSelectors: [] }],
  [
    'an allocation without anything',
    'ipAddressPool',
    pool({ serviceAllocation: {} }),
    pool({ serviceAllocation: { priority: 0 } }),
  ],
  [
    'an empty mapping in a selector',
    'l2Advertisement',
    { nodeSelectors: [{ matchLabels: {} }] },
    { nodeSelectors: [{}] },
  ],
  ['the port of a peer', 'bgpPeer', { myASN: 1, peerPort: 179 }, { myASN: 1 }],
  ['a passive mode that is off', 'bfdProfile', { passiveMode: false }, {}],
];

const different: readonly Case[] = [
  ['an address less', 'ipAddressPool', pool(), { addresses: ['10.0.0.0/28'] }],
  ['an address more', 'ipAddressPool', pool(), pool({ addresses: ['10.0.0.0/28', '10.0.1.0-10.0.1.10'] })],
  ['the order of addresses', 'ipAddressPool', pool(), { addresses: ['10.0.1.0-10.0.1.9', '10.0.0.0/28'] }],
  ['a pool that is not given out by itself', 'ipAddressPool', pool({ autoAssign: false }), pool()],
  ['addresses that are left out', 'ipAddressPool', pool({ avoidBuggyIPs: true }), pool()],
  ['an allocation', 'ipAddressPool', pool({ serviceAllocation: {} }), pool()],
  ['a selector for every node', 'l2Advertisement', { nodeSelectors: [{}] }, {}],
  ['pools by name', 'l2Advertisement', { ipAddressPools: ['a'] }, {}],
  ['a password', 'bgpPeer', { myASN: 1, password: 'a' }, { myASN: 1 }],
];

describe('the comparison of what was there with what is rendered', () => {
  it.each(same)('finds %s the same', (...given) => {
    expect(differences(given)).toEqual([]);
  });

  it.each(different)('notices %s', (...given) => {
    expect(differences(given)).toMatchObject([{ state: 'changed' }]);
  });

  it('never shows a password', () => {
    const shown = JSON.stringify(
      differences(['', 'bgpPeer', { myASN: 1, password: 'hunter2' }, { myASN: 1, password: 'hunter3' }]),
    );
    expect(shown).not.toContain('hunter');
  });

  it('notices what is on one side only', () => {
    const [a, b] = [
      { list: 'ipAddressPool', name: 'a', spec: pool() },
      { list: 'ipAddressPool', name: 'b', spec: pool() },
    ] as const;
    expect(resourceDifferences([a], [b])).toEqual([
      { resource: 'IPAddressPool a', fields: [], state: 'missing' },
      { resource: 'IPAddressPool b', fields: [], state: 'added' },
    ]);
  });
});
