import type { SourceFile } from '../ports/source.ts';
import type { Environment } from '../domain/environment/environment.ts';
import type { LocatedFinding } from '../domain/finding/finding.ts';
import type { Json } from '../domain/json.ts';

export interface LoadedEnvironment {
  /** undefined where an error is among the findings. */
  readonly environment: Environment | undefined;
  /** Sorted by file, line and column. */
  readonly findings: readonly LocatedFinding[];
  /** What was read, be it with errors; undefined where it is no one document. */
  readonly read: { readonly file: SourceFile; readonly value: Json } | undefined;
  /** How many findings comments of the file allow. */
  readonly silenced: number;
}

/** So many environments stay known; the one that was loaded first goes first. */
const defaultLimit = 64;

function keyOf({ id, path }: SourceFile): string {
  return `${id}\n${path}`;
}

/**
 * What was loaded before, by the content's id (Git's blob id) and its path: a file that no commit changed is parsed and
 * judged once, however often a process reads its source.
 */
export class EnvironmentCache {
  private readonly loaded = new Map<string, LoadedEnvironment>();
  private readonly limit: number;

  constructor(limit: number = defaultLimit) {
    this.limit = limit;
  }

  get(file: SourceFile): LoadedEnvironment | undefined {
    return this.loaded.get(keyOf(file));
  }

  set(file: SourceFile, loaded: LoadedEnvironment): void {
    const [oldest] = this.loaded.keys();
    if (oldest !== undefined && this.loaded.size >= this.limit) {
      this.loaded.delete(oldest);
    }
    this.loaded.set(keyOf(file), loaded);
  }
}
