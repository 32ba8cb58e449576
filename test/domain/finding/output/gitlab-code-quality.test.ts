import { Ajv } from 'ajv';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gitlabCodeQuality } from '../../../../src/domain/finding/output/gitlab-code-quality.ts';
import type { LocatedFinding } from '../../../../src/domain/finding/finding.ts';
import { digest, finding, hostileFindings } from './hostile-findings.ts';

/** GitLab's documented fields of a Code Quality report; all of them are required. No package has a schema of GitLab's own. */
const validate = new Ajv().compile<
  readonly { readonly fingerprint: string; readonly severity: string; readonly location: { readonly path: string } }[]
>({
  type: 'array',
  items: {
    type: 'object',
    additionalProperties: false,
    required: ['description', 'check_name', 'fingerprint', 'severity', 'location'],
    properties: {
      description: { type: 'string' },
      check_name: { type: 'string', minLength: 1 },
      fingerprint: { type: 'string', minLength: 1 },
      severity: { enum: ['info', 'minor', 'major', 'critical', 'blocker'] },
      location: {
        type: 'object',
        required: ['path', 'lines'],
        properties: {
          path: { type: 'string' },
          lines: { type: 'object', required: ['begin'], properties: { begin: { type: 'integer', minimum: 1 } } },
        },
      },
    },
  },
});

function read(
  findings: readonly LocatedFinding[],
): readonly { readonly fingerprint: string; readonly severity: string }[] {
  const report: unknown = JSON.parse(gitlabCodeQuality({ files: [], findings }, digest));
  if (!validate(report)) {
    throw new Error(JSON.stringify(validate.errors));
  }
  return report;
}

describe('findings as GitLab Code Quality', () => {
  it('fit the documented form whatever they hold, each with a fingerprint of its own', () => {
    fc.assert(
      fc.property(hostileFindings, (findings) => {
        const entries = read(findings);
        expect(new Set(entries.map(({ fingerprint }) => fingerprint)).size).toBe(findings.length);
      }),
      { numRuns: 60 },
    );
  });

  it('keep their fingerprint when lines move, and rank errors above warnings', () => {
    const [before] = read([finding('pool-unknown', 7)]);
    const after = read([finding('pool-unknown', 70), finding('unknown-key', 1)]);
    expect(after.map(({ severity }) => severity)).toEqual(['critical', 'minor']);
    expect(after[1]?.fingerprint).toBe(before?.fingerprint);
  });
});
