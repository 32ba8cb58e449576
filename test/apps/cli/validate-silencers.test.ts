import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Ajv } from 'ajv';
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { render } from '../../../src/apps/cli/verbs/render.ts';
import { validate } from '../../../src/apps/cli/verbs/validate.ts';
import { runVerb } from './run-verb.ts';

const config = `network:
  dhcp: [192.168.1.100-192.168.1.199]
metallb:
  ipAddressPool:
    # metalwave: allow pool-in-dhcp-scope the server skips these
    - name: default
      addresses: [192.168.1.190-192.168.1.210]
`;

let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'metalwave-allow-'));
  await mkdir(path.join(folder, 'environments/dev'), { recursive: true });
  await writeFile(path.join(folder, 'environments/dev/config-dev.yaml'), config);
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

describe('metalwave validate with a comment that allows a finding', () => {
  it('leaves the finding out and says that there is one', async () => {
    expect(await runVerb(validate, [], folder)).toMatchObject({ exitCode: 0, out: 'dev: no findings (1 silenced).\n' });
  });

  it('is counted by the verbs that go on with the configuration, on standard error', async () => {
    const silenced = 'dev: no findings (1 silenced).\n';
    expect(await runVerb(render, [], folder)).toMatchObject({ exitCode: 0, err: silenced });
    await writeFile(
      path.join(folder, 'environments/dev/config-dev.yaml'),
      `${config}    - name: wide\n      addresses: [192.168.1.7/24]\n`.replace(
        '.190-192.168.1.210',
        '.190-192.168.1.192',
      ),
    );
    const { err } = await runVerb(render, [], folder);
    expect(err).toMatch(/ 1 silenced\n$/u);
    expect(err).toContain('address-host-bits');
  });

  it('counts it in JSON', async () => {
    const { out } = await runVerb(validate, ['-o', 'json'], folder);
    const document = JSON.parse(out) as { readonly silenced: number; readonly findings: readonly unknown[] };
    expect(document).toMatchObject({ silenced: 1, findings: [] });
    const check = new Ajv({ strict: false }).compile(
      JSON.parse(readFileSync('schemas/findings.schema.json', 'utf8')) as object,
    );
    expect(check(document)).toBe(true);
  });

  it('does the same for plain manifests', async () => {
    const manifest = `apiVersion: v1
kind: Service
metadata:
  name: web
  annotations:
    metallb.universe.tf/allow-shared-ip: key # metalwave: allow annotation-deprecated the old cluster reads it
spec:
  type: LoadBalancer
`;
    await writeFile(path.join(folder, 'web.yaml'), manifest);
    expect((await runVerb(validate, ['web.yaml'], folder)).out).toBe('web.yaml: no findings (1 silenced).\n');
  });

  it('tells forges the path from the root of the repository', async () => {
    await writeFile(path.join(folder, 'environments/dev/config-dev.yaml'), config.replace(/ +# metalwave.*\n/u, ''));
    const args = ['--config-repo', path.dirname(folder), '--config-path', path.basename(folder), '-o', 'github'];
    const { out } = await runVerb(validate, args, folder);
    expect(out).toContain(`::warning file=${path.basename(folder)}/environments/dev/config-dev.yaml,line=6,`);
  });

  it.each(['sarif', 'junit', 'github', 'gitlab'])('writes %s', async (form) => {
    const { exitCode, out } = await runVerb(validate, ['-o', form], folder);
    expect(exitCode).toBe(0);
    expect(out).not.toContain('pool-in-dhcp-scope');
  });
});
