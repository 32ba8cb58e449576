import type { LocatedFinding } from '../domain/finding/finding.ts';
import { isJsonArray, valueAt } from '../domain/json.ts';
import type { Documents } from '../ports/documents.ts';
import type { SourceFile } from '../ports/source.ts';
import { loadEnvironmentFile } from './load-environment.ts';
import { loadManifests, type ManifestRequest } from './load-manifests.ts';

/** What stood in the files that a person named. */
export interface GivenFiles {
  readonly findings: readonly LocatedFinding[];
  /** Pools, peers, advertisements and the like, Services, and environments. */
  readonly found: number;
  /** Documents that have nothing to do with MetalLB. */
  readonly ignored: number;
}

/** Whatever a person names: plain manifests, which are one configuration together, and environments, each on its own. */
export function loadGivenFiles(request: ManifestRequest): GivenFiles {
  const { files, documents, checker } = request;
  const environments = files.filter((file) => isEnvironment(documents, file));
  const plain = loadManifests({ ...request, files: files.filter((file) => !environments.includes(file)) });
  const loaded = environments.map((file) => loadEnvironmentFile({ name: nameOf(file.path), documents, checker }, file));
  return {
    findings: [...plain.findings, ...loaded.flatMap((each) => each.findings)],
    found: plain.set.resources.length + plain.set.services.length + environments.length,
    ignored: plain.ignored,
  };
}

/** An environment has its pools under `metallb`, which no manifest and no chart has. */
function isEnvironment(documents: Documents, file: SourceFile): boolean {
  const [first] = documents.parse(file).documents;
  return isJsonArray(valueAt(first?.value, 'metallb', 'ipAddressPool'));
}

function nameOf(path: string): string {
  return /(?:^|\/)config-([^/]+)\.ya?ml$/.exec(path)?.[1] ?? 'default';
}
