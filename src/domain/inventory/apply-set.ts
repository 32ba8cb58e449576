import type { Digest } from '../digest.ts';
import { stateNamespace } from '../identity.ts';
import type { InventoryEntry } from './inventory.ts';

/** Names of the ApplySet specification (KEP-3659) as kubectl reads them. */
export const applySetIdLabel = 'applyset.kubernetes.io/id';
const toolingAnnotation = 'applyset.kubernetes.io/tooling';
const groupKindsAnnotation = 'applyset.kubernetes.io/contains-group-kinds';
const namespacesAnnotation = 'applyset.kubernetes.io/additional-namespaces';

/** The server takes 256 KiB of annotations; a list that comes near is left out rather than cut. */
const longestAnnotation = 96 * 1024;
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** base64url without padding (RFC 4648 section 5) of bytes given in hex. */
export function base64UrlOfHex(hex: string): string {
  const bits = Array.from(hex, (digit) => Number.parseInt(digit, 16).toString(2).padStart(4, '0')).join('');
  const sextets = bits.match(/.{1,6}/gu) ?? [];
  return sextets.map((sextet) => alphabet.charAt(Number.parseInt(sextet.padEnd(6, '0'), 2))).join('');
}

/** The name of the ConfigMap that is the head of an environment's inventory and the parent of its ApplySet. */
export function inventoryName(environment: string): string {
  return `inventory-${environment}`;
}

/** The id that ties an environment's objects to its inventory, by the rule of the specification. */
export function applySetId(environment: string, digest: Digest): string {
  const parent = `${inventoryName(environment)}.${stateNamespace}.ConfigMap.`;
  return `applyset-${base64UrlOfHex(digest(parent))}-v1`;
}

/** Where the members of the set are to be looked for, as annotations of its parent. */
export function applySetAnnotations(entries: Iterable<InventoryEntry>): { readonly [name: string]: string } {
  const kinds = new Set<string>();
  const namespaces = new Set<string>();
  for (const { id } of entries) {
    kinds.add(id.group === '' ? id.kind : `${id.kind}.${id.group}`);
    if (id.namespace !== '' && id.namespace !== stateNamespace) {
      namespaces.add(id.namespace);
    }
  }
  const lists = { [groupKindsAnnotation]: kinds, [namespacesAnnotation]: namespaces };
  const texts = Object.entries(lists).map(([name, set]) => [name, [...set].toSorted().join(',')] as const);
  return {
    [toolingAnnotation]: 'metalwave/v1',
    ...Object.fromEntries(texts.filter(([, text]) => text.length <= longestAnnotation)),
  };
}
