import { isJsonArray, type Json, type JsonObject, textAt } from '../json.ts';
import type { FoundResource } from '../plain-manifests/contribution.ts';
import { isPlaceholder } from '../plain-manifests/placeholders.ts';
import type { ImportNote } from './imported.ts';

/** Names of objects (RFC 1123 subdomains, as Kubernetes takes them). */
const objectName = /^[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?$/u;

/** The nearest name that Kubernetes takes. */
export function asObjectName(name: string): string {
  return name
    .toLowerCase()
    .replaceAll(/[^a-z0-9.-]+/gu, '-')
    .replaceAll(/^[-.]+|[-.]+$/gu, '');
}

export interface NamedResources {
  readonly resources: readonly FoundResource[];
  readonly notes: readonly ImportNote[];
}

/**
 * Names that forms of old allowed and Kubernetes does not, put right, wherever they stand. A name that would then be taken
 * stays as it is: which of the two was meant is not for a program to say.
 */
export function withObjectNames(resources: readonly FoundResource[]): NamedResources {
  const taken = new Set(resources.map(({ list, value }) => `${list} ${textAt(value, 'name') ?? ''}`));
  const pools = new Map<string, string>();
  const notes: ImportNote[] = [];
  const renamed = resources.map((resource) => {
    const name = textAt(resource.value, 'name') ?? '';
    const better = asObjectName(name);
    if (objectName.test(name) || isPlaceholder(name) || better === '' || taken.has(`${resource.list} ${better}`)) {
      return resource;
    }
    if (resource.list === 'ipAddressPool') {
      pools.set(name, better);
    }
    notes.push({
      origin: resource.parts.get('/name') ?? resource.origin,
      message: `${JSON.stringify(name)} is no name that Kubernetes takes: ${resource.kind} is named ${better}.`,
      remedy: 'Services that ask for a pool by name must name it so, too.',
    });
    return { ...resource, value: { ...resource.value, name: better } };
  });
  return { resources: pools.size === 0 ? renamed : renamed.map((each) => withPools(each, pools)), notes };
}

function withPools(resource: FoundResource, pools: ReadonlyMap<string, string>): FoundResource {
  const { ipAddressPools, ...rest } = resource.value;
  if (!isJsonArray(ipAddressPools)) {
    return resource;
  }
  const names = ipAddressPools.map((name): Json => (typeof name === 'string' ? (pools.get(name) ?? name) : name));
  const value: JsonObject = { ...rest, ipAddressPools: names };
  return { ...resource, value };
}
