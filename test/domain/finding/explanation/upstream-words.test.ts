import { describe, expect, it } from 'vitest';
import { codesOfUpstreamWords } from '../../../../src/domain/finding/explanation/upstream-words.ts';

describe('a message of MetalLB', () => {
  it.each([
    ['CIDR "10.0.0.0/25" in pool "b" overlaps with already defined CIDR "10.0.0.0/24"', 'pool-overlap'],
    ['invalid CIDR "10.9.0.1-9" in pool "a": invalid IP range "10.9.0.1-9": invalid end IP "9"', 'address-syntax'],
    ['peer 10.0.0.1 has vrf set on native bgp mode', 'bgp-native-unsupported'],
    ['peer tor referencing non existing bfd profile fast', 'bfd-profile-unknown'],
    ['invalid community format: no-export\ninvalid community "no-export" in BGP advertisement', 'community-unknown'],
    ['peer  has RouterID different from 10.0.0.1, in FRR mode peers selecting the same node', 'bgp-frr-mixed'],
  ])('%s leads to the finding of the same mistake', (message, code) => {
    expect(codesOfUpstreamWords(message)[0]).toBe(code);
  });

  it('that nobody knows leads nowhere', () => {
    expect(codesOfUpstreamWords('the moon is full')).toEqual([]);
  });
});
