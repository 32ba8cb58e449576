import { findingCodes } from '../finding/finding-codes.ts';
import type { DocumentPlace, Finding } from '../finding/finding.ts';
import { nearestName } from '../finding/nearest-name.ts';
import { type DocumentPath, pointerOf } from '../finding/place-finding.ts';
import { type JsonObject, textAt } from '../json.ts';
import type { FoundResource } from '../plain-manifests/contribution.ts';
import { type Origin, originBelow, placeOf } from '../plain-manifests/origin.ts';
import { isPlaceholder, placeholdersIn } from '../plain-manifests/placeholders.ts';
import type { ImportNote } from './imported.ts';
import { fieldsOf, knownPart } from './known-fields.ts';
import { withObjectNames } from './object-names.ts';
import { meansTheSame } from './same-meaning.ts';

/** Resources as one environment holds them. */
export interface JoinedResources {
  /** In the order in which they were found, each name of a kind once. */
  readonly resources: readonly FoundResource[];
  readonly notes: readonly ImportNote[];
  /** Two resources of one name that say different things: which one holds cannot be known. */
  readonly problems: readonly Finding<DocumentPlace>[];
}

export interface JoinRequest {
  readonly found: readonly FoundResource[];
  /** MetalLB's own namespace; undefined: nothing says. */
  readonly home: string | undefined;
  /** Where something stands, for people. */
  readonly where: (origin: Origin | undefined) => string;
}

/** Keeps what MetalLB would have read, once, and says what that leaves behind. */
export function joinResources(request: JoinRequest): JoinedResources {
  const { found, home, where } = request;
  const notes: ImportNote[] = [];
  const problems: Finding<DocumentPlace>[] = [];
  const kept = new Map<string, FoundResource>();
  for (const resource of found) {
    if (isElsewhere(resource, home)) {
      notes.push(elsewhere(resource, home ?? ''));
      continue;
    }
    const known = pruned(resource);
    const name = textAt(resource.value, 'name');
    const identity = JSON.stringify([resource.list, name ?? null, name === undefined ? kept.size : 0]);
    const other = kept.get(identity);
    if (other === undefined) {
      kept.set(identity, known.resource);
      notes.push(...known.notes, ...openValues(known.resource));
    } else if (!meansTheSame(resource.list, other.value, known.resource.value)) {
      problems.push(conflict(known.resource, where(other.origin)));
    }
  }
  const named = withObjectNames([...kept.values()]);
  return { resources: named.resources, notes: [...notes, ...named.notes], problems };
}

function isElsewhere({ namespace }: FoundResource, home: string | undefined): boolean {
  return namespace !== undefined && home !== undefined && namespace !== home && !isPlaceholder(namespace);
}

const wordsOf = ({ kind, value }: FoundResource): string => `${kind} ${textAt(value, 'name') ?? '(no name)'}`;

function elsewhere(resource: FoundResource, home: string): ImportNote {
  return {
    origin: resource.namespaceOrigin,
    message: `${wordsOf(resource)} in namespace ${resource.namespace ?? ''} is not carried over: MetalLB is in ${home} and reads only that namespace.`,
    remedy: 'If it was meant to have an effect, add it to the environment: that is a change.',
  };
}

interface Pruned {
  readonly resource: FoundResource;
  readonly notes: readonly ImportNote[];
}

function pruned(resource: FoundResource): Pruned {
  const { value, dropped } = knownPart(resource.list, resource.value);
  return { resource: { ...resource, value }, notes: dropped.map((path) => droppedNote(resource, path)) };
}

function droppedNote(resource: FoundResource, path: DocumentPath): ImportNote {
  const nearest = nearestName(String(path.at(-1)), Object.keys(fieldsOf(resource.list)));
  return {
    origin: originBelow(resource.parts.get(pointerOf(path.slice(0, 1))) ?? resource.origin, ...path),
    message: `${path.join('.')} of ${wordsOf(resource)} is not carried over: MetalLB has no such field, so it never had an effect.`,
    remedy: `${nearest === undefined ? 'If it was meant to have one, look for the right field' : `Perhaps ${nearest} was meant`}: writing it is a change.`,
  };
}

/** Values that another program was to fill in stay as they are; nobody fills them in here. */
function openValues(resource: FoundResource): readonly ImportNote[] {
  return placeholdersIn(resource.value).map(({ path, text }) => ({
    origin: originBelow(resource.origin, ...path),
    message: `${path.at(-1) === 'password' ? 'The password' : text.slice(0, 60)} of ${wordsOf(resource)} is a placeholder, and nothing fills it in here.`,
    remedy: 'Write the value in its place, or import what the deploying tool makes of the files, or from the cluster.',
  }));
}

function conflict(resource: FoundResource, other: string): Finding<DocumentPlace> {
  return {
    code: 'name-duplicate',
    severity: findingCodes['name-duplicate'].severity,
    message: `${wordsOf(resource)} is here and at ${other}, and they differ.`,
    remedy:
      'Two clusters or environments: import each by itself. Base and overlay: kustomize build DIR | metalwave import -.',
    place: placeOf(resource.origin, 'value'),
  };
}

/** The spec of a resource in the form of the config. */
export function specOf({ value }: FoundResource): JsonObject {
  const { name: _name, ...spec } = value;
  return spec;
}
