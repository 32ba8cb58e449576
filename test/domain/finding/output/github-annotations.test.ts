import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { githubAnnotations } from '../../../../src/domain/finding/output/github-annotations.ts';
import type { LocatedFinding } from '../../../../src/domain/finding/finding.ts';
import { visibleText } from '../../../../src/domain/finding/terminal-text.ts';
import { asUtf8, finding, hostileFindings } from './hostile-findings.ts';

interface Command {
  readonly name: string;
  readonly properties: ReadonlyMap<string, string>;
  readonly text: string;
}

const unescaped: ReadonlyMap<string, string> = new Map([
  ['%25', '%'],
  ['%0D', '\r'],
  ['%0A', '\n'],
  ['%3A', ':'],
  ['%2C', ','],
]);

function unescape(text: string): string {
  return text.replaceAll(/%(?:25|0D|0A|3A|2C)/gu, (code) => unescaped.get(code) ?? '');
}

/** Reads workflow commands as the runner does: up to the first `::` properties, behind it the text. */
function read(output: string): readonly Command[] {
  return output
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const match = /^::(error|warning|notice)(?: ((?:(?!::).)*))?::(.*)$/u.exec(line);
      if (match === null) {
        throw new Error(`no workflow command: ${JSON.stringify(line)}`);
      }
      const properties = (match[2] ?? '').split(',').map((pair): [string, string] => {
        const at = pair.indexOf('=');
        return [pair.slice(0, at), unescape(pair.slice(at + 1))];
      });
      return { name: match[1] ?? '', properties: new Map(properties), text: unescape(match[3] ?? '') };
    });
}

const write = (findings: readonly LocatedFinding[]): string => githubAnnotations({ files: [], findings });

describe('findings as GitHub annotations', () => {
  it('are one command each whatever they hold, and read back with their file, line and text', () => {
    fc.assert(
      fc.property(hostileFindings, (findings) => {
        const commands = read(write(findings));
        expect(commands).toHaveLength(findings.length);
        for (const { place, message, remedy } of findings) {
          const found = commands.find(
            ({ properties, text }) =>
              properties.get('file') === asUtf8(place.file) &&
              properties.get('line') === String(place.line) &&
              text === visibleText(`${message} ${remedy}`),
          );
          expect(found).toBeDefined();
        }
      }),
      { numRuns: 60 },
    );
  });

  it('are no more than GitHub shows, the most severe first, with the number of the rest', () => {
    const many = [
      ...Array.from({ length: 14 }, (_, index) => finding('pool-unknown', index + 1)),
      ...Array.from({ length: 12 }, (_, index) => finding('unknown-key', index + 1)),
    ];
    const commands = read(write(many));
    expect(commands.map(({ name }) => name)).toEqual([
      ...Array.from({ length: 10 }, () => 'error'),
      ...Array.from({ length: 10 }, () => 'warning'),
      'notice',
    ]);
    expect(commands.at(-1)?.text).toContain('6 more are not shown here (12 errors, 14 warnings in all)');
  });

  it('are nothing where there are none', () => {
    expect(write([])).toBe('');
  });
});
