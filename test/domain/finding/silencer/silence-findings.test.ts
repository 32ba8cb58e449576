import { describe, expect, it } from 'vitest';
import { findingCodes, type FindingCode } from '../../../../src/domain/finding/finding-codes.ts';
import type { LocatedFinding } from '../../../../src/domain/finding/finding.ts';
import { silenceFindings } from '../../../../src/domain/finding/silencer/silence-findings.ts';
import { yamlComments } from '../../../../src/domain/finding/silencer/yaml-comments.ts';

function found(code: FindingCode, line: number): LocatedFinding {
  const place = { file: 'a.yaml', line, column: 1, endColumn: 2, text: '' };
  return { code, severity: findingCodes[code].severity, message: '', remedy: '', place };
}

/** Codes and lines of what is left, and how many were silenced. */
function silence(text: string, ...findings: readonly LocatedFinding[]): readonly [readonly string[], number] {
  const { findings: left, silenced } = silenceFindings({ path: 'a.yaml', text }, findings);
  return [left.map(({ code, place }) => `${code} ${String(place.line)}`), silenced];
}

const list = [
  'pools:',
  '  # metalwave: allow pool-in-dhcp-scope the scope is not in use',
  '  # A note of another kind.',
  '',
  '  - name: a',
  '    addresses:',
  '      - 10.0.0.0/24',
  '  - name: b',
  '    addresses: [10.0.1.0/24] # metalwave: allow pool-in-reserved it is ours',
].join('\n');

describe('a comment that allows a finding', () => {
  it('silences it in its own line, or in the whole item below it, and nowhere else', () => {
    const findings = [found('pool-in-dhcp-scope', 7), found('pool-in-dhcp-scope', 9), found('pool-in-reserved', 9)];
    expect(silence(list, ...findings)).toEqual([['pool-in-dhcp-scope 9'], 2]);
  });

  it('silences only the line below it where that is no item', () => {
    const text = '# metalwave: allow pool-unknown made elsewhere\na:\n  b: 1\n';
    expect(silence(text, found('pool-unknown', 2), found('pool-unknown', 3))).toEqual([['pool-unknown 3'], 1]);
  });

  it('is a finding where it silences nothing, unless an error may be why', () => {
    const text = 'a: 1 # metalwave: allow pool-unknown made elsewhere\n';
    expect(silence(text)).toEqual([['silencer-unused 1'], 0]);
    expect(silence(text, found('unknown-key', 1))).toEqual([['unknown-key 1'], 0]);
  });

  it.each([
    ['a: 1 # metalwave: allow pool-unknown', 'silencer-reason'],
    ['a: 1 # metalwave: allow pool-unknwon made elsewhere', 'silencer-code'],
    ['a: 1 # metalwave: allow', 'silencer-code'],
    ['a: 1 # metalwave: allow toString a reason', 'silencer-code'],
    ['a: 1 # metalwave: allow pool-overlap it is fine', 'silencer-refused'],
    ['a: 1 # metalwave: allow silencer-unused a reason', 'silencer-refused'],
  ])('silences nothing and is a finding where it is wrong: %s', (text, code) => {
    expect(silence(text, found('pool-unknown', 1), found('pool-overlap', 1))).toEqual([
      ['pool-unknown 1', 'pool-overlap 1', `${code} 1`],
      0,
    ]);
  });

  it('may allow an error that MetalLB would not make', () => {
    const text = 'a: 1 # metalwave: allow pool-holds-gateway the gateway moves tomorrow\n';
    expect(silence(text, found('pool-holds-gateway', 1))).toEqual([[], 1]);
  });
});

describe('the comments of a text', () => {
  it.each([
    ['a: 1 # yes', [1]],
    ['a: b#no', []],
    ['a: "b # no" # yes', [1]],
    ["a: 'it''s # no'", []],
    ["a: it's # yes", [1]],
    ['a: "b \\" # no\n  # no"\n# yes', [3]],
    ['a: |\n  # no\n\n  # no\nb: 1 # yes', [5]],
    ['- a: >-\n    # no\n  b: 1 # yes', [3]],
    ['- |\n  # no\n- 1 # yes', [3]],
    ['a: | # yes\n  # no', [1]],
    ['a: x|\n  # yes', [2]],
  ])('are those that YAML takes for one: %j', (text, lines) => {
    expect(yamlComments(text).map(({ line }) => line)).toEqual(lines);
  });
});
