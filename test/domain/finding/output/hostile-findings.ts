import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { findingCodes, type FindingCode } from '../../../../src/domain/finding/finding-codes.ts';
import type { LocatedFinding, Severity } from '../../../../src/domain/finding/finding.ts';
import { anyCharacter } from '../../any-text.ts';

export const digest = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

export function finding(code: FindingCode, line: number, more: Partial<LocatedFinding> = {}): LocatedFinding {
  const place = { file: 'environments/dev/config-dev.yaml', line, column: 3, endColumn: 7, text: '  name: x' };
  return { code, severity: findingCodes[code].severity, message: 'The cause.', remedy: 'The way out.', place, ...more };
}

const codes = Object.keys(findingCodes) as readonly FindingCode[];
const hostile = fc.oneof(
  fc.string({ unit: anyCharacter, maxLength: 20 }),
  fc.constantFrom(
    ']]>&<x a="b" c=\'d\'/>',
    '::error::x\r\n%25,:=',
    '\u0000\u001B[31m\uD800\uFFFF\uFFFE',
    '../a b/é:c#?.yaml',
  ),
);

/** Findings whose texts and paths are anything at all. */
export const hostileFindings: fc.Arbitrary<readonly LocatedFinding[]> = fc.array(
  fc
    .record({
      code: fc.constantFrom(...codes),
      severity: fc.constantFrom<Severity>('error', 'warning', 'info'),
      message: hostile,
      remedy: hostile,
      file: hostile,
      line: fc.integer({ min: 1, max: 9999 }),
      column: fc.integer({ min: 1, max: 300 }),
      width: fc.integer({ min: 0, max: 30 }),
    })
    .map(({ code, severity, message, remedy, file, line, column, width }) => ({
      code,
      severity,
      message,
      remedy,
      place: { file, line, column, endColumn: column + width, text: '' },
    })),
  { maxLength: 8 },
);

/** The text as UTF-8 can hold it: without lone surrogates. */
export const asUtf8 = (text: string): string => Buffer.from(text, 'utf8').toString('utf8');
