import { formatRange } from '../../address/ip-range.ts';
import { setsOverlap } from '../../address/range-set.ts';
import type { RuleFinding } from '../rules/rule.ts';
import { commonNetwork, type EnvironmentFacts, meetingWith } from './environment-facts.ts';
import type { PairRule } from './pair-rule.ts';

/**
 * Two clusters that give out one address answer for it both: an error where they say that they are on one network, else a
 * warning, as private ranges are used on many. The cost is that of walking both once.
 */
export const poolsAreOfOneEnvironment: PairRule = (earlier, later) => {
  if (!setsOverlap(earlier.claimed, later.claimed)) {
    return [];
  }
  const network = commonNetwork(earlier, later);
  const findings: RuleFinding[] = [];
  for (const { range, text, pool, path } of later.claims) {
    const met = meetingWith(earlier, range);
    if (met !== undefined) {
      const shared = formatRange(met.shared);
      const both = `${text} of pool ${pool} in ${later.file} shares ${shared} with ${met.claim.text} of pool ${met.claim.pool} in ${earlier.file}`;
      findings.push(
        network === undefined
          ? {
              code: 'environments-may-share-addresses',
              path,
              message: `${both}; nothing says that they are on separate networks.`,
              remedy: `Take ${shared} out of one of the two pools, unless no network reaches both ${earlier.name} and ${later.name}.`,
            }
          : {
              code: 'environments-share-addresses',
              path,
              message: `${both}, and both environments are on ${network}.`,
              remedy: `Take ${shared} out of the pool of ${earlier.name} or out of that of ${later.name}.`,
            },
      );
    }
  }
  return findings.toSorted((a, b) => comparePaths(a, b));
};

const otherNetwork = {
  gateway: { code: 'environments-take-network', words: 'the gateway' },
  dhcp: { code: 'environments-take-network', words: 'a DHCP scope' },
  reserved: { code: 'environments-take-reserved', words: 'the reserved addresses' },
} as const;

/** What one environment knows of the network holds for the other, where it means the same addresses. */
export const poolsSpareOtherNetworks: PairRule = (earlier, later) => [
  ...takenFrom(later, earlier, true),
  ...takenFrom(earlier, later, false),
];

/** The finding stands in the later file: at the pool where that is the later one's, else at the network's entry. */
function takenFrom(owner: EnvironmentFacts, declarer: EnvironmentFacts, atPool: boolean): readonly RuleFinding[] {
  return (['gateway', 'dhcp', 'reserved'] as const).flatMap((key) =>
    declarer[key].flatMap(({ range, path }): readonly RuleFinding[] => {
      const met = range === undefined ? undefined : meetingWith(owner, range);
      if (met === undefined) {
        return [];
      }
      const { claim } = met;
      const shared = formatRange(met.shared);
      const { code, words } = otherNetwork[key];
      return [
        {
          code,
          path: atPool ? claim.path : path,
          message: `${claim.text} of pool ${claim.pool} in ${owner.file} holds ${shared} of ${words} that ${declarer.file} declares.`,
          remedy: `Take ${shared} out of the pool of ${owner.name}, or correct network.${key} of ${declarer.name}.`,
        },
      ];
    }),
  );
}

/** By pool, then by entry. */
function comparePaths(left: RuleFinding, right: RuleFinding): number {
  const [a, b] = [left.path, right.path];
  return Number(a[2] ?? 0) - Number(b[2] ?? 0) || Number(a[4] ?? 0) - Number(b[4] ?? 0);
}
