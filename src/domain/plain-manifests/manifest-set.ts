import type { DocumentPlace, Finding } from '../finding/finding.ts';
import { pointerOf } from '../finding/place-finding.ts';
import type { Json, JsonObject } from '../json.ts';
import type { ConfigListName } from '../metallb/kind.ts';
import type { Contribution, FoundResource, FoundService } from './contribution.ts';
import type { Origin } from './origin.ts';

/** What the rules are to assume of the MetalLB that will read the manifests; absent: nothing. */
export interface AssumedMetalLb {
  readonly version: string | undefined;
  readonly backend: string | undefined;
}

/** All manifests as one configuration, with the way back from each of its values to the manifest it came from. */
export interface ManifestSet {
  /** In the form of the environment's config, so that one set of rules judges both. */
  readonly config: JsonObject;
  readonly resources: readonly FoundResource[];
  readonly services: readonly FoundService[];
  /** By JSON pointer into `config`; what lies below an entry lies below its origin. */
  readonly origins: ReadonlyMap<string, Origin>;
  /** The resource at a JSON pointer such as `/metallb/ipAddressPool/0`. */
  readonly byPointer: ReadonlyMap<string, FoundResource>;
  /** What reading found. */
  readonly findings: readonly Finding<DocumentPlace>[];
}

/**
 * Joins what the documents gave. Unlike an environment's config, plain manifests get no advertisement that nobody wrote, so
 * both lists of advertisements are there, be they empty.
 */
export function manifestSet(contribution: Contribution, assumed: AssumedMetalLb): ManifestSet {
  const lists: { [list in ConfigListName]?: Json[] } = { l2Advertisement: [], bgpAdvertisement: [] };
  const origins = new Map<string, Origin>();
  const byPointer = new Map<string, FoundResource>();
  for (const resource of contribution.resources) {
    const list = (lists[resource.list] ??= []);
    const pointer = pointerOf(['metallb', resource.list, list.length]);
    list.push(resource.value);
    byPointer.set(pointer, resource);
    origins.set(pointer, resource.origin);
    resource.parts.forEach((origin, below) => origins.set(`${pointer}${below}`, origin));
  }
  const { version, backend } = assumed;
  const settings: JsonObject = {
    // A MetalLB that somebody else installed: nothing is assumed of its backend.
    install: false,
    ...(version === undefined ? {} : { version }),
    ...(backend === undefined ? {} : { bgp: { backend } }),
  };
  return { ...contribution, config: { metallb: { ...settings, ...lists } }, origins, byPointer };
}
