import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { schemaChecker } from '../../src/adapters/schema/schema-checker.ts';
import { openYamlDocuments } from '../../src/adapters/yaml/yaml-documents.ts';
import type { FindingCode } from '../../src/domain/finding/finding-codes.ts';
import type { LocatedFinding } from '../../src/domain/finding/finding.ts';
import { type LoadedManifests, loadManifests } from '../../src/engine/load-manifests.ts';

/** Manifests that people really wrote, with the verdict that MetalLB gives them: beside the checkout, or where a person says. */
const corpus = resolve(process.env['METALWAVE_CORPUS'] ?? join(import.meta.dirname, '../../../shared/corpus'));
const isThere = existsSync(join(corpus, 'INDEX.tsv'));
const mayBeMissing = process.env['CI'] !== 'true';

interface Row {
  readonly file: string;
  readonly notable: string;
  readonly reason: string;
  readonly basis: string;
}

function readIndex(): readonly Row[] {
  const [head = '', ...lines] = readFileSync(join(corpus, 'INDEX.tsv'), 'utf8').trimEnd().split('\n');
  const columns = head.split('\t');
  return lines.map((line) => {
    const cells = line.split('\t');
    const cell = (name: string): string => cells[columns.indexOf(name)] ?? '';
    return { file: cell('file'), notable: cell('notable'), reason: cell('reason'), basis: cell('verdict_basis') };
  });
}

const rows = isThere ? readIndex() : [];
const below = (folder: string, mark = ''): readonly (readonly [string, Row])[] =>
  rows
    .filter((row) => row.file.startsWith(`${folder}/`) && row.notable.includes(mark))
    .map((row) => [row.file, row] as const);

function judge(row: Row): LoadedManifests {
  const file = { path: row.file, id: row.file, bytes: readFileSync(join(corpus, row.file)) };
  const assumed = { version: undefined, backend: undefined };
  return loadManifests({ files: [file], documents: openYamlDocuments(), checker: schemaChecker, assumed });
}

function errorsOf(findings: readonly LocatedFinding[]): readonly LocatedFinding[] {
  return findings.filter((finding) => finding.severity === 'error');
}

/** The finding that says what the index gives as the reason. */
const codeOfReason: readonly (readonly [RegExp, FindingCode])[] = [
  [/^pool has no prefixes/, 'pool-without-addresses'],
  [/^unknown field/, 'unknown-key'],
  [/^CRD schema: .*expected/, 'wrong-type'],
  [/overlaps with/, 'pool-overlap'],
  [/^invalid aggregation length/, 'aggregation-too-short'],
  [/invalid end IP/, 'address-syntax'],
  [/U\+00A0/, 'yaml-blank'],
];

/** The last field of the path that a reason names. */
function fieldOf(reason: string): string {
  return (
    /\$\.([\w.[\]]+)/
      .exec(reason)?.[1]
      ?.split('.')
      .at(-1)
      ?.replace(/\[\d+\]/, '') ?? ''
  );
}

/**
 * Verdicts that are not kept to, and why. The index calls it accepted because the MetalLB of 2020 took it; every release
 * that can be chosen here reads no ConfigMap at all.
 */
const disagreements = new Map([
  ['legacy/issue__metallb-703__build-qa-prev.yaml', 'the ConfigMap was accepted then and has no effect since 0.13'],
]);

describe.skipIf(!isThere && mayBeMissing)(
  'the corpus of real manifests (skipped where ../shared/corpus is not)',
  () => {
    it('is as large as it should be', () => {
      expect(rows.length).toBeGreaterThan(100);
      expect(below('valid').length * below('invalid').length * below('legacy').length).toBeGreaterThan(0);
    });

    it.each(below('valid'))('%s, which MetalLB accepts, has no error', (_, row) => {
      const { findings, set } = judge(row);
      expect(errorsOf(findings)).toEqual([]);
      expect(set.resources.length).toBeGreaterThan(0);
    });

    it.each(below('valid', 'DANGLING'))('%s has a warning where it names a pool that is not there', (_, row) => {
      const dangling = /DANGLING pool reference: ([\w-]+)/.exec(row.notable)?.[1] ?? 'none';
      const found = judge(row).findings.filter(({ code }) => code === 'pool-unknown');
      expect(found.map(({ place }) => place.text.trim())).toEqual([`- ${dangling}`]);
    });

    it.each(below('valid', 'UNADVERTISED'))('%s has a warning where nothing advertises a pool', (_, row) => {
      const pool = /UNADVERTISED pool: ([\w-]+)/.exec(row.notable)?.[1] ?? 'none';
      const found = judge(row).findings.filter(({ code }) => code === 'pool-not-advertised');
      expect(found.map(({ place, severity }) => [severity, place.text.trim()])).toEqual([['warning', `name: ${pool}`]]);
    });

    it.each(below('invalid'))('%s is an error for the reason of the index, where it stands', (_, row) => {
      const code = codeOfReason.find(([reason]) => reason.test(row.reason))?.[1];
      const found = errorsOf(judge(row).findings).filter((finding) => finding.code === code);
      expect(found.length, row.reason).toBeGreaterThan(0);
      for (const { place } of found) {
        expect(place.endColumn).toBeGreaterThan(place.column);
      }
      if (code === 'unknown-key') {
        expect(found[0]?.place.text).toContain(`${fieldOf(row.reason)}:`);
      }
    });

    it.each(below('legacy'))('%s is told to be of the old form, and judged by what it says', (_, row) => {
      const { findings, set } = judge(row);
      expect(findings.map(({ code }) => code)).toContain('legacy-format');
      const judgedInPart = /helm.parameters|template|protocol \?/.test(row.notable);
      expect(set.resources.some(({ list }) => list === 'ipAddressPool') || judgedInPart).toBe(true);
      const others = errorsOf(findings).filter(({ code }) => code !== 'legacy-format');
      const refused = row.reason.startsWith('invalid CIDR');
      expect(others.map(({ code }) => code)).toEqual(refused ? ['address-without-length'] : []);
      expect(row.basis === 'accepted').toBe(disagreements.has(row.file));
    });

    it.each(below('alerts'))('%s has nothing to do with the configuration and is passed over', (_, row) => {
      const { findings, set } = judge(row);
      expect([set.resources, set.services, errorsOf(findings)]).toEqual([[], [], []]);
    });
  },
);
