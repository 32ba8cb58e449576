import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { importVerb } from '../../../src/apps/cli/verbs/import.ts';
import { validate } from '../../../src/apps/cli/verbs/validate.ts';
import { runVerb } from './run-verb.ts';

const secret = 'hunter2-Geheim';
const peer = (rest: string): string =>
  `metallb:\n  ipAddressPool:\n    - {name: a, addresses: ["10.0.0.5/24"]}\n  bgpPeer:\n    - name: tor\n      myASN: 1\n      peerASN: 2\n      peerAddress: 10.9.9.9\n${rest}`;
const manifest = (rest: string): string =>
  `apiVersion: metallb.io/v1beta2\nkind: BGPPeer\nmetadata: {name: tor, namespace: metallb-system}\nspec:\n  myASN: 1\n  peerASN: 2\n  peerAddress: 10.9.9.9\n${rest}`;

const configs: readonly string[] = [
  peer(`      password: ${secret}\n`),
  peer(`      password: ${secret}\n      passwordSecret: {name: x}\n`),
  peer(`      password:\n        ${secret}\n`),
  peer(`      password: [${secret}]\n`),
  peer(`      password: {${secret}: 1}\n`),
  peer(`      password: ${'x'.repeat(90)}${secret}\n`),
  peer(`      passwrd: ${secret}\n`),
  peer(`      password:${secret}\n`),
  peer(`      password: "${secret}\n`),
  peer(`\tpassword: ${secret}\n`),
  peer(`      password: ${secret}: x\n`),
  peer(`      password: ${secret} # metalwave: allow nothing-known why\n`),
  peer(`      password: \${${secret}}\n`),
  peer(`    - password:${secret}\n`),
  peer(`      password:\u00A0${secret}\n`),
  peer(`      password: !odd ${secret}\n`),
  peer(`      password: ${secret}\n      password: ${secret}\n`),
  peer(`  speaker:\n    bgpExtras: "neighbor 10.0.0.1 password ${secret}"\n`),
];
const manifests: readonly string[] = [
  manifest(`  password: ${secret}\n`),
  manifest(`  password: "${secret}\n`),
  manifest(`  password: [${secret}]\n`),
  manifest(`  password: ${secret}\n  passwordSecret: {name: x}\n`),
  `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: config, namespace: metallb-system}\ndata:\n  config: |\n    peers:\n    - peer-address: 10.0.0.1\n      peer-asn: 1\n      my-asn: 2\n      password: ${secret}\n`,
  `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: config, namespace: metallb-system}\ndata:\n  config: |\n    peers:\n    - password: "${secret}\n`,
  `apiVersion: v1\nkind: Secret\nmetadata: {name: x}\nstringData:\n  token: "${secret}\n`,
];

let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'metalwave-secrets-'));
  await mkdir(path.join(folder, 'environments/dev'), { recursive: true });
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

const outputs = [[], ...['json', 'sarif', 'junit', 'github', 'gitlab'].map((format) => ['--output', format])];

async function expectSilence(args: readonly string[]): Promise<string> {
  const printed: string[] = [];
  for (const output of [...outputs, ['--fix', '--dry-run']]) {
    const { out, err } = await runVerb(validate, [...args, ...output], folder);
    expect(`${out}${err}`).not.toContain(secret);
    printed.push(out);
  }
  return printed.join('');
}

describe('a password in a file that is validated', () => {
  it.each(configs)('is in no output: %j', async (text) => {
    await writeFile(path.join(folder, 'environments/dev/config-dev.yaml'), text);
    expect(await expectSilence([])).toContain('config-dev.yaml');
  });

  it.each(manifests)('is in no output, in a plain manifest: %j', async (text) => {
    await writeFile(path.join(folder, 'peer.yaml'), text);
    expect(await expectSilence(['peer.yaml'])).toContain('peer.yaml');
    const { out, err } = await runVerb(importVerb, ['peer.yaml', '--env', 'dev', '-o', 'new.yaml'], folder);
    expect(`${out}${err}`).not.toContain(secret);
  });

  it('has its place marked by the caret all the same', async () => {
    await writeFile(path.join(folder, 'environments/dev/config-dev.yaml'), configs[0] ?? '');
    const { out } = await runVerb(validate, [], folder);
    expect(out).toContain(
      `|       password: ${'*'.repeat(secret.length)}\n    |                 ${'^'.repeat(secret.length)}\n`,
    );
  });
});
