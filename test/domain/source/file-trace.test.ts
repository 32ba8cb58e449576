import { array, assert, constantFrom, nat, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  begunFile,
  decodeFile,
  encodeFile,
  healthyFile,
  lostEnd,
  traceOf,
  type DeployedFile,
  type FileTrace,
} from '../../../src/domain/source/file-trace.ts';

function trace(text: string): FileTrace {
  const found = traceOf(text);
  if (found === undefined) {
    throw new Error('the file is too long');
  }
  return found;
}

function deployed(text: string): DeployedFile {
  return { last: trace(text), healthy: [trace(text).digest] };
}

const line = string({ unit: constantFrom('a', 'b', '-', ' ', ':', '1', '.'), minLength: 1, maxLength: 12 });
const file = array(line, { minLength: 2, maxLength: 40 }).map((lines) => `${lines.join('\n')}\n`);

describe('a file that lost its end', () => {
  it('is told at whatever character it was cut off', () => {
    assert(
      property(file, nat(), (text, at) => {
        const cut = text.slice(0, at % (text.length - 1));
        expect(lostEnd(trace(cut), deployed(text))).toContain('is the beginning of the one that was deployed last');
      }),
    );
  });

  it('is told where it was also edited, if its last line has no end', () => {
    expect(lostEnd(trace('a: 2\nb:\n  - 1\n  - 2'), deployed('a: 1\nb:\n  - 1\n  - 23\n  - 4\n'))).toBe(
      'does not end with a line break, and the one that was deployed last does',
    );
  });

  it.each([
    ['an edit', 'a: 1\nb: 3\nc: 3\n'],
    ['a line taken out before the end', 'a: 1\nc: 3\n'],
    ['lines added at the end', 'a: 1\nb: 2\nc: 3\nd: 4\n'],
    ['the last line commented out', 'a: 1\nb: 2\n#c: 3\n'],
    ['other ends of lines', 'a: 1\r\nb: 2\r\nc: 3\r\n'],
    ['the same', 'a: 1\nb: 2\nc: 3\n'],
  ])('is not seen in %s', (_what, text) => {
    expect(lostEnd(trace(text), deployed('a: 1\nb: 2\nc: 3\n'))).toBeUndefined();
  });

  it('is not seen where a file without a last line break is edited', () => {
    expect(lostEnd(trace('a: 1\nc: 3'), deployed('a: 1\nb: 2\nc: 3'))).toBeUndefined();
  });

  it('is not seen where an addition is taken back that was healthy without it', () => {
    const first = trace('a: 1\n');
    const grown = healthyFile(healthyFile(undefined, first), trace('a: 1\nb: 2\n'));
    expect(grown && lostEnd(first, grown)).toBeUndefined();
    const begun = begunFile(begunFile(undefined, first), trace('a: 1\nb: 2\n'));
    expect(begun && lostEnd(first, begun)).toBeDefined();
  });
});

describe('what is kept of a file', () => {
  it('comes back from the inventory as it was, and anything else says nothing', () => {
    for (const text of ['', 'a', 'a\n', 'a\nb']) {
      expect(decodeFile(encodeFile(deployed(text)))).toEqual(deployed(text));
    }
    expect(['', 'ended zz\n', 'ended 00', undefined].map((text) => decodeFile(text))).toEqual(
      Array.from({ length: 4 }, () => undefined),
    );
  });

  it('tells nothing of passwords, and is bounded', () => {
    expect(trace('    password: one\n')).toEqual(trace('    password: another\n'));
    expect(trace('- {name: a, "bgpPassword": one}\n')).toEqual(trace('- {name: a, "bgpPassword": two}\n'));
    expect(traceOf('a\n'.repeat(50_000))).toBeUndefined();
    let kept: DeployedFile | undefined;
    for (let at = 0; at < 50; at += 1) {
      kept = healthyFile(kept, trace(`a: ${at}\n`));
    }
    expect(kept?.healthy).toHaveLength(20);
  });
});
