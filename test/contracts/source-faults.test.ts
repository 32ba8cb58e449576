import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { GitCredentials } from '../../src/adapters/git/credentials.ts';
import { openGitSource, type GitSourceOptions } from '../../src/adapters/git/open-git-source.ts';
import type { SourceTree, Source } from '../../src/ports/source.ts';
import { startHttpGitServer, type HttpGitServer } from '../git/http-server.ts';
import { TestRepository, temporaryFolder, writeFiles } from '../git/repository.ts';
import { sshMissing, startSshGitServer } from '../git/ssh-server.ts';

const signal = new AbortController().signal;
const secret = 'canary-7f3a91-token';
const home = temporaryFolder();
let http: HttpGitServer;
let count = 0;

beforeAll(async () => {
  http = await startHttpGitServer(home.path, `ci:${secret}`);
});

afterEach(() => {
  http.answer = undefined;
  http.cutAfter = undefined;
});

afterAll(async () => {
  await http.close();
  home.remove();
});

function fresh(): string {
  count += 1;
  return path.join(home.path, `f${String(count)}`);
}

function repositoryWith(files: Record<string, string>): TestRepository {
  const repository = new TestRepository(`${fresh()}.git`);
  repository.commit(files);
  return repository;
}

function overHttp(repository: TestRepository, options: Partial<GitSourceOptions> = {}, password = secret): Source {
  const credentials: GitCredentials = { username: 'ci', password: { variable: 'TOKEN' }, allowPlainHttp: true };
  return openGitSource({
    url: `http://127.0.0.1:${String(http.port)}/${path.basename(repository.folder)}`,
    cacheDir: fresh(),
    credentials,
    variables: { PATH: process.env['PATH'], TOKEN: password },
    ...options,
  });
}

async function readAll(source: Source): Promise<SourceTree> {
  return source.read(await source.resolve(signal), () => true, signal);
}

function mirrorOf(cacheDir: string): string {
  return path.join(cacheDir, readdirSync(cacheDir)[0] ?? '', 'mirror-sha1');
}

function noise(bytes: number): string {
  let text = '';
  for (let seed = 1; text.length < bytes; seed = (seed * 16_807) % 2_147_483_647) {
    text += seed.toString(36);
  }
  return text;
}

test.each([
  [401, 'source-credentials', 'later'],
  [403, 'source-credentials', 'later'],
  [404, 'source-not-found', 'later'],
  [429, 'source-unreachable', 'later'],
  [500, 'source-unreachable', 'now'],
  [503, 'source-unreachable', 'now'],
  [302, 'source-refused', 'later'],
  [301, 'source-refused', 'later'],
])('answers HTTP status %i with %s, to try again %s', async (status, code, retry) => {
  let elsewhere = 0;
  const other = await startHttpGitServer(home.path);
  other.answer = () => {
    elsewhere += 1;
    return false;
  };
  http.answer = (_request, response) => {
    response.writeHead(status, { location: `http://127.0.0.1:${String(other.port)}/x.git/info/refs` }).end();
    return true;
  };
  const failure = await overHttp(repositoryWith({ a: '' }))
    .resolve(signal)
    .catch((error: unknown) => error);
  await other.close();
  expect(failure).toMatchObject({ code, retry });
  expect(elsewhere).toBe(0);
});

test('names wrong and missing credentials without showing them', async () => {
  const repository = repositoryWith({ a: '' });
  for (const source of [overHttp(repository, {}, 'wrong-canary'), overHttp(repository, { credentials: {} })]) {
    const failure = await source.resolve(signal).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'source-credentials' });
    expect(JSON.stringify(failure) + String(failure)).not.toContain('wrong-canary');
  }
  await expect(
    overHttp(repository, { variables: { PATH: process.env['PATH'] } }).resolve(signal),
  ).rejects.toMatchObject({
    code: 'source-credentials',
    message: expect.stringContaining('TOKEN') as string,
  });
});

test('does not send a password over plain http unless that is allowed', async () => {
  const source = overHttp(repositoryWith({ a: '' }), { credentials: { password: { variable: 'TOKEN' } } });
  await expect(source.resolve(signal)).rejects.toMatchObject({ code: 'source-refused' });
});

test('reports a server that is not there', async () => {
  const source = openGitSource({ url: 'http://127.0.0.1:1/x.git', cacheDir: fresh() });
  await expect(source.resolve(signal)).rejects.toMatchObject({ code: 'source-unreachable', retry: 'now' });
});

test('reports a pack that breaks off, and reads it at the next try', async () => {
  const source = overHttp(repositoryWith({ a: noise(200_000) }));
  http.cutAfter = 20_000;
  await expect(readAll(source)).rejects.toMatchObject({ code: 'source-unreachable', retry: 'now' });
  http.cutAfter = undefined;
  expect((await readAll(source)).files).toHaveLength(1);
});

/** Processes whose environment or arguments hold a text. */
function processesWith(text: string, file: 'cmdline' | 'environ'): string[] {
  return readdirSync('/proc').filter((pid) => {
    try {
      return (
        /^[0-9]+$/u.test(pid) && Number(pid) !== process.pid && readFileSync(`/proc/${pid}/${file}`).includes(text)
      );
    } catch {
      return false;
    }
  });
}

test.runIf(existsSync('/proc/self/environ'))(
  'ends a slow server by time or by signal and leaves no process',
  async () => {
    const repository = repositoryWith({ a: '' });
    http.answer = () => true;
    const url = `127.0.0.1:${String(http.port)}/${path.basename(repository.folder)}`;
    await expect(overHttp(repository, { timeouts: { askMs: 300 } }).resolve(signal)).rejects.toMatchObject({
      code: 'source-unreachable',
      message: expect.stringContaining('300 ms') as string,
    });
    const controller = new AbortController();
    const running = overHttp(repository).resolve(controller.signal);
    running.catch(() => undefined);
    while (processesWith(url, 'cmdline').length < 2) {
      await sleep(20);
    }
    controller.abort(new Error('stopped by hand'));
    await expect(running).rejects.toThrow('stopped by hand');
    await sleep(100);
    expect(processesWith(url, 'cmdline')).toEqual([]);
  },
);

test.runIf(existsSync('/proc/self/environ'))(
  'keeps the token out of arguments, the mirror and every text',
  async () => {
    const repository = repositoryWith({ a: noise(50_000) });
    const cacheDir = fresh();
    const seen: string[] = [];
    http.answer = () => {
      seen.push(...processesWith(secret, 'cmdline'));
      return false;
    };
    const source = overHttp(repository, { cacheDir });
    const tree = await readAll(source);
    expect(tree.files).toHaveLength(1);
    expect(http.requests.length).toBeGreaterThan(0);
    expect(seen).toEqual([]);
    expect(source.description).not.toContain(secret);
    const kept = readdirSync(cacheDir, { recursive: true, withFileTypes: true })
      .filter((item) => item.isFile() && readFileSync(path.join(item.parentPath, item.name)).includes(secret))
      .map((item) => item.name);
    expect(kept).toEqual([]);
  },
);

test('replaces a mirror that is broken', async () => {
  const repository = repositoryWith({ a: 'one\n' });
  const cacheDir = fresh();
  const source = openGitSource({ url: repository.folder, cacheDir });
  await readAll(source);
  const mirror = mirrorOf(cacheDir);
  const damages: (() => void)[] = [
    () => writeFileSync(path.join(mirror, 'config'), '[broken'),
    () => writeFileSync(path.join(mirror, 'HEAD'), 'nonsense'),
    () => writeFileSync(path.join(mirror, 'shallow.lock'), ''),
    () => execFileSync('find', [mirror, '-path', '*objects*', '-type', 'f', '-delete']),
    () =>
      execFileSync('sh', ['-c', `for f in $(find ${mirror}/objects -type f); do chmod u+w $f; echo bad > $f; done`]),
    () => execFileSync('rm', ['-rf', path.join(mirror, 'objects')]),
  ];
  for (const [index, damage] of damages.entries()) {
    damage();
    repository.commit({ a: `version ${String(index)}\n` });
    const tree = await readAll(source);
    expect(Buffer.from(tree.files[0]?.bytes ?? []).toString()).toBe(`version ${String(index)}\n`);
  }
  expect(readdirSync(path.dirname(mirror))).toEqual(['mirror-sha1']);
});

test('keeps reading a commit that it has when the server is gone', async () => {
  const repository = repositoryWith({ a: '' });
  const source = overHttp(repository);
  const { revision } = await readAll(source);
  http.answer = (_request, response) => {
    response.writeHead(500).end();
    return true;
  };
  expect((await source.read(revision, () => true, signal)).files).toHaveLength(1);
});

const child = `
import { openGitSource } from ${JSON.stringify(path.resolve('src/adapters/git/open-git-source.ts'))};
const signal = new AbortController().signal;
const source = openGitSource({ url: process.argv[2] ?? '', cacheDir: process.argv[3] ?? '' });
for (let round = 0; round < 3; round += 1) {
  const tree = await source.read(await source.resolve(signal), () => true, signal);
  console.log(tree.files.length);
}
`;

async function runChild(url: string, cacheDir: string, killAfterMs?: number): Promise<string> {
  const script = path.join(home.path, 'child.mts');
  writeFileSync(script, child);
  const running = spawn(process.execPath, ['--import', 'tsx', script, url, cacheDir], { stdio: 'pipe' });
  let output = '';
  running.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  running.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const closed = new Promise<void>((resolve) => running.once('close', () => resolve()));
  if (killAfterMs !== undefined) {
    await sleep(killAfterMs);
    running.kill('SIGKILL');
  }
  await closed;
  return output;
}

test('lets two processes share one cache', async () => {
  const repository = repositoryWith({ a: noise(100_000), b: '' });
  const cacheDir = fresh();
  const outputs = await Promise.all([1, 2].map(async () => runChild(repository.folder, cacheDir)));
  expect(outputs).toEqual(['2\n2\n2\n', '2\n2\n2\n']);
});

test('lets calls of one process share one cache', async () => {
  const repository = repositoryWith({ a: '' });
  const cacheDir = fresh();
  const sources = Array.from({ length: 5 }, () => openGitSource({ url: repository.folder, cacheDir }));
  const trees = await Promise.all(sources.map(readAll));
  expect(trees.map((tree) => tree.files.length)).toEqual([1, 1, 1, 1, 1]);
});

test('goes on after a process was killed in the middle of a fetch', async () => {
  const repository = repositoryWith({ a: noise(300_000) });
  const cacheDir = fresh();
  for (const wait of [700, 900, 1_100]) {
    await runChild(repository.folder, cacheDir, wait);
    expect((await readAll(openGitSource({ url: repository.folder, cacheDir }))).files).toHaveLength(1);
  }
});

test('refuses a blob of 200 MB without reading it', async () => {
  const repository = repositoryWith({ 'config.yaml': '\0'.repeat(200 * 1024 * 1024), small: 'x' });
  const source = openGitSource({ url: repository.folder, cacheDir: fresh() });
  await expect(readAll(source)).rejects.toMatchObject({ code: 'source-limit' });
  const revision = await source.resolve(signal);
  expect((await source.read(revision, (name) => name === 'small', signal)).files).toHaveLength(1);
});

test('refuses a tree of 100,000 files and a mirror beyond its size', async () => {
  const files = Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`f${String(index)}`, 'same']));
  const repository = repositoryWith(files);
  const wide = repository.git(['rev-parse', 'main^{tree}']);
  const lines = Array.from({ length: 340 }, (_, index) => `040000 tree ${wide}\td${String(index)}\n`);
  const top = repository.git(['mktree'], lines.join(''));
  repository.git(['update-ref', 'refs/heads/main', repository.git(['commit-tree', top, '-m', 'many'])]);
  const source = openGitSource({ url: repository.folder, cacheDir: fresh() });
  await expect(readAll(source)).rejects.toMatchObject({ code: 'source-limit' });
  const small = {
    url: repositoryWith({ a: noise(300_000) }).folder,
    cacheDir: fresh(),
    limits: { mirrorBytes: 100_000 },
  };
  await expect(readAll(openGitSource(small))).rejects.toMatchObject({ code: 'source-limit' });
});

test('runs nothing that the repository or its tree brings along', async () => {
  const canary = path.join(home.path, 'canary');
  const evil = `#!/bin/sh\ntouch ${canary}\n`;
  const repository = repositoryWith({
    '.gitattributes': '* filter=evil diff=evil\n',
    '.gitmodules': '[submodule "x"]\n\tpath = x\n\turl = ../x\n\tupdate = none\n',
    'hooks/post-checkout': evil,
    'a.yaml': 'a: 1\n',
  });
  mkdirSync(path.join(repository.folder, 'hooks'), { recursive: true });
  for (const name of ['post-checkout', 'reference-transaction', 'post-index-change', 'pre-auto-gc']) {
    writeFileSync(path.join(repository.folder, 'hooks', name), evil, { mode: 0o755 });
  }
  writeFiles(repository.folder, { evil });
  execFileSync('chmod', ['755', path.join(repository.folder, 'evil')]);
  for (const key of ['core.fsmonitor', 'filter.evil.smudge', 'uploadpack.packObjectsHook', 'core.sshCommand']) {
    repository.git(['config', key, path.join(repository.folder, 'evil')]);
  }
  const source = openGitSource({ url: repository.folder, cacheDir: fresh() });
  expect((await readAll(source)).files.map((file) => file.path)).toContain('a.yaml');
  expect(existsSync(canary)).toBe(false);
});

test.each([
  'ext::sh -c touch% /tmp/x',
  '--upload-pack=touch /tmp/x',
  'https://user:pw-canary@example.com/x.git',
  'git://example.com/x.git',
])('refuses the URL %s before anything runs', (url) => {
  expect(() => openGitSource({ url, cacheDir: fresh() })).toThrow(expect.objectContaining({ code: 'source-refused' }));
  expect(() => openGitSource({ url, cacheDir: fresh() })).not.toThrow(/pw-canary/u);
});

test.skipIf(sshMissing !== undefined)(`names what is wrong with ssh ${sshMissing ?? ''}`, async () => {
  const ssh = await startSshGitServer(fresh());
  try {
    const repository = repositoryWith({ a: '' });
    const url = `ssh://${ssh.user}@127.0.0.1:${String(ssh.port)}${repository.folder}`;
    const empty = path.join(home.path, 'no-hosts');
    writeFileSync(empty, '');
    const cases: [string, GitCredentials, string][] = [
      [url, { sshKeyFile: ssh.strangerKeyFile, knownHostsFile: ssh.knownHostsFile }, 'none of the ssh keys'],
      [url, { sshKeyFile: ssh.keyFile, knownHostsFile: empty }, 'known hosts'],
      [`${url}-gone`, { sshKeyFile: ssh.keyFile, knownHostsFile: ssh.knownHostsFile }, 'no such repository'],
    ];
    for (const [location, credentials, words] of cases) {
      const source = openGitSource({ url: location, cacheDir: fresh(), credentials });
      await expect(source.resolve(signal)).rejects.toThrow(words);
    }
  } finally {
    await ssh.close();
  }
});
