import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { TestRepository, writeFiles, type TreeContent } from '../git/repository.ts';
import type { Question } from './judge.ts';

/** A repository or folder, made below `folder`, and the code of its failure; `undefined` where it is read all the same. */
export interface HostileSource {
  readonly name: string;
  readonly make: (folder: string) => Question;
  readonly code: string | undefined;
}

const config = 'environments/dev/config-dev.yaml';
const good = 'metallb:\n  ipAddressPool:\n    - name: lan\n      addresses:\n        - 192.168.1.0/28\n';

function asked(name: string, code: string | undefined, question: Partial<Question>): HostileSource {
  return {
    name,
    code,
    make: (folder) => ({ ...bareWith(folder, { [config]: good }), ...question }),
  };
}

function bareWith(folder: string, tree: TreeContent): Question {
  const repository = new TestRepository(path.join(folder, 'config.git'));
  repository.commit(tree);
  return { location: repository.folder, cacheDir: path.join(folder, 'cache') };
}

function tree(name: string, code: string | undefined, content: TreeContent): HostileSource {
  return { name, code, make: (folder) => bareWith(folder, content) };
}

function plain(name: string, code: string | undefined, make: (folder: string) => void): HostileSource {
  return {
    name,
    code,
    make: (folder) => {
      mkdirSync(path.join(folder, 'environments/dev'), { recursive: true });
      make(folder);
      return { location: folder };
    },
  };
}

const link = (content: string): TreeContent[string] => ({ mode: '120000', content });

/** What would run if anything of the repository ran: it makes the file `canary` beside the repository. */
function withTraps(folder: string): Question {
  const question = bareWith(folder, {
    [config]: good,
    '.gitattributes': '* filter=trap diff=trap merge=trap\n',
    '.gitmodules': '[submodule "x"]\n\tpath = x\n\turl = ../x\n',
    'hooks/post-checkout': '#!/bin/sh\ntouch canary\n',
    '.git-config': '[core]\n\tsshCommand = touch canary\n',
  });
  const trap = path.join(question.location, 'trap');
  writeFileSync(trap, `#!/bin/sh\ntouch ${path.join(folder, 'canary')}\n`, { mode: 0o755 });
  for (const hook of ['post-checkout', 'reference-transaction', 'pre-auto-gc', 'post-index-change', 'pre-receive']) {
    mkdirSync(path.join(question.location, 'hooks'), { recursive: true });
    writeFileSync(path.join(question.location, 'hooks', hook), `#!/bin/sh\n${trap}\n`, { mode: 0o755 });
  }
  const repository = new TestRepository(question.location);
  for (const key of [
    'core.fsmonitor',
    'filter.trap.smudge',
    'uploadpack.packObjectsHook',
    'gpg.program',
    'alias.ls-tree',
  ]) {
    repository.git(['config', key, key.startsWith('alias') ? `!${trap}` : trap]);
  }
  return question;
}

function manyFiles(folder: string): Question {
  const question = bareWith(folder, { [config]: good });
  const repository = new TestRepository(question.location);
  const blob = repository.git(['hash-object', '-w', '--stdin'], 'same');
  const leaf = repository.git(
    ['mktree'],
    lines(330, (index) => `100644 blob ${blob}\tf${index}\n`),
  );
  const top = repository.git(
    ['mktree'],
    lines(330, (index) => `040000 tree ${leaf}\td${index}\n`),
  );
  repository.git(['update-ref', 'refs/heads/main', repository.git(['commit-tree', top, '-m', 'many'])]);
  return question;
}

/** Eight folders in each of eight folders, ten levels: a thousand million files in eleven objects. */
function treeBomb(folder: string): Question {
  const question = bareWith(folder, { [config]: good });
  const repository = new TestRepository(question.location);
  const blob = repository.git(['hash-object', '-w', '--stdin'], 'same');
  let tree = repository.git(['mktree'], `100644 blob ${blob}\tf\n`);
  for (let level = 0; level < 10; level += 1) {
    const below = tree;
    tree = repository.git(
      ['mktree'],
      lines(8, (index) => `040000 tree ${below}\td${index}\n`),
    );
  }
  repository.git(['update-ref', 'refs/heads/main', repository.git(['commit-tree', tree, '-m', 'bomb'])]);
  return question;
}

function lines(count: number, line: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => line(index)).join('');
}

const refused = 'source-refused';

export const hostileSources: readonly HostileSource[] = [
  asked('a URL that is an option', refused, { location: '--upload-pack=touch canary' }),
  asked('a URL that runs a command', refused, { location: 'ext::sh -c touch% canary' }),
  asked('a URL of a file descriptor', refused, { location: 'fd::17' }),
  asked('a URL with a password', refused, { location: 'https://me:secret@127.0.0.1/x.git' }),
  asked('a URL whose host is an option', refused, { location: 'ssh://-oProxyCommand=touch%20canary/x' }),
  asked('a URL whose user is an option', refused, { location: 'ssh://-oProxyCommand=id@127.0.0.1/x' }),
  asked('an address whose host is an option', refused, { location: '-oProxyCommand=id:x' }),
  asked('a URL with a line break', refused, { location: 'https://127.0.0.1/x\n--upload-pack=id' }),
  asked('a URL with a zero byte', refused, { location: 'https://127.0.0.1/x\0y' }),
  asked('a URL of a scheme that is not spoken', refused, { location: 'gopher://127.0.0.1/x' }),
  asked('a URL of a hundred thousand characters', refused, { location: `https://127.0.0.1/${'x'.repeat(100_000)}` }),
  asked('a ref that is an option', refused, { ref: '--upload-pack=id' }),
  asked('a ref with revision syntax', refused, { ref: 'main@{1 day ago}' }),
  asked('a ref that is a range', refused, { ref: 'main..main' }),
  asked('a ref that is a path', refused, { ref: 'main:environments' }),
  asked('a ref with an escape', refused, { ref: 'main\u001B[2J' }),
  asked('a ref that is a pattern', refused, { ref: 'refs/heads/*' }),
  asked('a ref that is not there', 'source-not-found', { ref: 'absent' }),
  asked('a path that is an option', refused, { path: '--output=x' }),
  asked('a path that climbs', refused, { path: '../..' }),
  asked('a path that climbs in the middle', refused, { path: 'environments/../../etc' }),
  asked('an absolute path', refused, { path: '/etc' }),
  asked('a path into .git', refused, { path: '.GIT/hooks' }),
  asked('a path with a backslash', refused, { path: 'environments\\..\\..' }),
  asked('a path that is a file', 'source-not-found', { path: config }),
  tree('a configuration that is a link to a secret', refused, { [config]: link('/etc/shadow') }),
  tree('a configuration that is a link within the tree', refused, {
    [config]: link('other.yaml'),
    'environments/dev/other.yaml': good,
  }),
  tree('a configuration that is a submodule', refused, { [config]: { mode: '160000', content: '0'.repeat(39) + '1' } }),
  tree('a submodule that would run a command', 'source-corrupt', {
    [config]: good,
    '.gitmodules': '[submodule "x"]\n\tpath = x\n\turl = ../x\n\tupdate = !touch canary\n',
  }),
  tree('an executable configuration', undefined, { [config]: { mode: '100755', content: good } }),
  tree('names with control characters beside it', undefined, { [config]: good, 'a\u001B[2J\nb': 'x', '-rf': 'y' }),
  tree('a name that no branch would hold', undefined, { [config]: good, 'environments/--all/config---all.yaml': good }),
  tree('a name of 4000 characters beside it', undefined, {
    [config]: good,
    [Array.from({ length: 20 }, () => 'x'.repeat(199)).join('/')]: '',
  }),
  tree('a folder two thousand deep beside it', undefined, { [config]: good, [`${'d/'.repeat(2_000)}f`]: '' }),
  tree('a blob of a hundred megabytes beside it', undefined, { [config]: good, huge: '\0'.repeat(100_000_000) }),
  tree('a configuration of a hundred megabytes', 'source-limit', { [config]: '#'.repeat(100_000_000) }),
  { name: 'hooks, filters, submodules and settings that would run something', code: undefined, make: withTraps },
  { name: 'a hundred thousand files', code: 'source-limit', make: manyFiles },
  { name: 'a tree that unfolds to a thousand million files', code: 'source-limit', make: treeBomb },
  plain('a folder whose configuration is a link', refused, (folder) =>
    symlinkSync('/etc/passwd', path.join(folder, config)),
  ),
  plain('a folder with a link that goes round', undefined, (folder) => {
    writeFiles(folder, { [config]: good });
    symlinkSync('..', path.join(folder, 'environments/dev/round'));
  }),
  plain('a folder whose environment is a link to elsewhere', undefined, (folder) => {
    writeFiles(folder, { [config]: good });
    symlinkSync('/etc', path.join(folder, 'environments/etc'));
  }),
  plain('a folder where the configuration is a folder', undefined, (folder) => mkdirSync(path.join(folder, config))),
];
