import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../src/adapters/sandbox/start-sandbox.ts';
import { systemClock } from '../../src/adapters/system/clock.ts';
import { startHttpGitServer } from '../git/http-server.ts';
import { TestRepository, temporaryFolder } from '../git/repository.ts';
import { configPath } from '../road/config-repository.ts';
import { type FaultProxy, startFaultProxy } from '../road/fault-proxy.ts';
import { Road } from '../road/road.ts';

const dev = configPath('dev');
const good =
  'metallb:\n  ipAddressPool:\n    - name: default\n      addresses:\n        - 192.168.1.220-192.168.1.250\n';

describe('bad input to a sync', () => {
  let folder: ReturnType<typeof temporaryFolder>;
  let sandbox: Sandbox;
  let proxy: FaultProxy;
  let road: Road;
  beforeEach(async () => {
    folder = temporaryFolder();
    sandbox = await startSandbox({ clock: systemClock, podsAnswer: false, nodes: 1 });
    proxy = await startFaultProxy({ server: sandbox.server, ca: sandbox.certificate });
    const kubeconfig = join(folder.path, 'kubeconfig');
    writeFileSync(kubeconfig, proxy.kubeconfigText(sandbox.token), { mode: 0o600 });
    road = new Road(kubeconfig, { [dev]: good });
  });
  afterEach(async () => {
    road.close();
    await proxy.stop();
    await sandbox.stop();
    folder.remove();
  });

  /** Every verb that reads the configuration refuses it in the same way, and the cluster isn't even asked. */
  async function refusedByAll(
    code: number,
    words: readonly (string | RegExp)[],
    ...args: readonly string[]
  ): Promise<void> {
    for (const verb of ['validate', 'sync']) {
      const ended = await road.run(verb, ...args);
      const said = ended.out + ended.err;
      for (const word of words) {
        expect(said).toMatch(word);
      }
      expect({ verb, code: ended.code }).toEqual({ verb, code });
      expect(said).not.toContain('this is a bug');
    }
    expect(proxy.requests).toEqual([]);
  }

  it.each([
    ['of zero bytes', '', [/config-dev\.yaml:1/u, 'empty']],
    ['of one comment', '# nothing yet\n', [/config-dev\.yaml:1/u, 'only comments']],
    ['with an unknown key', good.replace('addresses', 'adresses'), [/config-dev\.yaml:4/u, 'adresses', 'addresses']],
    ['with tabs', good.replace('  ipAddressPool', '\tipAddressPool'), [/config-dev\.yaml:2/u, /tab/iu]],
    ['with two documents', `${good}---\n${good}`, [/config-dev\.yaml:7/u, '2 documents']],
    ['that is a list', '- metallb\n', [/config-dev\.yaml:1/u, 'a list']],
    [
      'with no address',
      good.replace('192.168.1.220-192.168.1.250', '192.168.1.350'),
      [/config-dev\.yaml:5/u, '192.168.1.350'],
    ],
    ['that is not text', '\u0000\u0001\u0002', [/config-dev\.yaml/u]],
    ['cut in the middle', 'metallb:\n  ipAddressPool:\n    - name: "defa', [/config-dev\.yaml:3/u]],
  ])('refuses a configuration %s', async (_, text, words) => {
    road.repository.commit({ [dev]: text });
    await refusedByAll(
      1,
      words.map((word) => (typeof word === 'string' ? new RegExp(word, 'u') : word)),
      '--env',
      'dev',
    );
  });

  it('tells all mistakes of a file at once', async () => {
    const text = good
      .replace('name: default', 'name: Default')
      .replace('192.168.1.220-192.168.1.250', '10.0.0.9-10.0.0.1');
    road.repository.commit({ [dev]: `${text}      autoAsign: true\n` });
    const { code, out } = await road.run('validate', '-o', 'json');
    expect(code).toBe(1);
    const found = JSON.parse(out) as { readonly findings: readonly { readonly code: string }[] };
    expect(new Set(found.findings.map((finding) => finding.code)).size).toBeGreaterThanOrEqual(2);
  });

  it('misses an environment by its name, and proposes those that are there', async () => {
    await refusedByAll(2, ['dve', /\bdev\b/u], '--env', 'dve');
  });

  it('misses a branch, a tag, a commit and a folder of the repository', async () => {
    await refusedByAll(2, ['no-such-branch'], '--env', 'dev', '--revision', 'no-such-branch');
    await refusedByAll(2, ['0123456789'], '--env', 'dev', '--revision', '0123456789'.repeat(4));
    await refusedByAll(2, ['no/such/folder'], '--env', 'dev', '--revision', 'main', '--config-path', 'no/such/folder');
    await refusedByAll(2, ['no/such/folder'], '--env', 'dev', '--config-path', 'no/such/folder');
  });

  it('misses the repository', async () => {
    const absent = join(folder.path, 'absent');
    await refusedByAll(2, ['absent'], '--env', 'dev', '--config-repo', absent);
    await refusedByAll(2, ['absent'], '--env', 'dev', '--config-repo', `file://${absent}`);
    mkdirSync(absent);
    await refusedByAll(2, ['absent'], '--env', 'dev', '--config-repo', `file://${absent}`);
  });

  it('is refused by the Git server without credentials, with wrong ones, and where its certificate is not trusted', async () => {
    const bare = new TestRepository(join(folder.path, 'served', 'config.git'));
    bare.commit({ [dev]: good });
    const git = await startHttpGitServer(join(folder.path, 'served'), 'reader:right');
    const secure = await startFaultProxy({ server: `http://127.0.0.1:${git.port}`, ca: '' });
    const caFile = join(folder.path, 'ca.crt');
    writeFileSync(caFile, secure.ca);
    const where = ['validate', '--env', 'dev', '--config-repo', `${secure.url}/config.git`];
    const as = (token: string): NodeJS.ProcessEnv => ({
      METALWAVE_GIT_CA_FILE: caFile,
      METALWAVE_GIT_USERNAME: 'reader',
      METALWAVE_GIT_TOKEN: token,
    });
    try {
      const nobody = await road.runWith({ METALWAVE_GIT_CA_FILE: caFile }, ...where);
      expect(nobody.code).toBe(2);
      expect(nobody.err).toContain('asks for credentials');
      const wrong = await road.runWith(as('very-wrong'), ...where);
      expect(wrong.code).toBe(2);
      expect(wrong.err).toContain('refused the credentials');
      expect(wrong.err + wrong.out).not.toContain('very-wrong');
      const untrusted = await road.runWith({ ...as('right'), METALWAVE_GIT_CA_FILE: '' }, ...where);
      expect(untrusted.code).toBe(2);
      expect(untrusted.err).toMatch(/certificate/u);
      expect(await road.runWith(as('right'), ...where)).toMatchObject({ code: 0 });
    } finally {
      await secure.stop();
      await git.close();
    }
  });

  it('says so where nobody listens at the cluster', async () => {
    await proxy.stop();
    const { code, err } = await road.run('plan', '--env', 'dev');
    expect(code).toBe(2);
    expect(err).toMatch(/https:\/\/127\.0\.0\.1:\d+ cannot be reached: the connection is refused/u);
    proxy = await startFaultProxy({ server: sandbox.server, ca: sandbox.certificate });
  });

  it.each([
    ['no kubeconfig at all', 'absent'],
    ['a kubeconfig that is none', 'config/environments/dev/config-dev.yaml'],
  ])('says so where there is %s', async (_, file) => {
    const { code, err } = await road.run('sync', '--env', 'dev', '--kubeconfig', file);
    expect(code).toBe(2);
    expect(err).toContain(file);
    expect(err).not.toContain('this is a bug');
  });

  it('misses a context by its name', async () => {
    const { code, err } = await road.run('sync', '--env', 'dev', '--context', 'nowhere');
    expect(code).toBe(2);
    expect(err).toContain('nowhere');
  });
});
