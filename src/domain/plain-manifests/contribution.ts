import type { DocumentPlace, Finding } from '../finding/finding.ts';
import type { JsonObject } from '../json.ts';
import type { ConfigListName } from '../metallb/kind.ts';
import type { Origin } from './origin.ts';

/** One document, or one item of a Kubernetes List. */
export interface ManifestDocument {
  readonly origin: Origin;
  readonly value: JsonObject;
}

/** Something that configures MetalLB, in the form the config gives it: `name` beside the fields of the spec. */
export interface FoundResource {
  readonly list: ConfigListName;
  /** How people are told of it: the kind as it was written, or the kind it stands for. */
  readonly kind: string;
  readonly value: JsonObject;
  /** Labels of the object; an older form than objects has none. */
  readonly labels?: JsonObject;
  readonly namespace: string | undefined;
  /** Where the namespace stands, else where the resource does. */
  readonly namespaceOrigin: Origin;
  /** Where the spec's fields stand. */
  readonly origin: Origin;
  /** Parts that stand elsewhere, by the JSON pointer below the item: always `/name`. */
  readonly parts: ReadonlyMap<string, Origin>;
}

/** A Service, as it was written. */
export interface FoundService {
  readonly origin: Origin;
  readonly value: JsonObject;
}

/** What one document gives. */
export interface Contribution {
  readonly resources: readonly FoundResource[];
  readonly services: readonly FoundService[];
  readonly findings: readonly Finding<DocumentPlace>[];
}

/** A YAML text inside a manifest, read; `problem` says why it could not be. */
export interface InnerYaml {
  readonly value: JsonObject | undefined;
  readonly problem: string | undefined;
}

/** Reads a YAML text that stands inside a manifest. */
export type ReadInnerYaml = (text: string) => InnerYaml;

export const nothing: Contribution = { resources: [], services: [], findings: [] };

export function joined(...parts: readonly Contribution[]): Contribution {
  return {
    resources: parts.flatMap((part) => part.resources),
    services: parts.flatMap((part) => part.services),
    findings: parts.flatMap((part) => part.findings),
  };
}
