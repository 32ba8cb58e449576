import { type Json, listAt } from '../../json.ts';
import { parseAddressEntry } from '../../pool/address-entry.ts';
import { profileOf } from './metallb-profile.ts';
import { type EntryFacts, itemsOf, type Path, type PoolFacts, type RuleContext } from './rule.ts';

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
    entries: listAt(pool.value, 'addresses').flatMap((text, index) =>
      typeof text === 'string' ? entryFacts(text, [...pool.path, 'addresses', index]) : [],
    ),
  }));
}

function entryFacts(text: string, path: Path): EntryFacts {
  const read = parseAddressEntry(text);
  return read.ok
    ? { text, path, entry: read.value, problem: undefined }
    : { text, path, entry: undefined, problem: read.reason };
}
