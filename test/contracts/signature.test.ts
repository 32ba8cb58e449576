import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openGitSource } from '../../src/adapters/git/open-git-source.ts';
import type { SignatureCheck } from '../../src/adapters/git/signature-check.ts';
import type { Failure } from '../../src/domain/failure.ts';
import type { SourceTree } from '../../src/ports/source.ts';
import { GpgHome, gpgMissing, newSshKey, type SigningSettings } from '../git/signing-keys.ts';
import { TestRepository, temporaryFolder } from '../git/repository.ts';

const signal = new AbortController().signal;
const home = temporaryFolder();
const keys = path.join(home.path, 'keys');
const good = newSshKey(keys, 'good');
const stranger = newSshKey(keys, 'stranger');
const allowed = path.join(keys, 'allowed');
writeFileSync(allowed, `ci@example.com namespaces="git" ${good.publicKey}\n`);
let count = 0;

afterAll(() => home.remove());

function fresh(): string {
  count += 1;
  return path.join(home.path, `s${String(count)}`);
}

/** A repository whose commits are signed one after the other with these settings; `undefined` for no signature. */
function repositoryOf(...signers: readonly (SigningSettings | undefined)[]): {
  folder: string;
  commits: readonly string[];
} {
  const repository = new TestRepository(`${fresh()}.git`);
  const commits: string[] = [];
  for (const [index, settings] of signers.entries()) {
    repository.commit({ a: String(index) });
    const tree = repository.git(['rev-parse', 'main^{tree}']);
    const parent = commits.at(-1);
    commits.push(commitTree(repository, tree, { settings, parents: parent === undefined ? [] : [parent] }));
  }
  repository.git(['update-ref', 'refs/heads/main', commits.at(-1) ?? '']);
  return { folder: repository.folder, commits };
}

function commitTree(
  repository: TestRepository,
  tree: string,
  { settings, parents }: { settings: SigningSettings | undefined; parents: readonly string[] },
): string {
  const parentArgs = parents.flatMap((parent) => ['-p', parent]);
  const signArgs = settings === undefined ? [] : ['-S'];
  return repository.git([...(settings ?? []), 'commit-tree', tree, ...parentArgs, ...signArgs, '-m', 'test']);
}

async function readChecked(url: string, signatures: SignatureCheck, cacheDir = fresh()): Promise<SourceTree> {
  const source = openGitSource({ url, cacheDir, signatures });
  return source.read(await source.resolve(signal), () => true, signal);
}

async function refusal(url: string, signatures: SignatureCheck, cacheDir?: string): Promise<Failure> {
  const error: unknown = await readChecked(url, signatures, cacheDir).then(
    () => new Error('it was read'),
    (failure: unknown) => failure,
  );
  expect(error).toMatchObject({ code: 'source-signature' });
  return error as Failure;
}

const head: SignatureCheck = { scope: 'head', allowedSignersFile: allowed };
const headBy = (keyringFile: string): SignatureCheck => ({ scope: 'head', keyringFile });
const all: SignatureCheck = { scope: 'all', allowedSignersFile: allowed };

describe('the signature of the commit that is read', () => {
  it('names the SSH signer in the revision', async () => {
    const { folder, commits } = repositoryOf(undefined, good.settings);
    const tree = await readChecked(folder, head);
    expect(tree.revision).toMatchObject({ sha: commits[1], signer: { name: 'ci@example.com' } });
    expect(tree.revision.signer?.key).toMatch(/^SHA256:/u);
    expect(tree.files).toHaveLength(1);
  });

  it('is refused where it is missing, and the commit and its author are named', async () => {
    const { folder, commits } = repositoryOf(good.settings, undefined);
    const { message } = await refusal(folder, head);
    expect(message).toContain(commits[1]);
    expect(message).toContain('Test <test@example.com> is not signed');
  });

  it('is refused where a stranger made it, and the key is named', async () => {
    const { message } = await refusal(repositoryOf(stranger.settings).folder, head);
    expect(message).toMatch(/not among those given \(SHA256:/u);
  });

  it('is refused where the commit is not what was signed', async () => {
    const { folder, commits } = repositoryOf(good.settings);
    const repository = new TestRepository(folder);
    const forged = repository.git(['cat-file', 'commit', commits[0] ?? '']).replace(/^test$/mu, 'forged');
    const commit = repository.git(['hash-object', '-t', 'commit', '-w', '--stdin'], `${forged}\n`);
    repository.git(['update-ref', 'refs/heads/main', commit]);
    expect((await refusal(folder, head)).message).toContain(
      `Commit ${commit} by Test <test@example.com> has a bad signature`,
    );
  });

  it('is refused where the key was allowed only before', async () => {
    const expired = path.join(keys, 'expired');
    writeFileSync(expired, `ci@example.com valid-before="20200101" ${good.publicKey}\n`);
    const { message } = await refusal(repositoryOf(good.settings).folder, {
      scope: 'head',
      allowedSignersFile: expired,
    });
    expect(message).toContain('not among those given');
  });

  it('is refused where the signature is of a kind whose program is not run', async () => {
    const { folder, commits } = repositoryOf(good.settings);
    const repository = new TestRepository(folder);
    const text = repository
      .git(['cat-file', 'commit', commits[0] ?? ''])
      .replaceAll(/(BEGIN|END) SSH SIGNATURE/gu, '$1 SIGNED MESSAGE');
    repository.git([
      'update-ref',
      'refs/heads/main',
      repository.git(['hash-object', '-t', 'commit', '-w', '--stdin'], `${text}\n`),
    ]);
    await refusal(folder, head);
  });

  it('makes control characters of an author visible', async () => {
    const repository = new TestRepository(`${fresh()}.git`);
    repository.commit({ a: '' });
    const text = repository.git(['cat-file', 'commit', 'main']).replaceAll('Test <', '\u001B[31mEve\u202E <');
    repository.git([
      'update-ref',
      'refs/heads/main',
      repository.git(['hash-object', '-t', 'commit', '-w', '--stdin'], `${text}\n`),
    ]);
    const { message } = await refusal(repository.folder, head);
    expect(message).toContain('<U+001B>[31mEve<U+202E>');
  });

  it.each([['absent'], ['']])('is refused where the file of keys is %j', async (name) => {
    const file = path.join(keys, name === '' ? 'empty' : name);
    if (name === '') {
      writeFileSync(file, '');
    }
    expect(
      (await refusal(repositoryOf(good.settings).folder, { scope: 'head', allowedSignersFile: file })).message,
    ).toContain(file);
  });

  it('trusts no key and no setting that the repository brings along', async () => {
    const repository = new TestRepository(`${fresh()}.git`);
    repository.commit({ '.gitsigners': `eve@example.com ${stranger.publicKey}\n` });
    const tree = repository.git(['rev-parse', 'main^{tree}']);
    repository.git([
      'update-ref',
      'refs/heads/main',
      commitTree(repository, tree, { settings: stranger.settings, parents: [] }),
    ]);
    repository.git(['config', 'gpg.ssh.allowedSignersFile', path.join(keys, 'stranger.pub')]);
    repository.git(['config', 'gpg.ssh.program', '/bin/true']);
    await refusal(repository.folder, head);
  });

  it('leaves no key behind', async () => {
    const before = new Set(readdirSync(tmpdir()));
    await readChecked(repositoryOf(good.settings).folder, head);
    await refusal(repositoryOf(undefined).folder, head);
    expect(readdirSync(tmpdir()).filter((name) => name.startsWith('metalwave-keys-') && !before.has(name))).toEqual([]);
  });
});

describe('the signatures of all commits since the last deployed', () => {
  it('are checked through the whole history, also where the mirror was shallow before', async () => {
    const { folder, commits } = repositoryOf(good.settings, undefined, good.settings);
    const cacheDir = fresh();
    await readChecked(folder, head, cacheDir);
    expect((await refusal(folder, all, cacheDir)).message).toContain(`Commit ${commits[1] ?? ''}`);
    await readChecked(repositoryOf(good.settings, good.settings, good.settings).folder, all);
  });

  it('do not count what was deployed', async () => {
    const { folder, commits } = repositoryOf(undefined, undefined, good.settings, good.settings);
    expect((await readChecked(folder, { ...all, since: commits[1] })).revision.signer?.name).toBe('ci@example.com');
    expect((await refusal(folder, { ...all, since: commits[0] })).message).toContain(commits[1]);
    expect((await refusal(folder, all)).message).toContain('So it is with 1 more');
  });

  it('count what a merge brings in from the side', async () => {
    const { folder, commits } = repositoryOf(good.settings, good.settings);
    const repository = new TestRepository(folder);
    const tree = repository.git(['rev-parse', 'main^{tree}']);
    const side = commitTree(repository, tree, { settings: undefined, parents: [commits[0] ?? ''] });
    const merge = commitTree(repository, tree, { settings: good.settings, parents: [commits[1] ?? '', side] });
    repository.git(['update-ref', 'refs/heads/main', merge]);
    expect((await refusal(folder, { ...all, since: commits[1] })).message).toContain(side);
  });

  it('always count the commit that is read, also on the way back', async () => {
    const { folder, commits } = repositoryOf(undefined, good.settings);
    const source = openGitSource({
      url: folder,
      ref: commits[0],
      cacheDir: fresh(),
      signatures: { ...all, since: commits[1] },
    });
    const read = source.read(await source.resolve(signal), () => true, signal);
    await expect(read).rejects.toMatchObject({ code: 'source-signature' });
  });

  it('count the whole history where it does not know what was deployed', async () => {
    const { folder, commits } = repositoryOf(undefined, good.settings);
    expect((await refusal(folder, { ...all, since: '0123456789'.repeat(4) })).message).toContain(commits[0]);
  });

  it('are refused where the server itself has only a part of the history', async () => {
    const whole = repositoryOf(undefined, good.settings).folder;
    const repository = new TestRepository(`${fresh()}.git`);
    repository.git(['fetch', '-q', '--depth=1', `file://${whole}`, '+main:main']);
    expect((await refusal(repository.folder, all)).message).toContain('only a part of its history');
    await readChecked(repository.folder, head);
  });

  it.each(['HEAD', '--all', '01234567', 'main^'])('refuse %s as the commit to start from', (since) => {
    expect(() => openGitSource({ url: home.path, cacheDir: fresh(), signatures: { ...all, since } })).toThrow(
      expect.objectContaining({ code: 'source-refused' }),
    );
  });
});

describe.skipIf(gpgMissing !== undefined)(`GPG signatures ${gpgMissing ?? ''}`, () => {
  // The agent's socket lies in this folder, and paths of sockets are short (unix(7)).
  let gpg: GpgHome;
  let signer: ReturnType<GpgHome['newKey']>;
  beforeAll(() => {
    gpg = new GpgHome(path.join(home.path, 'g'));
    signer = gpg.newKey('ops@example.com');
  });
  afterAll(() => gpg.close());

  it('are good with a key of the keyring, armored or not', async () => {
    const { folder } = repositoryOf(signer.settings);
    const binary = path.join(keys, 'ops.gpg');
    writeFileSync(binary, gpg.run(['--export', 'ops@example.com']));
    for (const keyringFile of [signer.publicFile, binary]) {
      const { revision } = await readChecked(folder, { scope: 'head', keyringFile });
      expect(revision.signer).toMatchObject({
        name: 'ops@example.com',
        key: expect.stringMatching(/^[0-9A-F]{40}$/u) as string,
      });
    }
  });

  it('are refused with any other key, bad ones and those of an expired key too', async () => {
    const other = gpg.newKey('other@example.com');
    const old = gpg.newKey('old@example.com', '1d', '20200101T000000');
    expect((await refusal(repositoryOf(other.settings).folder, headBy(signer.publicFile))).message).toContain(
      'not among those given',
    );
    expect((await refusal(repositoryOf(old.settings).folder, headBy(old.publicFile))).message).toContain('expired');
    const { folder, commits } = repositoryOf(signer.settings);
    const repository = new TestRepository(folder);
    const forged = repository.git(['cat-file', 'commit', commits[0] ?? '']).replace(/^test$/mu, 'forged');
    repository.git([
      'update-ref',
      'refs/heads/main',
      repository.git(['hash-object', '-t', 'commit', '-w', '--stdin'], `${forged}\n`),
    ]);
    expect((await refusal(folder, headBy(signer.publicFile))).message).toContain('bad signature');
  });

  it('and SSH signatures are told apart: each counts only with keys of its own kind', async () => {
    await refusal(repositoryOf(signer.settings).folder, head);
    await refusal(repositoryOf(good.settings).folder, { scope: 'head', keyringFile: signer.publicFile });
    const both = { scope: 'all', allowedSignersFile: allowed, keyringFile: signer.publicFile } as const;
    await readChecked(repositoryOf(signer.settings, good.settings).folder, both);
  });

  it('cannot be checked against a file that is no export', async () => {
    const file = path.join(keys, 'nonsense');
    mkdirSync(keys, { recursive: true });
    writeFileSync(file, 'no keys\n');
    expect(
      (await refusal(repositoryOf(signer.settings).folder, { scope: 'head', keyringFile: file })).message,
    ).toContain('cannot import');
    expect(existsSync(file) && readFileSync(file, 'utf8')).toBe('no keys\n');
  });
});
