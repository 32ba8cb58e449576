import type { Json } from '../../json.ts';
import { parseAddressEntry } from '../../pool/address-entry.ts';
import { profileOf } from './metallb-profile.ts';
import { itemsOf, type PoolFacts, type RuleContext, textsAt } from './rule.ts';

/** Reads what the rules share. */
export function ruleContext(config: Json, folder: string | undefined): RuleContext {
  const pools = poolFacts(config);
  const poolsByName = new Map(pools.toReversed().map((pool) => [pool.name, pool]));
  return { config, folder, profile: profileOf(config), pools, poolsByName };
}

function poolFacts(config: Json): readonly PoolFacts[] {
  return itemsOf(config, 'ipAddressPool').map((pool) => ({
    name: pool.name,
    path: pool.path,
    entries: textsAt(pool, 'addresses').map(({ text, path }) => {
      const entry = parseAddressEntry(text);
      return {
        text,
        path,
        entry: entry.ok ? entry.value : undefined,
        problem: entry.ok ? undefined : entry.reason,
      };
    }),
  }));
}
