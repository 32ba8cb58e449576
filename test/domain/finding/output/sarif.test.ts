import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Ajv } from 'ajv';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sarifLog } from '../../../../src/domain/finding/output/sarif.ts';
import type { LocatedFinding } from '../../../../src/domain/finding/finding.ts';
import { asUtf8, digest, finding, hostileFindings } from './hostile-findings.ts';

interface Result {
  readonly ruleId: string;
  readonly level: string;
  readonly locations: readonly [{ readonly physicalLocation: { readonly artifactLocation: { readonly uri: string } } }];
  readonly partialFingerprints: { readonly 'metalwave/v1': string };
}
interface Log {
  readonly runs: readonly [
    {
      readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
      readonly invocations: readonly [{ readonly toolExecutionNotifications: readonly unknown[] }];
      readonly results: readonly Result[];
    },
  ];
}

const require = createRequire(import.meta.url);

/** The schema that OASIS published, in the copy of a package; its draft-04 words are the same in later drafts but for `id`. */
function officialSchema(): object {
  const file = require.resolve('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json');
  const {
    $schema: _draft,
    id: _id,
    ...schema
  } = JSON.parse(readFileSync(file, 'utf8')) as { readonly [key: string]: unknown };
  return schema;
}

const validate = new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false }).compile<Log>(
  officialSchema(),
);

function read(findings: readonly LocatedFinding[]): Log['runs'][0] {
  const tool = { version: '0.1.0', digest, explain: () => undefined };
  const log: unknown = JSON.parse(sarifLog({ files: [], findings }, tool));
  if (!validate(log)) {
    throw new Error(JSON.stringify(validate.errors));
  }
  return log.runs[0];
}

function prints(findings: readonly LocatedFinding[]): readonly string[] {
  return read(findings).results.map((one) => one.partialFingerprints['metalwave/v1']);
}

function alreadyIn(line: number): LocatedFinding {
  return finding('yaml-duplicate-key', line, { message: `The key stands in line ${String(line - 1)} already.` });
}

describe('findings as SARIF', () => {
  it('fit the standard whatever the findings hold, with relative URIs that give the path back', () => {
    fc.assert(
      fc.property(hostileFindings, (findings) => {
        const { results, tool } = read(findings);
        expect(results).toHaveLength(findings.length);
        for (const one of results) {
          const { uri } = one.locations[0].physicalLocation.artifactLocation;
          expect(uri).toMatch(/^[\w\-.!~*'()%/]*$/u);
          expect(findings.map(({ place }) => asUtf8(place.file))).toContain(decodeURIComponent(uri));
          expect(tool.driver.rules.map(({ id }) => id)).toContain(one.ruleId);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('would be told from what the standard refuses', () => {
    const driver = { name: 'x', rules: [{ id: 'a' }, { id: 'a' }] };
    expect(validate({ version: '2.1.0', runs: [{ tool: { driver } }] })).toBe(false);
    expect(validate({ version: '2.1.0', runs: [{ tool: {}, results: [] }] })).toBe(false);
    expect(validate({ version: '2.1.0', runs: [{ tool: { driver: { name: 'x' } }, results: [{}] }] })).toBe(false);
    expect(validate({ version: '2.1.0', runs: [{ tool: { driver: { name: 'x' } }, odd: 1 }] })).toBe(false);
  });

  it('keep their fingerprint when lines move, and never share one', () => {
    const here = [finding('pool-overlap', 7), finding('pool-overlap', 9), finding('unknown-key', 7)];
    const moved = [finding('pool-overlap', 17), finding('pool-overlap', 19), finding('unknown-key', 17)];
    expect(prints(moved)).toEqual(prints(here));
    expect(new Set(prints(here)).size).toBe(3);
    expect(prints([alreadyIn(4)])).toEqual(prints([alreadyIn(40)]));
  });

  it('are an empty list of results where there are none', () => {
    expect(read([]).results).toEqual([]);
  });

  it('are cut at what code scanning keeps, the most severe first, and say so', () => {
    const many = [
      ...Array.from({ length: 5100 }, (_, index) => finding('pool-unknown', index + 1)),
      finding('unknown-key', 1),
    ];
    const { results, invocations } = read(many);
    expect(results).toHaveLength(5000);
    expect(results[0]?.level).toBe('error');
    expect(JSON.stringify(invocations[0].toolExecutionNotifications)).toContain('101 more findings');
  });
});
