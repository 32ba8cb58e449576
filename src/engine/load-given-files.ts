import type { LocatedFinding } from '../domain/finding/finding.ts';
import { isJsonArray, valueAt } from '../domain/json.ts';
import type { ManifestSet } from '../domain/plain-manifests/manifest-set.ts';
import type { Documents } from '../ports/documents.ts';
import type { SourceFile } from '../ports/source.ts';
import { silenceFindings, type SilencedFindings } from '../domain/finding/silencer/silence-findings.ts';
import { inOrder, loadEnvironmentFile } from './load-environment.ts';
import { loadManifests, type ManifestRequest } from './load-manifests.ts';

/** What stood in the files that a person named. */
export interface GivenFiles {
  readonly findings: readonly LocatedFinding[];
  /** How many findings comments of the files allow. */
  readonly silenced: number;
  /** Pools, peers, advertisements and the like, Services, and environments. */
  readonly found: number;
  /** Documents that have nothing to do with MetalLB. */
  readonly ignored: number;
  /** Documents that install MetalLB or belong to it and configure nothing of it. */
  readonly around: number;
  /** The plain manifests among them. */
  readonly set: ManifestSet;
}

/** Whatever a person names: plain manifests, which are one configuration together, and environments, each on its own. */
export function loadGivenFiles(request: ManifestRequest): GivenFiles {
  const { files, documents, checker } = request;
  const environments = files.filter((file) => isEnvironment(documents, file));
  const plain = loadManifests({ ...request, files: files.filter((file) => !environments.includes(file)) });
  const loaded = environments.map((file) => loadEnvironmentFile({ name: nameOf(file.path), documents, checker }, file));
  const told = silencedByFile(files, plain.findings);
  return {
    findings: [...told.findings, ...loaded.flatMap((each) => each.findings)],
    silenced: told.silenced + loaded.reduce((sum, each) => sum + each.silenced, 0),
    found: plain.set.resources.length + plain.set.services.length + environments.length,
    ignored: plain.ignored,
    around: plain.around,
    set: plain.set,
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

function silencedByFile(files: readonly SourceFile[], findings: readonly LocatedFinding[]): SilencedFindings {
  const texts = new Map(files.map((file) => [file.path, new TextDecoder().decode(file.bytes)]));
  const commented = new Set([...texts].filter(([, text]) => text.includes('metalwave:')).map(([path]) => path));
  if (commented.size === 0) {
    return { findings, silenced: 0 };
  }
  const others = findings.filter(({ place }) => !commented.has(place.file));
  const told = [...commented].map((path) =>
    silenceFindings(
      { path, text: texts.get(path) ?? '' },
      findings.filter(({ place }) => place.file === path),
    ),
  );
  return {
    findings: [...others, ...told.flatMap((each) => each.findings)].toSorted(inOrder),
    silenced: told.reduce((sum, each) => sum + each.silenced, 0),
  };
}
