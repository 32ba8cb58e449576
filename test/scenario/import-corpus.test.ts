import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importVerb } from '../../src/apps/cli/verbs/import.ts';
import { runVerb } from '../apps/cli/run-verb.ts';

/** Manifests that people really wrote: beside the checkout, or where a person says. */
const corpus = resolve(process.env['METALWAVE_CORPUS'] ?? join(import.meta.dirname, '../../../shared/corpus'));
const isThere = existsSync(join(corpus, 'INDEX.tsv'));

/** Files that cannot be rendered as they are, with what the import says of them. */
const exceptions: ReadonlyMap<string, RegExp> = new Map([
  // Another program was to fill in the addresses.
  [
    'legacy/bjw-s-labs__home-ops__helmrelease.yaml',
    /\$\{METALLB_ARP_RANGE\} of IPAddressPool default is a placeholder/u,
  ],
  ['legacy/h3mmy__bloopySphere__helm-release.yaml', /is a placeholder, and nothing fills it in here/u],
  ['legacy/onedr0p__cluster-template__helm-release.yaml', /is a placeholder, and nothing fills it in here/u],
  ['legacy/onedr0p__home-ops__helm-release.yaml', /is a placeholder, and nothing fills it in here/u],
  ['legacy/toboshii__home-ops__helm-release.yaml', /is a placeholder, and nothing fills it in here/u],
  ['legacy/xunholy__k8s-gitops__helmrelease.yaml', /is a placeholder, and nothing fills it in here/u],
  // MetalLB refused the bare address, too.
  ['legacy/issue__metallb-669__bare-ip.yaml', /error address-without-length/u],
]);

/** Files that are templates as a whole. */
const templates = [
  'legacy/techno-tim__k3s-ansible__metallb.configmap.yaml',
  'legacy/techno-tim__k3s-ansible__metallb.configmap-2.yaml',
];

function filesOf(folder: string): readonly string[] {
  return isThere ? readdirSync(join(corpus, folder)).map((name) => `${folder}/${name}`) : [];
}

describe.skipIf(!isThere && process.env['CI'] !== 'true')('import of the corpus', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'metalwave-import-'));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it.each(
    [...filesOf('valid'), ...filesOf('legacy')].filter((file) => !exceptions.has(file) && !templates.includes(file)),
  )('renders what was there: %s', async (file) => {
    const { exitCode, err } = await runVerb(importVerb, [join(corpus, file), '--dry-run'], folder);
    expect(err).toMatch(/^Proof: \d+ resources? rendered equal what was there\.$/mu);
    expect(exitCode).toBe(0);
  });

  it.each([...exceptions])('carries %s as it stands, and says what is wrong with it', async (file, words) => {
    const { exitCode, out, err } = await runVerb(importVerb, [join(corpus, file), '--dry-run'], folder);
    expect(out).toContain('ipAddressPool:');
    expect(err).toMatch(words);
    expect(err).toContain('Proof: not possible before the errors above are repaired in the new file.');
    expect(exitCode).toBe(1);
  });

  it.each(templates)('takes nothing from the template %s', async (file) => {
    await expect(runVerb(importVerb, [join(corpus, file), '--dry-run'], folder)).rejects.toThrow(/template/u);
  });
});
