import { Ajv } from 'ajv';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { LocatedFinding } from '../../../src/domain/finding/finding.ts';
import { findingsDocument } from '../../../src/domain/finding/findings-json.ts';
import { printFindings } from '../../../src/domain/finding/print-findings.ts';

function finding(text: string, column: number, endColumn: number): LocatedFinding {
  return {
    code: 'yaml-syntax',
    severity: 'error',
    message: 'The cause.',
    remedy: 'The way out.',
    place: { file: 'environments/dev/config-dev.yaml', line: 7, column, endColumn, text },
  };
}

const plain = (...findings: readonly LocatedFinding[]): string => printFindings(findings, { colour: false });

describe('findings as text', () => {
  it('show place, code, cause, the marked line and the way out, and count at the end', () => {
    expect(plain(finding('  name: a b', 9, 12))).toBe(
      [
        'environments/dev/config-dev.yaml:7:9 error yaml-syntax: The cause.',
        '  7 |   name: a b',
        '    |         ^^^',
        '  help: The way out.',
        '',
        '1 error',
        '',
      ].join('\n'),
    );
  });

  it('are no text when there are none', () => {
    expect(plain()).toBe('');
  });

  it('mark the right columns behind tabs and wide characters', () => {
    const lines = plain(finding('\t地址: x', 6, 7)).split('\n');
    expect(lines[1]).toBe('  7 |     地址: x');
    expect(lines[2]).toBe(`    | ${' '.repeat(4 + 4 + 2)}^`);
  });

  it('mark one column where the place has no width, and the end of the line where it lies beyond', () => {
    expect(plain(finding('abc', 4, 4))).toContain('    |    ^\n');
    expect(plain(finding('abc', 99, 120))).toContain('    |    ^\n');
  });

  it('leave the line away where there is none', () => {
    expect(plain(finding('', 1, 1))).not.toContain('|');
  });

  it('show only the surroundings of the place in a long line', () => {
    const [, line = '', marks = ''] = plain(
      finding(`${'a'.repeat(50_000)}HERE${'b'.repeat(50_000)}`, 50_001, 50_005),
    ).split('\n');
    expect(line.length).toBeLessThan(200);
    expect(line.slice(marks.indexOf('^'), marks.indexOf('^') + 4)).toBe('HERE');
  });

  it('let nothing through that steers a terminal', () => {
    const hostile = { ...finding('a: \u001B[2J\u202Eevil\u0007', 4, 5), message: 'x\u001B]0;title\u0007\ny' };
    const printed = plain(hostile);
    for (const steering of ['\u001B', '\u0007', '\u202E']) {
      expect(printed).not.toContain(steering);
    }
    expect(printed).toContain('<U+001B>[2J<U+202E>evil<U+0007>');
  });

  it('are coloured only when asked for', () => {
    expect(printFindings([finding('a', 1, 2)], { colour: true })).toContain('\u001B[');
    expect(plain(finding('a', 1, 2))).not.toContain('\u001B[');
  });

  it('stop after 1,000 and say how many more there are', () => {
    const printed = plain(...Array.from({ length: 1500 }, () => finding('a', 1, 2)));
    expect(printed.match(/help:/g)).toHaveLength(1000);
    expect(printed).toContain('1500 errors (500 more are not shown)');
  });
});

describe('findings as JSON', () => {
  const schema = JSON.parse(readFileSync('schemas/findings.schema.json', 'utf8')) as object;
  const validate = new Ajv({ strict: true }).compile(schema);

  it('follow the published schema', () => {
    const document = findingsDocument([finding('abc', 1, 2), { ...finding('abc', 2, 3), severity: 'warning' }]);
    expect(validate(document)).toBe(true);
    expect(document.counts).toEqual({ error: 1, warning: 1, info: 0 });
  });

  it('count what they leave out', () => {
    const document = findingsDocument(Array.from({ length: 1500 }, () => finding('a', 1, 2)));
    expect(validate(document)).toBe(true);
    expect(document.findings).toHaveLength(1000);
    expect([document.omitted, document.counts.error]).toEqual([500, 1500]);
  });
});
