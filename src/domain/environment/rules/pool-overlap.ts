import { compareRanges, formatRange, type IpRange, sharedRange } from '../../address/ip-range.ts';
import type { Path, RuleContext, RuleFinding } from './rule.ts';

interface Claim {
  readonly range: IpRange;
  readonly text: string;
  readonly path: Path;
  readonly pool: string;
  readonly poolIndex: number;
  /** Position in the document. */
  readonly order: number;
}

/**
 * No address may stand twice, within a pool or in two: MetalLB refuses the configuration. One sweep over the sorted ranges,
 * each compared with the one before it that reaches furthest, so that ten thousand pools cost what sorting them costs. A
 * range that meets several others is told of once.
 */
export function poolsAreDisjoint({ pools }: RuleContext): readonly RuleFinding[] {
  const claims: Claim[] = [];
  for (const [poolIndex, pool] of pools.entries()) {
    for (const { entry, text, path } of pool.entries) {
      if (entry !== undefined) {
        claims.push({ range: entry.range, text, path, pool: pool.name, poolIndex, order: claims.length });
      }
    }
  }
  const findings: { readonly order: number; readonly finding: RuleFinding }[] = [];
  let furthest: Claim | undefined;
  for (const claim of claims.toSorted((a, b) => compareRanges(a.range, b.range) || a.order - b.order)) {
    const shared = furthest === undefined ? undefined : sharedRange(furthest.range, claim.range);
    if (furthest !== undefined && shared !== undefined) {
      const later = furthest.order > claim.order ? furthest : claim;
      findings.push({ order: later.order, finding: overlap(later, later === claim ? furthest : claim, shared) });
    }
    if (furthest === undefined || reachesFurther(claim.range, furthest.range)) {
      furthest = claim;
    }
  }
  return findings.toSorted((a, b) => a.order - b.order).map(({ finding }) => finding);
}

function overlap(claim: Claim, other: Claim, shared: IpRange): RuleFinding {
  const common = formatRange(shared);
  if (claim.poolIndex === other.poolIndex) {
    return {
      code: 'pool-overlap-within',
      path: claim.path,
      message: `${claim.text} shares ${common} with ${other.text} of the same pool ${claim.pool}.`,
      remedy: `Take ${common} out of one of the two entries.`,
    };
  }
  return {
    code: 'pool-overlap',
    path: claim.path,
    message: `${claim.text} of pool ${claim.pool} shares ${common} with ${other.text} of pool ${other.pool}.`,
    remedy: `Take ${common} out of pool ${claim.pool} or out of pool ${other.pool}.`,
  };
}

function reachesFurther(range: IpRange, other: IpRange): boolean {
  return range.family !== other.family || range.last > other.last;
}
