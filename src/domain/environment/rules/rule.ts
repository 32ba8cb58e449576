import type { DocumentPath, Remark } from '../../finding/place-finding.ts';
import { isJsonObject, type Json, type JsonObject, listAt, textAt, valueAt } from '../../json.ts';
import type { AddressEntry } from '../../pool/address-entry.ts';
import type { EntryProblem } from '../../pool/entry-problem.ts';
import type { MetalLbProfile } from './metallb-profile.ts';

/** One rule: a pure function over the configuration. It speaks only of what it can read and leaves types to the schema. */
export type Rule = (context: RuleContext) => readonly RuleFinding[];

/** A finding before its file and severity are known. */
export type RuleFinding = Remark;

export type Path = DocumentPath;

/** What the rules read. Entries are parsed once, for all of them. */
export interface RuleContext {
  readonly config: Json;
  /** The folder the file lies in, where that is to be the environment's name. */
  readonly folder: string | undefined;
  readonly profile: MetalLbProfile;
  readonly pools: readonly PoolFacts[];
  /** The first pool of each name. */
  readonly poolsByName: ReadonlyMap<string, PoolFacts>;
  /** True where the pool has labels that the selector asks for. */
  readonly isSelected: (pool: PoolFacts, selector: Json) => boolean;
}

export interface PoolFacts {
  readonly name: string;
  readonly path: Path;
  /** Those that the config gives it. */
  readonly labels: JsonObject;
  readonly entries: readonly EntryFacts[];
}

/** One text of a pool's `addresses`: what it means, or why it means nothing. */
export interface EntryFacts {
  readonly text: string;
  readonly path: Path;
  readonly entry: AddressEntry | undefined;
  readonly problem: EntryProblem | undefined;
}

/** The lists under `metallb` that hold named resources, with the words by which people are told of one. */
export const resourceKinds = {
  ipAddressPool: 'pool',
  l2Advertisement: 'L2 advertisement',
  bgpAdvertisement: 'BGP advertisement',
  bgpPeer: 'BGP peer',
  bfdProfile: 'BFD profile',
  community: 'community',
} as const;

export type ResourceKey = keyof typeof resourceKinds;

/** One item of such a list, if it is a mapping. A missing name is '' (the schema refuses it). */
export interface NamedItem {
  readonly name: string;
  readonly path: Path;
  readonly value: JsonObject;
}

export function itemsOf(config: Json, key: ResourceKey): readonly NamedItem[] {
  const list = listAt(config, 'metallb', key);
  const known = items.get(list);
  if (known?.key === key) {
    return known.items;
  }
  const found = list.flatMap((value, index) =>
    isJsonObject(value) ? [{ name: textAt(value, 'name') ?? '', path: ['metallb', key, index], value }] : [],
  );
  items.set(list, { key, items: found });
  return found;
}

/** Nearly every rule asks for them. A list never changes, so what was read of it stands as long as it does. */
const items = new WeakMap<readonly Json[], { readonly key: ResourceKey; readonly items: readonly NamedItem[] }>();

/** True where the list is there, be it empty. */
export function isGiven(config: Json, key: ResourceKey): boolean {
  return (valueAt(config, 'metallb', key) ?? null) !== null;
}

/** A list of texts below an item, each with its path; what is no text is left to the schema. */
export function textsAt(
  item: NamedItem,
  ...steps: readonly string[]
): readonly { readonly text: string; readonly path: Path }[] {
  return listAt(item.value, ...steps).flatMap((text, index) =>
    typeof text === 'string' ? [{ text, path: [...item.path, ...steps, index] }] : [],
  );
}
