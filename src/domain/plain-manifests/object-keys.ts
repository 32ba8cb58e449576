import type { DocumentPlace, Finding } from '../finding/finding.ts';
import { nearestName } from '../finding/nearest-name.ts';
import type { DocumentPath } from '../finding/place-finding.ts';
import { isJsonObject, type Json, valueAt } from '../json.ts';
import { metalLbApi } from '../metallb/api.ts';
import { storageVersion } from '../metallb/kind.ts';
import type { ManifestDocument } from './contribution.ts';
import { findingAt, originBelow } from './origin.ts';

const topKeys = ['apiVersion', 'kind', 'metadata', 'spec', 'status'];

/** Kubernetes' ObjectMeta. */
const metadataKeys = [
  'name',
  'namespace',
  'labels',
  'annotations',
  'generateName',
  'finalizers',
  'ownerReferences',
  'creationTimestamp',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
  'generation',
  'managedFields',
  'resourceVersion',
  'selfLink',
  'uid',
  'clusterName',
];

/**
 * Keys beside and in `metadata` that no object has: the API server refuses or drops them. Those of the spec are the
 * schema's to judge, and keys that a stray blank begins are told of where the text is read.
 */
export function unknownKeys(document: ManifestDocument, kind: string): readonly Finding<DocumentPlace>[] {
  const spec = specFields(kind);
  const remedyFor = (key: string, known: readonly string[]): string => {
    const nearest = nearestName(key, known);
    if (nearest !== undefined) {
      return `Did you mean ${nearest}?`;
    }
    return spec.includes(key) ? `Move ${key} below spec.` : 'Remove it.';
  };
  const judge = (path: DocumentPath, known: readonly string[]): readonly Finding<DocumentPlace>[] =>
    keysOf(valueAt(document.value, ...path))
      .filter((key) => !known.includes(key) && !/^\s/u.test(key) && !isOfSops(document.value, path, key))
      .map((key) =>
        findingAt(originBelow(document.origin, ...path, key), {
          code: 'unknown-key',
          part: 'key',
          message: `${JSON.stringify(key)} is no key of ${path.length === 0 ? kind : 'metadata'}.`,
          remedy: remedyFor(key, known),
        }),
      );
  return [
    ...judge([], topKeys),
    ...judge(['metadata'], metadataKeys),
    ...strayLabels(document),
    ...mistypedParts(document, kind),
  ];
}

/** SOPS keeps its own notes at the top of an encrypted file, and takes them away when it decrypts it. */
function isOfSops(value: Json, path: DocumentPath, key: string): boolean {
  return path.length === 0 && key === 'sops' && valueAt(value, 'sops', 'mac') !== undefined;
}

/** The config has labels beside the fields of the spec, so its schema would not tell of them there. */
function strayLabels({ origin, value }: ManifestDocument): readonly Finding<DocumentPlace>[] {
  return valueAt(value, 'spec', 'labels') === undefined
    ? []
    : [
        findingAt(originBelow(origin, 'spec', 'labels'), {
          code: 'unknown-key',
          part: 'key',
          message: '"labels" is no key of spec.',
          remedy: 'Move labels below metadata.',
        }),
      ];
}

/** `metadata` and `spec` are mappings; anything else is refused. */
function mistypedParts({ origin, value }: ManifestDocument, kind: string): readonly Finding<DocumentPlace>[] {
  return ['metadata', 'spec'].flatMap((key) => {
    const part = valueAt(value, key);
    return part === undefined || part === null || isJsonObject(part)
      ? []
      : [
          findingAt(originBelow(origin, key), {
            code: 'wrong-type',
            message: `${key} of a resource of kind ${kind} must be a mapping.`,
            remedy: `Write keys with values below ${key}.`,
          }),
        ];
  });
}

function keysOf(value: Json | undefined): readonly string[] {
  return isJsonObject(value) ? Object.keys(value) : [];
}

function specFields(kind: string): readonly string[] {
  const known = metalLbApi.find((each) => each.kind === kind);
  return known === undefined ? [] : Object.keys(storageVersion(known).spec?.fields ?? {});
}
