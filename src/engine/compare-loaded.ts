import { compareEnvironments } from '../domain/environment/compare-environments.ts';
import { hasErrors } from '../domain/finding/finding.ts';
import { locateFindings } from '../ports/documents.ts';
import type { Documents } from '../ports/documents.ts';
import { inOrder } from './load-environment.ts';
import type { LoadedEnvironment } from './load-environment.ts';

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
        const mine = found.filter(({ place }) => place.file === one.read?.file.path);
        const findings = [...one.findings, ...mine].toSorted(inOrder);
        return { ...one, environment: hasErrors(mine) ? undefined : one.environment, findings };
      });
}
