import type { DocumentPlace, Finding } from '../finding/finding.ts';
import type { JsonObject } from '../json.ts';
import type { FoundResource } from '../plain-manifests/contribution.ts';
import type { Origin } from '../plain-manifests/origin.ts';

/** Something that is left behind, or that is not quite what it was. */
export interface ImportNote {
  /** Where it stands; undefined for what concerns the whole. */
  readonly origin: Origin | undefined;
  /** What, and why: sentences. */
  readonly message: string;
  /** What to do: a sentence. */
  readonly remedy: string;
}

/** Settings of MetalLB's programs as the config holds them under `metallb`, and where they were read. */
export interface ImportedSettings {
  readonly values: JsonObject;
  readonly origin: Origin;
}

/** What one document holds for an environment. */
export interface ImportedPart {
  readonly resources: readonly FoundResource[];
  readonly settings: readonly ImportedSettings[];
  readonly notes: readonly ImportNote[];
  /** What keeps the import from being sure of anything. */
  readonly problems: readonly Finding<DocumentPlace>[];
  /** True for a form that only MetalLB before 0.13 read, which cannot run on beside an environment. */
  readonly isLegacy: boolean;
}

export const emptyPart: ImportedPart = { resources: [], settings: [], notes: [], problems: [], isLegacy: false };

export function joinedParts(...parts: readonly ImportedPart[]): ImportedPart {
  return {
    resources: parts.flatMap((part) => part.resources),
    settings: parts.flatMap((part) => part.settings),
    notes: parts.flatMap((part) => part.notes),
    problems: parts.flatMap((part) => part.problems),
    isLegacy: parts.some((part) => part.isLegacy),
  };
}
