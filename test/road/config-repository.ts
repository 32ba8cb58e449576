import { execFileSync } from 'node:child_process';
import { cpSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { writeFiles } from '../git/repository.ts';

const examples = fileURLToPath(new URL('../../environments', import.meta.url));

/** A Git repository of configurations, as a platform team keeps one: a working tree and its commits. */
export interface ConfigRepository {
  readonly folder: string;
  /** The same as a URL that only Git reads. */
  readonly url: string;
  /** Writes files without committing them. */
  write(files: Readonly<Record<string, string>>): void;
  /** Writes files and commits everything. Gives the commit. */
  commit(files?: Readonly<Record<string, string>>): string;
}

function git(folder: string, ...args: readonly string[]): string {
  const env = {
    PATH: process.env['PATH'],
    HOME: folder,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_AUTHOR_NAME: 'Test',
    GIT_AUTHOR_EMAIL: 'test@example.com',
    GIT_COMMITTER_NAME: 'Test',
    GIT_COMMITTER_EMAIL: 'test@example.com',
  };
  return execFileSync('git', args, { cwd: folder, env, stdio: 'pipe' }).toString().trim();
}

/** Path of an environment's file inside the repository. */
export function configPath(environment: string): string {
  return `environments/${environment}/config-${environment}.yaml`;
}

/** A repository with these files as its first commit; without files it holds the example environments dev and prod. */
export function makeConfigRepository(folder: string, files?: Readonly<Record<string, string>>): ConfigRepository {
  if (files === undefined) {
    cpSync(examples, `${folder}/environments`, { recursive: true });
  } else {
    writeFiles(folder, files);
  }
  git(folder, 'init', '-q', '-b', 'main');
  const commit = (more: Readonly<Record<string, string>> = {}): string => {
    writeFiles(folder, more);
    git(folder, 'add', '--all');
    git(folder, 'commit', '-q', '--allow-empty', '-m', 'Change the configuration');
    return git(folder, 'rev-parse', 'HEAD');
  };
  commit();
  const write = (more: Readonly<Record<string, string>>): void => {
    writeFiles(folder, more);
  };
  return { folder, url: pathToFileURL(folder).href, write, commit };
}
