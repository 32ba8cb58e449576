import { defaultVersion } from '../environment/metallb-defaults.ts';
import { checkEnvironmentRules } from '../environment/check-environment.ts';
import { fieldsUnknownToRelease } from '../environment/fields-of-release.ts';
import type { DocumentPlace, Finding } from '../finding/finding.ts';
import { placeFinding } from '../finding/place-finding.ts';
import { type JsonObject, textAt } from '../json.ts';
import { releaseOf } from '../metallb/release.ts';
import { carryBack } from './carry-back.ts';
import type { ManifestSet } from './manifest-set.ts';
import { namespaceFindings } from './namespaces.ts';
import { serviceFindings } from './services/check-services.ts';

function labelsOf({ byPointer }: ManifestSet): ReadonlyMap<string, JsonObject> {
  return new Map([...byPointer].map(([pointer, { labels }]) => [pointer, labels ?? {}]));
}

/**
 * All findings over plain manifests: the rules of the environment's config, those that only manifests need, and
 * `violations`, what the schema says of `set.config`. They stand at the places in the manifests.
 */
export function checkManifests(
  set: ManifestSet,
  violations: readonly Finding<DocumentPlace>[],
): readonly Finding<DocumentPlace>[] {
  const file = 'the joined configuration';
  const release = releaseOf(textAt(set.config, 'metallb', 'version') ?? defaultVersion);
  const overConfig = [
    ...violations,
    ...checkEnvironmentRules({ file, config: set.config, labels: labelsOf(set) }),
    ...fieldsUnknownToRelease(set.config, release).map((remark) => placeFinding(file, remark)),
  ];
  return [...set.findings, ...namespaceFindings(set.resources), ...carryBack(set, overConfig), ...serviceFindings(set)];
}
