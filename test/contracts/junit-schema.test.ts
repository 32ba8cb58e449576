import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { junitSchema } from '../../scripts/test/junit-schema.ts';
import type { FindingsReport } from '../../src/domain/finding/output/findings-report.ts';
import { junitReport } from '../../src/domain/finding/output/junit.ts';
import { finding, hostileFindings } from '../domain/finding/output/hostile-findings.ts';

const isThere = existsSync(junitSchema) && spawnSync('xmllint', ['--version']).status === 0;
const folder = mkdtempSync(path.join(tmpdir(), 'metalwave-junit-'));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What xmllint says of these texts against the schema. */
function validated(texts: readonly string[]): { readonly status: number | null; readonly said: string } {
  const files = texts.map((text, index) => {
    const file = path.join(folder, `${String(index)}.xml`);
    writeFileSync(file, text);
    return file;
  });
  const options = ['--noout', '--nonet', '--schema', junitSchema, ...files];
  const { status, stderr } = spawnSync('xmllint', options, { encoding: 'utf8', timeout: 60_000 });
  return { status, said: stderr };
}

const reports: readonly FindingsReport[] = [
  { files: [], findings: [] },
  { files: ['environments/dev/config-dev.yaml'], findings: [] },
  { files: ['a.yaml'], findings: [finding('unknown-key', 7), finding('pool-unknown', 8), finding('placeholder', 9)] },
  ...fc.sample(hostileFindings, { numRuns: 100, seed: 4 }).map((findings) => ({ files: ['a.yaml'], findings })),
];

describe.skipIf(!isThere)('a JUnit report (skipped without xmllint and the schema that npm test gets)', () => {
  it('is valid by the schema that Jenkins published for its readers of such reports, whatever the findings hold', () => {
    const { status, said } = validated(reports.map((report) => junitReport(report)));
    expect(said.split('\n').filter((line) => line !== '' && !line.endsWith(' validates'))).toEqual([]);
    expect(status).toBe(0);
  });

  it('would not be with anything else in it', () => {
    const good = junitReport({ files: ['a.yaml'], findings: [finding('unknown-key', 7)] });
    for (const [from, to] of [
      ['<failure', '<problem'],
      ['</failure', '</problem'],
      [' name="metalwave validate"', ' title="metalwave validate"'],
    ] as const) {
      expect(good).toContain(from);
      expect(validated([good.replaceAll(from, to)]).status).not.toBe(0);
    }
  });
});
