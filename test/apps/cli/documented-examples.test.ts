import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { validate } from '../../../src/apps/cli/verbs/validate.ts';
import { runVerb } from './run-verb.ts';

/**
 * Folders in the shape of what the documentation of MetalLB, k3s, RKE2, MicroK8s and the deploying tools shows: every
 * field, and all that lies beside.
 */
const examples = path.join(import.meta.dirname, '../../fixtures/documented');

/** What is rightly said of an example, none of it worse than a note: code and line. */
const notes = new Map([
  ['flux', ['placeholder flux/config.yaml:5']],
  ['kustomize', ['placeholder kustomize/overlays/lab/bigger-pool.yaml:1']],
  ['sops', ['placeholder sops/peer.sops.yaml:10']],
]);

const folders = readdirSync(examples);

interface Told {
  readonly code: string;
  readonly severity: string;
  readonly file: string;
  readonly line: number;
}

async function told(folder: string, ...options: readonly string[]): Promise<readonly Told[]> {
  const { out } = await runVerb(validate, [folder, '-o', 'json', ...options], examples);
  return (JSON.parse(out) as { readonly findings: readonly Told[] }).findings;
}

describe('validate of what documentation shows', () => {
  it('has examples of each', () => {
    expect(folders.length).toBeGreaterThanOrEqual(14);
    expect([...notes.keys()].filter((name) => !folders.includes(name))).toEqual([]);
  });

  it.each(folders)('says nothing of %s but what is right', async (folder) => {
    const findings = await told(folder);
    expect(findings.map(({ code, file, line }) => `${code} ${file}:${String(line)}`)).toEqual(notes.get(folder) ?? []);
    expect(findings.every(({ severity }) => severity === 'info')).toBe(true);
  });

  it.each([
    ['0.15.2', 'frr'],
    ['0.16.1', 'frr-k8s'],
  ])('finds no error in any for MetalLB %s with %s', async (version, backend) => {
    for (const folder of folders) {
      const findings = await told(folder, '--metallb-version', version, '--bgp-backend', backend);
      expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    }
  });

  it('still calls a folder without anything of MetalLB the wrong one', async () => {
    await expect(runVerb(validate, ['metallb-layer2/none'], examples)).rejects.toThrow('neither a file nor a folder');
    await expect(runVerb(validate, ['k3s/config.yaml'], examples)).rejects.toThrow('nothing of MetalLB was found');
    await expect(runVerb(validate, ['beside/group-vars.yml'], examples)).rejects.toThrow('nothing of MetalLB');
  });
});
