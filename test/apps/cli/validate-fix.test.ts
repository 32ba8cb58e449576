import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { validate } from '../../../src/apps/cli/verbs/validate.ts';
import { runVerb } from './run-verb.ts';

const configPath = 'environments/dev/config-dev.yaml';
const pools = (...entries: readonly string[]): string =>
  `# The pools of the lab.\nmetallb:   # all of it\n  ipAddressPool:\n    - {name: "default",   addresses: [${entries.join(', ')}]}   # odd, and kept\n`;

const service = (prefix: string): string =>
  `apiVersion: v1\nkind: Service\nmetadata:\n  name: web\n  annotations:\n    ${prefix}/allow-shared-ip: "key"  # old\nspec:\n  type: LoadBalancer\n`;

let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'metalwave-fix-'));
  await mkdir(path.join(folder, 'environments/dev'), { recursive: true });
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

const put = async (text: string): Promise<void> => writeFile(path.join(folder, configPath), text);
const read = async (): Promise<string> => readFile(path.join(folder, configPath), 'utf8');

describe('metalwave validate --fix', () => {
  it.each([
    ['"192.168.1.5/28"', '"192.168.1.0/28"'],
    ["'192.168.1.220'", "'192.168.1.220/32'"],
    ['"fd00::1"', '"fd00::1/128"'],
    ['192.168.1.220–192.168.1.230', '192.168.1.220-192.168.1.230'],
    ['192.168.1.220 — 192.168.1.230', '192.168.1.220 - 192.168.1.230'],
    ['192.168.1.0 /28', '192.168.1.0/28'],
    ['192.168.1.0/28\u00A0', '192.168.1.0/28'],
  ])('repairs the entry %s and leaves every other byte as it is', async (wrong, right) => {
    await put(pools(wrong));
    expect(await runVerb(validate, ['--fix'], folder)).toMatchObject({ exitCode: 0, err: `repaired ${configPath}\n` });
    expect(await read()).toBe(pools(right));
  });

  it.each([
    ['  namespace:\u00A0\u00A0metallb\n', '  namespace:  metallb\n'],
    ['  install: yes # on\n', '  install: true # on\n'],
    ['  controller:\n    nodeSelectr: { edge: yes }\n', '  controller:\n    nodeSelector: { edge: "yes" }\n'],
    ['  isntall: true\n', '  install: true\n'],
    ['  namespace: 15\n', '  namespace: "15"\n'],
    ['  loadBalancerClas: lan\n', '  loadBalancerClass: lan\n'],
    ['  "loadBalancerClas": lan\r\n', '  "loadBalancerClass": lan\r\n'],
    [
      '  l2Advertisement:\n  - nodeSelector: []\n    name: a\n',
      '  l2Advertisement:\n  - nodeSelectors: []\n    name: a\n',
    ],
  ])('repairs %j', async (wrong, right) => {
    await put(`\uFEFF${pools('192.168.1.0/28')}${wrong}`);
    await runVerb(validate, ['--fix'], folder);
    expect(await read()).toBe(`\uFEFF${pools('192.168.1.0/28')}${right}`);
  });

  it.each([
    [pools('192.168.1.230-192.168.1.220')],
    [pools('192.168.1.300/28')],
    [`${pools('192.168.1.0/28')}  installs: true\n  install: true\n`],
    [`${pools('192.168.1.0/28')}  colour: red\n`],
    [`${pools('192.168.1.0/28')}  instl: true\n`],
  ])('leaves alone what only a person can decide: %j', async (text) => {
    await put(text);
    expect(await runVerb(validate, ['--fix'], folder)).toMatchObject({ exitCode: 1, err: '' });
    expect(await read()).toBe(text);
  });

  it('shows what remains, and keeps the rights of the file', async () => {
    await put(pools('192.168.1.5/28', '192.168.1.0/30'));
    await chmod(path.join(folder, configPath), 0o640);
    const { exitCode, out } = await runVerb(validate, ['--fix'], folder);
    expect(exitCode).toBe(1);
    expect(out).toContain('pool-overlap-within');
    expect(out).not.toContain('address-host-bits');
    expect((await stat(path.join(folder, configPath))).mode % 0o1000).toBe(0o640);
    expect(await readdir(path.join(folder, 'environments/dev'))).toEqual(['config-dev.yaml']);
  });

  it('prints a diff and writes nothing in a dry run', async () => {
    const before = pools('192.168.1.5/28');
    await put(before);
    const { exitCode, out } = await runVerb(validate, ['--fix', '--dry-run'], folder);
    expect(exitCode).toBe(0);
    expect(out).toContain(`--- a/${configPath}\n+++ b/${configPath}\n@@ -1,4 +1,4 @@\n # The pools of the lab.\n`);
    expect(out).toContain('\n-    - {name: "default",   addresses: [192.168.1.5/28]}   # odd, and kept\n+    - {name:');
    expect(await read()).toBe(before);
  });

  it('repairs plain manifests where they lie', async () => {
    await writeFile(path.join(folder, 'web.yaml'), service('metallb.universe.tf'));
    await runVerb(validate, ['--fix', 'web.yaml'], folder);
    expect(await readFile(path.join(folder, 'web.yaml'), 'utf8')).toBe(service('metallb.io'));
  });

  it('refuses to write through a link, and where nothing of this machine was read', async () => {
    const real = path.join(folder, 'real.yaml');
    await writeFile(
      real,
      `apiVersion: metallb.io/v1beta1\nkind: IPAddressPool\nmetadata: {name: a, namespace: metallb-system}\nspec: {addresses: [192.168.1.5/28]}\n`,
    );
    await symlink(real, path.join(folder, 'link.yaml'));
    await expect(runVerb(validate, ['--fix', 'link.yaml'], folder)).rejects.toThrow('nothing was written');
    await put(pools('192.168.1.5/28'));
    await expect(runVerb(validate, ['--fix', '--revision', 'HEAD'], folder)).rejects.toThrow();
    await expect(runVerb(validate, ['--dry-run'], folder)).rejects.toThrow('--dry-run is for --fix');
  });
});
