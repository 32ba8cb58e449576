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

/** What SARIF 2.1.0 requires of the parts in use (sections 3.13, 3.14, 3.18, 3.19, 3.20, 3.27, 3.29, 3.30, 3.49). */
const message = { type: 'object', required: ['text'], properties: { text: { type: 'string' } } };
const closed = (required: readonly string[], properties: object): object => ({
  type: 'object',
  required,
  properties,
  additionalProperties: false,
});
const level = { enum: ['none', 'note', 'warning', 'error'] };
const atLeastOne = { type: 'integer', minimum: 1 };
const region = closed(['startLine', 'startColumn', 'endColumn'], {
  startLine: atLeastOne,
  startColumn: atLeastOne,
  endColumn: atLeastOne,
});
const location = closed(['physicalLocation'], {
  physicalLocation: closed(['artifactLocation', 'region'], {
    artifactLocation: closed(['uri'], { uri: { type: 'string' } }),
    region,
  }),
});
const rule = closed(['id', 'shortDescription', 'fullDescription', 'help'], {
  id: { type: 'string' },
  shortDescription: message,
  fullDescription: message,
  help: message,
  defaultConfiguration: closed([], { level }),
});
const result = closed(['ruleId', 'ruleIndex', 'level', 'message', 'locations', 'partialFingerprints'], {
  ruleId: { type: 'string' },
  ruleIndex: { type: 'integer', minimum: 0 },
  level,
  message,
  locations: { type: 'array', minItems: 1, maxItems: 1000, items: location },
  partialFingerprints: { type: 'object', additionalProperties: { type: 'string' } },
});
const run = closed(['tool', 'results'], {
  tool: closed(['driver'], {
    driver: closed(['name', 'rules'], {
      name: { type: 'string' },
      version: { type: 'string' },
      rules: { type: 'array', maxItems: 25_000, uniqueItems: true, items: rule },
    }),
  }),
  columnKind: { enum: ['utf16CodeUnits', 'unicodeCodePoints'] },
  invocations: { type: 'array', items: { type: 'object', required: ['executionSuccessful'] } },
  results: { type: 'array', maxItems: 25_000, items: result },
});
const schema = closed(['version', 'runs'], {
  $schema: { type: 'string' },
  version: { const: '2.1.0' },
  runs: { type: 'array', minItems: 1, maxItems: 20, items: run },
});
const validate = new Ajv({ strict: false }).compile<Log>(schema);

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
