import { labelsAt } from '../../allocation/label-selector.ts';
import { pointerOf } from '../../finding/place-finding.ts';
import { environmentLabel, managedByLabel, managedByValue } from '../../identity.ts';
import { type Json, type JsonObject, listAt, textAt } from '../../json.ts';
import { parseAddressEntry } from '../../pool/address-entry.ts';
import { profileOf } from './metallb-profile.ts';
import { type EntryFacts, itemsOf, type Path, type PoolFacts, type RuleContext } from './rule.ts';
import { selects } from './selector-logic.ts';

/** Reads what the rules share. */
export function ruleContext(config: Json, folder: string | undefined, labels?: PoolLabels): RuleContext {
  const pools = poolFacts(config);
  const poolsByName = new Map(pools.toReversed().map((pool) => [pool.name, pool]));
  const rendered = renderedLabels(folder ?? textAt(config, 'environment'));
  const labelsOf = (pool: PoolFacts): JsonObject =>
    labels === undefined ? { ...pool.labels, ...rendered } : (labels.get(pointerOf(pool.path)) ?? {});
  const isSelected = (pool: PoolFacts, selector: Json): boolean => selects(selector, labelsOf(pool));
  return { config, folder, profile: profileOf(config), pools, poolsByName, isSelected };
}

/** Labels of pools by their JSON pointers, for pools that are not rendered from the config. */
export type PoolLabels = ReadonlyMap<string, JsonObject>;

/** What every object of an environment gets, whatever labels it has besides. */
function renderedLabels(environment: string | undefined): JsonObject {
  return {
    [managedByLabel]: managedByValue,
    ...(environment === undefined ? {} : { [environmentLabel]: environment }),
  };
}

function poolFacts(config: Json): readonly PoolFacts[] {
  return itemsOf(config, 'ipAddressPool').map((pool) => ({
    name: pool.name,
    path: pool.path,
    labels: labelsAt(pool.value, 'labels'),
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
