import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A folder that is gone after `remove`. */
export function temporaryFolder(): { readonly path: string; remove(): void } {
  const folder = mkdtempSync(path.join(tmpdir(), 'metalwave-test-'));
  return { path: folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** An entry of a tree: text for a regular file, else mode and content (or commit id for 160000). */
export type TreeContent = Readonly<Record<string, string | { readonly mode: string; readonly content: string }>>;

/** Builds commits in a bare repository through plumbing, so that it can hold what no working tree would. */
export class TestRepository {
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
    mkdirSync(folder, { recursive: true });
    this.git(['init', '-q', '--bare', '-b', 'main', '.']);
  }

  git(args: readonly string[], input = ''): string {
    const env = {
      PATH: process.env['PATH'],
      HOME: '/dev/null',
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_AUTHOR_NAME: 'Test',
      GIT_AUTHOR_EMAIL: 'test@example.com',
      GIT_COMMITTER_NAME: 'Test',
      GIT_COMMITTER_EMAIL: 'test@example.com',
      GIT_INDEX_FILE: path.join(this.folder, 'test-index'),
    };
    const options = { cwd: this.folder, env, input, stdio: 'pipe', maxBuffer: 1e9 } as const;
    return execFileSync('git', [...args], options)
      .toString()
      .trim();
  }

  /** Commits exactly that tree on a branch and gives back the commit. */
  commit(tree: TreeContent, branch = 'main', parent?: string): string {
    rmSync(path.join(this.folder, 'test-index'), { force: true });
    const lines = Object.entries(tree).map(([name, entry]) => {
      const { mode, content } = typeof entry === 'string' ? { mode: '100644', content: entry } : entry;
      const id = mode === '160000' ? content : this.git(['hash-object', '-w', '--stdin'], content);
      return `${mode} ${id}\t${name}\0`;
    });
    this.git(['update-index', '-z', '--index-info'], lines.join(''));
    const id = this.git(['write-tree']);
    const commit = this.git(['commit-tree', id, ...(parent === undefined ? [] : ['-p', parent]), '-m', 'test']);
    this.git(['update-ref', `refs/heads/${branch}`, commit]);
    return commit;
  }
}

/** Writes files below a folder, making folders as needed. */
export function writeFiles(folder: string, files: Readonly<Record<string, string | Uint8Array>>): void {
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}
