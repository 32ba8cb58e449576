import type { DocumentPlace, Finding } from '../finding/finding.ts';
import { placeFinding } from '../finding/place-finding.ts';
import { type ComparedConfig, environmentFacts } from './comparison/environment-facts.ts';
import type { PairRule } from './comparison/pair-rule.ts';
import { poolsAreOfOneEnvironment, poolsSpareOtherNetworks } from './comparison/shared-addresses.ts';
import { clustersDiffer, routerIdsDiffer } from './comparison/shared-identities.ts';

export type { ComparedConfig };

const pairRules: readonly PairRule[] = [
  clustersDiffer,
  poolsAreOfOneEnvironment,
  poolsSpareOtherNetworks,
  routerIdsDiffer,
];

/**
 * What no file shows by itself: every environment against every one before it. A finding names both files and stands in the
 * later of the two.
 */
export function compareEnvironments(configs: readonly ComparedConfig[]): readonly Finding<DocumentPlace>[] {
  if (configs.length < 2) {
    return [];
  }
  const all = configs.map((config) => environmentFacts(config));
  return all.flatMap((later, index) =>
    all
      .slice(0, index)
      .flatMap((earlier) =>
        pairRules.flatMap((rule) => rule(earlier, later).map((remark) => placeFinding(later.file, remark))),
      ),
  );
}
