import { compareEnvironments } from '../domain/environment/compare-environments.ts';
import { hasErrors, type LocatedFinding } from '../domain/finding/finding.ts';
import { silenceCompared, type SilencedFindings } from '../domain/finding/silencer/silence-findings.ts';
import { locateFindings } from '../ports/documents.ts';
import type { Documents } from '../ports/documents.ts';
import { inOrder } from './load-environment.ts';
import type { LoadedEnvironment } from './environment-cache.ts';

/** A loaded environment and its name. */
export interface NamedEnvironment extends LoadedEnvironment {
  readonly name: string;
}

/**
 * The same environments with what only comparing them shows: each finding is among those of the later environment, which an
 * error makes unusable.
 */
export function withComparison(documents: Documents, loaded: readonly NamedEnvironment[]): readonly NamedEnvironment[] {
  // One that was asked for twice is compared once.
  const read = new Map(loaded.flatMap((one) => (one.read === undefined ? [] : [[one.read.file.path, one.read]])));
  const names = new Map(loaded.map((one) => [one.read?.file.path, one.name]));
  const configs = [...read].map(([file, { value }]) => ({ name: names.get(file) ?? file, file, config: value }));
  const files = [...read.values()].map(({ file }) => file);
  const found = locateFindings(documents, files, compareEnvironments(configs));
  return found.length === 0
    ? loaded
    : loaded.map((one) => {
        const mine = toldOf(one, found);
        const findings = [...one.findings, ...mine.findings].toSorted(inOrder);
        const environment = hasErrors(mine.findings) ? undefined : one.environment;
        return { ...one, environment, findings, silenced: one.silenced + mine.silenced };
      });
}

/** What was found in this environment's file and is not allowed there. */
function toldOf({ read }: NamedEnvironment, found: readonly LocatedFinding[]): SilencedFindings {
  const mine = found.filter(({ place }) => place.file === read?.file.path);
  return read === undefined || mine.length === 0
    ? { findings: mine, silenced: 0 }
    : silenceCompared({ path: read.file.path, text: new TextDecoder().decode(read.file.bytes) }, mine);
}
