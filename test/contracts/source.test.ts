import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openFolderSource } from '../../src/adapters/folder/open-folder-source.ts';
import { openGitSource } from '../../src/adapters/git/open-git-source.ts';
import type { Source } from '../../src/ports/source.ts';
import { startHttpGitServer, type HttpGitServer } from '../git/http-server.ts';
import { TestRepository, temporaryFolder, type TreeContent } from '../git/repository.ts';
import { sshMissing, startSshGitServer, type SshGitServer } from '../git/ssh-server.ts';

const signal = new AbortController().signal;
const login = 'ci:correct-horse';

interface Place {
  readonly name: string;
  readonly missing?: string | undefined;
  /** Remotes have refs; a folder has only what stands in it. */
  readonly hasRefs: boolean;
  open(repository: TestRepository, options?: { ref?: string; path?: string }): Source;
}

const home = temporaryFolder();
let http: HttpGitServer;
let ssh: SshGitServer | undefined;
let count = 0;

beforeAll(async () => {
  http = await startHttpGitServer(home.path, login);
  ssh = sshMissing === undefined ? await startSshGitServer(path.join(home.path, 'ssh')) : undefined;
});

afterAll(async () => {
  await http.close();
  await ssh?.close();
  home.remove();
});

function freshFolder(): string {
  count += 1;
  return path.join(home.path, `f${String(count)}`);
}

function repositoryWith(tree: TreeContent): { repository: TestRepository; commit: string } {
  const repository = new TestRepository(`${freshFolder()}.git`);
  return { repository, commit: repository.commit(tree) };
}

function checkout(repository: TestRepository): string {
  const folder = freshFolder();
  execFileSync('git', ['clone', '-q', repository.folder, folder], { stdio: 'pipe' });
  return folder;
}

const places: readonly Place[] = [
  {
    name: 'a folder',
    hasRefs: false,
    open: (repository, options) => openFolderSource({ folder: checkout(repository), path: options?.path }),
  },
  {
    name: 'a path',
    hasRefs: true,
    open: (repository, options) => openGitSource({ url: repository.folder, cacheDir: freshFolder(), ...options }),
  },
  {
    name: 'a file URL',
    hasRefs: true,
    open: (repository, options) =>
      openGitSource({ url: `file://${repository.folder}`, cacheDir: freshFolder(), ...options }),
  },
  {
    name: 'smart HTTP',
    hasRefs: true,
    open: (repository, options) =>
      openGitSource({
        url: `http://127.0.0.1:${String(http.port)}/${path.basename(repository.folder)}`,
        cacheDir: freshFolder(),
        credentials: { username: 'ci', password: { variable: 'TOKEN' }, allowPlainHttp: true },
        variables: { PATH: process.env['PATH'], TOKEN: 'correct-horse' },
        ...options,
      }),
  },
  {
    name: 'ssh',
    hasRefs: true,
    missing: sshMissing,
    open: (repository, options) =>
      openGitSource({
        url: `ssh://${ssh?.user ?? ''}@127.0.0.1:${String(ssh?.port)}${repository.folder}`,
        cacheDir: freshFolder(),
        credentials: { sshKeyFile: ssh?.keyFile, knownHostsFile: ssh?.knownHostsFile },
        ...options,
      }),
  },
];

async function readAll(source: Source, wanted: (path: string) => boolean = () => true): Promise<[string, string][]> {
  const tree = await source.read(await source.resolve(signal), wanted, signal);
  return tree.files.map((file) => [file.path, Buffer.from(file.bytes).toString()]);
}

const config = {
  'environments/dev/config.yaml': 'dev\n',
  'environments/prod/config.yaml': 'prod\n',
  'README.md': '# x\n',
};

for (const place of places) {
  describe.skipIf(place.missing !== undefined)(`a source over ${place.name} ${place.missing ?? ''}`, () => {
    test('gives the wanted files of one commit, sorted, with their blob ids', async () => {
      const { repository, commit } = repositoryWith(config);
      const source = place.open(repository);
      const revision = await source.resolve(signal);
      expect(revision).toMatchObject({ id: commit, sha: commit, dirty: false });
      const tree = await source.read(revision, (name) => name.endsWith('.yaml'), signal);
      expect(tree.files.map((file) => file.path)).toEqual([
        'environments/dev/config.yaml',
        'environments/prod/config.yaml',
      ]);
      expect(tree.files.map((file) => file.id)).toEqual(
        ['dev', 'prod'].map((name) => repository.git(['rev-parse', `main:environments/${name}/config.yaml`])),
      );
      expect(Buffer.from(tree.files[0]?.bytes ?? []).toString()).toBe('dev\n');
    });

    test('counts paths from the configured folder and says when there is none', async () => {
      const { repository } = repositoryWith(config);
      expect(await readAll(place.open(repository, { path: 'environments/dev' }))).toEqual([['config.yaml', 'dev\n']]);
      await expect(readAll(place.open(repository, { path: 'nowhere' }))).rejects.toMatchObject({
        code: 'source-not-found',
      });
    });

    test('gives every byte of binary and empty files', async () => {
      const { repository } = repositoryWith({ empty: '', text: 'a\r\n\0ä\nblob 3\n' });
      expect(await readAll(place.open(repository))).toEqual([
        ['empty', ''],
        ['text', 'a\r\n\0ä\nblob 3\n'],
      ]);
    });

    test('refuses a wanted link by name and ignores one that is not wanted', async () => {
      const { repository } = repositoryWith({ ...config, 'dev.yaml': { mode: '120000', content: '/etc/passwd' } });
      await expect(readAll(place.open(repository))).rejects.toMatchObject({
        code: 'source-refused',
        message: expect.stringContaining('dev.yaml') as string,
      });
      expect(await readAll(place.open(repository), (name) => name === 'README.md')).toEqual([['README.md', '# x\n']]);
    });

    test('refuses a file beyond the size limit', async () => {
      const { repository } = repositoryWith({ 'big.yaml': 'x'.repeat(8 * 1024 * 1024 + 1) });
      await expect(readAll(place.open(repository))).rejects.toMatchObject({ code: 'source-limit' });
    });

    test('stops at once when it is aborted', async () => {
      const source = place.open(repositoryWith(config).repository);
      const aborted = AbortSignal.abort(new Error('enough'));
      await expect(source.resolve(aborted)).rejects.toThrow('enough');
    });
  });

  if (!place.hasRefs) {
    continue;
  }
  describe.skipIf(place.missing !== undefined)(`refs over ${place.name}`, () => {
    test('finds branch, tag, annotated tag, full ref and commit', async () => {
      const { repository, commit } = repositoryWith(config);
      const older = repository.commit({ only: 'older\n' }, 'release/1');
      repository.git(['tag', 'light', older]);
      repository.git(['tag', '-a', '-m', 'x', 'v1.0', older]);
      for (const ref of ['release/1', 'light', 'v1.0', 'refs/tags/v1.0', older]) {
        const source = place.open(repository, { ref });
        expect(await source.resolve(signal), ref).toMatchObject({ sha: older, ref });
        expect(await readAll(source), ref).toEqual([['only', 'older\n']]);
      }
      expect(await place.open(repository).resolve(signal)).toMatchObject({ sha: commit, ref: 'HEAD' });
    });

    test('takes the branch where a tag has the same name', async () => {
      const { repository, commit } = repositoryWith(config);
      repository.git(['tag', 'main', repository.commit({ other: '' }, 'other')]);
      expect(await place.open(repository, { ref: 'main' }).resolve(signal)).toMatchObject({ sha: commit });
    });

    test('follows a forced push and still reads what it resolved before', async () => {
      const { repository, commit } = repositoryWith({ a: '1\n' });
      const source = place.open(repository, { ref: 'main' });
      const before = await source.resolve(signal);
      await source.read(before, () => true, signal);
      const after = repository.commit({ a: '2\n' });
      expect(await source.resolve(signal)).toMatchObject({ sha: after });
      expect(await readAll(source)).toEqual([['a', '2\n']]);
      const tree = await source.read(before, () => true, signal);
      expect([tree.revision.sha, Buffer.from(tree.files[0]?.bytes ?? []).toString()]).toEqual([commit, '1\n']);
    });

    test('says which ref, commit or repository is missing', async () => {
      const { repository } = repositoryWith(config);
      const absent = { code: 'source-not-found' };
      await expect(readAll(place.open(repository, { ref: 'gone' }))).rejects.toMatchObject(absent);
      await expect(readAll(place.open(repository, { ref: 'a'.repeat(40) }))).rejects.toMatchObject(absent);
      const empty = new TestRepository(`${freshFolder()}.git`);
      await expect(readAll(place.open(empty))).rejects.toMatchObject({
        ...absent,
        message: expect.stringContaining('no commit at its HEAD') as string,
      });
      repository.git(['branch', '-m', 'main', 'trunk']);
      repository.git(['symbolic-ref', 'HEAD', 'refs/heads/main']);
      await expect(readAll(place.open(repository))).rejects.toMatchObject(absent);
    });

    test('refuses a wanted submodule', async () => {
      const { repository } = repositoryWith({ ...config, sub: { mode: '160000', content: 'b'.repeat(40) } });
      await expect(readAll(place.open(repository))).rejects.toMatchObject({ code: 'source-refused' });
    });
  });
}
