import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openFolderSource } from '../../src/adapters/folder/open-folder-source.ts';
import { openGitSource } from '../../src/adapters/git/open-git-source.ts';
import { TestRepository, temporaryFolder, type TreeContent } from '../git/repository.ts';
import { PruneRoad, type Ending } from '../road/prune-road.ts';

const path = 'environments/dev/config-dev.yaml';

/** `sync.prune` stands first, so that a file that ends early still asks for deletions. */
const head = `environment: dev
sync:
  prune: true
  waveTimeout: 2m
metallb:
  speaker:
    frr:
      enabled: true
`;
const pools = `  ipAddressPool:
${Array.from({ length: 10 }, (_unused, at) => `    - name: pool-${at}\n      addresses:\n        - 192.168.${at}.0/24\n`).join('')}`;
const references = `  bfdProfile:
    - name: fast
      receiveInterval: 300
  community:
    - name: names
      communities:
        - name: no-export
          value: 65535:65281
  bgpPeer:
    - name: router
      myASN: 64500
      peerASN: 64501
      peerAddress: 10.0.0.1
      bfdProfile: fast
`;
const advertisements = `  l2Advertisement:
    - name: lan
      ipAddressPools: [pool-0, pool-1]
    - name: rest
  bgpAdvertisement:
    - name: routed
      communities: [no-export]
`;
const monitoring = `  monitoring:
    enabled: true
    labels:
      release: stack
`;
const whole = head + pools + references + advertisements + monitoring;
const lines = whole.trimEnd().split('\n');

function cut(count: number): string {
  return `${lines.slice(0, count).join('\n')}\n`;
}

function changed(from: string | RegExp, to: string): string {
  const text = whole.replace(from, to);
  if (text === whole) {
    throw new Error(`${String(from)} is not in the configuration`);
  }
  return text;
}

interface BadSource {
  readonly what: string;
  readonly text: string | Uint8Array;
  readonly at: Ending['at'];
  readonly codes?: readonly string[];
}

/** Broken and mixed-up files, each with the place at which it is stopped. */
const broken: readonly BadSource[] = [
  { what: 'an empty file', text: '', at: 'findings' },
  { what: 'a file of blanks', text: '  \n\n', at: 'findings' },
  { what: 'comments alone', text: '# nothing\n', at: 'findings' },
  { what: 'an empty document', text: '---\n', at: 'findings' },
  { what: 'null', text: 'null\n', at: 'findings' },
  { what: 'a list', text: '[]\n', at: 'findings' },
  { what: 'an empty mapping', text: '{}\n', at: 'findings' },
  { what: 'a word', text: 'gone\n', at: 'findings' },
  { what: 'the page of a proxy', text: '<!DOCTYPE html><html><body>502 Bad Gateway</body></html>', at: 'findings' },
  { what: 'JSON of an API error', text: '{"message":"Not Found","status":"404"}', at: 'findings' },
  {
    what: 'a Git LFS pointer',
    text: 'version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 12\n',
    at: 'findings',
  },
  {
    what: 'a merge conflict',
    text: changed('  waveTimeout: 2m', '<<<<<<< HEAD\n  waveTimeout: 2m\n=======\n  waveTimeout: 3m\n>>>>>>> x'),
    at: 'findings',
  },
  { what: 'zero bytes', text: new Uint8Array(512), at: 'findings' },
  { what: 'bytes that are no UTF-8', text: new Uint8Array([0xff, 0xfe, 0x00, 0xd8]), at: 'findings' },
  { what: 'UTF-16', text: new Uint8Array(Buffer.from(whole, 'utf16le')), at: 'findings' },
  { what: 'a tab as indentation', text: changed('  prune: true', '\tprune: true'), at: 'findings' },
  { what: 'the file twice', text: whole + whole, at: 'findings' },
  { what: 'two documents', text: `${whole}---\n${whole}`, at: 'findings' },
  { what: 'an encrypted file', text: '$ANSIBLE_VAULT;1.1;AES256\n3132\n', at: 'findings' },
  { what: 'a Kubernetes list', text: 'apiVersion: v1\nkind: List\nitems: []\n', at: 'findings' },
  { what: 'Helm values', text: 'controller:\n  enabled: true\n', at: 'findings' },
  {
    what: 'a template that was not filled in',
    text: changed('environment: dev', 'environment: {{ .env }}'),
    at: 'findings',
  },
  { what: 'a variable that was not filled in', text: changed('192.168.3.0/24', '${POOL_3}'), at: 'findings' },
  { what: 'metallb without a value', text: `${head.slice(0, head.indexOf('metallb:'))}metallb:\n`, at: 'findings' },
  { what: 'metallb as a list', text: `${head.slice(0, head.indexOf('metallb:'))}metallb: []\n`, at: 'findings' },
  { what: 'no metallb at all', text: head.slice(0, head.indexOf('metallb:')), at: 'findings' },
  { what: 'a misspelt metallb', text: changed('\nmetallb:', '\nmetalllb:'), at: 'findings' },
  { what: 'a misspelt list of pools', text: changed('ipAddressPool:', 'ipAddressPools:'), at: 'findings' },
  { what: 'pools on the wrong level', text: changed('  ipAddressPool:', 'ipAddressPool:'), at: 'findings' },
  { what: 'another environment', text: changed('environment: dev', 'environment: prod'), at: 'findings' },
  { what: 'an environment in capitals', text: changed('environment: dev', 'environment: DEV'), at: 'findings' },
  { what: 'a pool without addresses', text: changed('        - 192.168.4.0/24\n', ''), at: 'findings' },
  { what: 'a pool with the name of another', text: changed('name: pool-4', 'name: pool-5'), at: 'findings' },
  { what: 'an address that is none', text: changed('192.168.4.0/24', '192.168.4.0/240'), at: 'findings' },
  { what: 'an anchor without its target', text: changed('name: pool-4', 'name: *pool'), at: 'findings' },
  { what: 'a quote that does not end', text: changed('name: pool-4', 'name: "pool-4'), at: 'findings' },
  {
    what: 'an empty list of pools',
    text: head + '  ipAddressPool: []\n' + monitoring,
    at: 'rails',
    codes: ['shrinks'],
  },
  { what: 'no list of pools', text: head + monitoring, at: 'rails', codes: ['shrinks'] },
  { what: 'metallb as an empty mapping', text: 'sync: {prune: true}\nmetallb: {}\n', at: 'rails', codes: ['shrinks'] },
  {
    what: 'the smallest configuration',
    text: 'sync: {prune: true}\nmetallb:\n  ipAddressPool:\n    - name: default\n      addresses: [192.168.1.0/24]\n',
    at: 'rails',
    codes: ['shrinks'],
  },
  { what: 'other names for all pools', text: changed(/pool-/gu, 'range-'), at: 'rails', codes: ['shrinks'] },
  {
    what: 'other names for the advertisements',
    text: changed(/name: (lan|rest|routed)/gu, 'name: x-$1'),
    at: 'rails',
    codes: ['shrinks'],
  },
  { what: 'pools in a comment', text: changed(pools, pools.replace(/^/gmu, '#')), at: 'findings' },
  {
    what: 'another namespace for MetalLB',
    text: changed('metallb:\n', 'metallb:\n  namespace: load-balancing\n'),
    at: 'rails',
    codes: ['program-deleted', 'namespace-deleted', 'namespace-moved', 'shrinks'],
  },
];

/** Unused pools stand last, so that a file which is cut late loses so few that no other rail minds. */
const poolsLast = head + references + advertisements + monitoring + pools;
/** The last three lines are pool-9: cut before each of them, and in the middle of each. */
const lateCuts: readonly string[] = [4, 3, 2, 1].flatMap((from) => {
  const kept = poolsLast.trimEnd().split('\n').slice(0, -from);
  const next = poolsLast.trimEnd().split('\n').at(-from) ?? '';
  const text = `${kept.join('\n')}\n`;
  return [text, text.trimEnd(), text + next.slice(0, 9), text + next.slice(0, -1)];
});

describe('a source that is not what was meant', () => {
  let road: PruneRoad;
  let owned: ReadonlyMap<string, string>;

  beforeAll(async () => {
    road = await PruneRoad.open();
    expect(await road.syncText(whole)).toMatchObject({ at: 'synced', codes: ['healthy'], deleted: [] });
    owned = await road.owned();
    expect(owned.size).toBeGreaterThan(25);
  });

  afterAll(async () => road.close());

  /** Nothing was deleted, and all that was there before still is, the very same objects. */
  async function expectUnharmed(ending: Ending): Promise<void> {
    expect(ending).toMatchObject({ deleted: [] });
    if (ending.at !== 'synced') {
      expect(ending.writes).toBe(0);
    } else {
      const now = await road.owned();
      expect([...owned].filter(([key, uid]) => now.get(key) !== uid)).toEqual([]);
      expect(await road.syncText(whole)).toMatchObject({ at: 'synced', deleted: [] });
    }
  }

  it.each(broken)('deletes nothing: $what', async ({ text, at, codes }) => {
    const ending = await road.syncText(text);
    await expectUnharmed(ending);
    expect(ending.at).toBe(at);
    expect(ending.codes).toEqual(codes ?? expect.arrayContaining([expect.any(String)]));
  });

  it.each(lines.map((_line, count) => count))('deletes nothing: the file ends after line %i', async (count) => {
    const ending = await road.syncText(cut(count));
    await expectUnharmed(ending);
    expect(['findings', 'rails', 'synced']).toContain(ending.at);
  });

  it.each([
    ['an empty tree', { 'README.md': 'moved' }, 'environment-not-found'],
    ['a list of environments without it', { 'environments/prod/config-prod.yaml': whole }, 'environment-not-found'],
    ['a file under another name', { 'environments/dev/config.yaml': whole }, 'environment-not-found'],
    ['a folder under another name', { 'environments/develop/config-develop.yaml': whole }, 'environment-not-found'],
    ['the file one folder too high', { 'environments/config-dev.yaml': whole }, 'environment-not-found'],
    ['a link in its place', { [path]: { mode: '120000', content: '../../x.yaml' } }, undefined],
    ['a link that leaves the repository', { [path]: { mode: '120000', content: '/etc/passwd' } }, undefined],
    ['a submodule in its place', { [path]: { mode: '160000', content: '1'.repeat(40) } }, undefined],
    ['a folder in its place', { [`${path}/x`]: whole }, 'environment-not-found'],
    ['two files', { [path]: whole, 'environments/dev/config-dev.yml': whole }, undefined],
    ['an empty file', { [path]: '' }, undefined],
    ['half of the file', { [path]: cut(30) }, undefined],
  ] satisfies readonly (readonly [string, TreeContent, string | undefined])[])(
    'deletes nothing: Git gives %s',
    async (_what, tree, code) => {
      const home = temporaryFolder();
      const repository = new TestRepository(`${home.path}/config.git`);
      repository.commit(tree);
      const ending = await road.sync(openGitSource({ url: repository.folder, cacheDir: `${home.path}/cache` }));
      home.remove();
      await expectUnharmed(ending);
      expect(['plan', 'findings', 'rails']).toContain(ending.at);
      expect(ending.codes).toEqual(expect.arrayContaining([code ?? expect.any(String)]));
    },
  );

  it.each([
    ['a repository that is gone', { url: '/nowhere/config.git' }],
    ['a branch that is gone', { ref: 'released' }],
    ['a commit that is gone', { ref: 'f'.repeat(40) }],
    ['a path that is gone', { path: 'clusters' }],
    ['a file that is larger than allowed', { limits: { fileBytes: 16 } }],
  ])('deletes nothing: Git has %s', async (_what, options) => {
    const home = temporaryFolder();
    const repository = new TestRepository(`${home.path}/config.git`);
    repository.commit({ [path]: whole });
    const ending = await road.sync(
      openGitSource({ url: repository.folder, cacheDir: `${home.path}/cache`, ...options }),
    );
    home.remove();
    await expectUnharmed(ending);
    expect(ending.at).toBe('plan');
  });

  it('deletes nothing: the folder is gone', async () => {
    const ending = await road.sync(openFolderSource({ folder: '/nowhere/config' }));
    await expectUnharmed(ending);
    expect(ending.at).toBe('plan');
  });

  it('deletes nothing: the file ends within the last of its unused pools', async () => {
    expect(await road.syncText(poolsLast)).toMatchObject({ at: 'synced', deleted: [] });
    const endings: Ending[] = [];
    for (const text of lateCuts) {
      endings.push(await road.syncText(text));
    }
    expect(endings.filter(({ at }) => at === 'rails').map(({ codes }) => codes)).toEqual(
      Array.from({ length: 2 }, () => ['cut-off']),
    );
    for (const ending of endings) {
      await expectUnharmed(ending);
    }
    expect(await road.syncText(poolsLast)).toMatchObject({ at: 'synced', deleted: [] });
    expect(await road.syncText(whole)).toMatchObject({ at: 'synced', deleted: [] });
  });

  it('deletes nothing when another engine comes, and asks before that one goes again', async () => {
    const native = await road.syncText(changed('metallb:\n', 'metallb:\n  engine: native\n'));
    expect(native).toMatchObject({ at: 'synced', deleted: [] });
    const before = await road.owned();
    expect(await road.syncText(whole)).toMatchObject({ at: 'rails', deleted: [], writes: 0 });
    expect(await road.owned()).toEqual(before);
    const back = await road.sync(openFolderSource({ folder: road.folderWith({ [path]: whole }) }), true);
    expect(back).toMatchObject({ at: 'synced', codes: ['healthy'] });
    expect(back.deleted.filter((key) => !/^(?:Validating|PodDisruptionBudget)/u.test(key))).toEqual([]);
  });

  it('deletes what an approval names, and only that', async () => {
    const without = changed(/ {4}- name: pool-9\n.*\n.*\n/u, '');
    expect(await road.syncText(without)).toMatchObject({
      at: 'synced',
      deleted: ['IPAddressPool.metallb.io/metallb-system/pool-9'],
    });
    const smaller = changed(references + advertisements, '');
    const folder = road.folderWith({ [path]: smaller });
    expect(await road.sync(openFolderSource({ folder }))).toMatchObject({ at: 'rails', codes: ['shrinks'] });
    const ending = await road.sync(openFolderSource({ folder }), true);
    expect(ending.codes).toEqual(['healthy']);
    expect(ending.deleted.toSorted()).toEqual([
      'BFDProfile.metallb.io/metallb-system/fast',
      'BGPAdvertisement.metallb.io/metallb-system/routed',
      'BGPPeer.metallb.io/metallb-system/router',
      'Community.metallb.io/metallb-system/names',
      'L2Advertisement.metallb.io/metallb-system/lan',
      'L2Advertisement.metallb.io/metallb-system/rest',
    ]);
  });
});
