import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { BlockOutline, isHeavy } from '../../../src/adapters/yaml/block-outline.ts';
import { locatePlace, pointerTokens } from '../../../src/adapters/yaml/locate-place.ts';
import { parseTree } from '../../../src/adapters/yaml/node-tree.ts';
import { openYamlDocuments } from '../../../src/adapters/yaml/yaml-documents.ts';
import { pointerOf } from '../../../src/domain/finding/place-finding.ts';

/** Every pointer of a value. */
function pointersOf(value: unknown, above = ''): readonly string[] {
  const below =
    typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([key, inner]) => pointersOf(inner, above + pointerOf([key])))
      : [];
  return [above, ...below];
}

/** Where the whole tree has it. */
function inTree(text: string, pointer: string): string {
  const tree = parseTree(text);
  const { start, end } = tree === undefined ? { start: 0, end: 0 } : locatePlace(tree, pointer, 'key');
  return `${start} ${text.slice(start, end)}`;
}

describe('the outline of a text in block style', () => {
  it('leads to the same places as the tree of the whole text', () => {
    const key = fc.constantFrom('name', 'a b', 'x/y', '~z', '"', "it's", '- a', '1', 'k: v', '#', 'addresses');
    const value = fc.letrec((tie) => ({
      node: fc.oneof(
        { maxDepth: 4 },
        fc.constantFrom('v', '10.0.0.1-10.0.0.9', 'two\nlines\n', '# no comment', '- no item', '', 'a: b', null, true),
        fc.array(tie('node'), { maxLength: 4 }),
        fc.dictionary(key, tie('node'), { maxKeys: 4 }),
      ),
    })).node;
    fc.assert(
      fc.property(value, fc.boolean(), (root, indentSeq) => {
        const text = `# first\n\n${stringify(root, { indentSeq, lineWidth: 0 })}`;
        const outline = new BlockOutline(text);
        for (const pointer of pointersOf(root).slice(1)) {
          const narrowed = outline.narrow(pointerTokens(pointer), 0);
          if (narrowed !== undefined) {
            const [start = '0', ...words] = inTree(narrowed.text, pointerOf(narrowed.tokens)).split(' ');
            expect(`${Number(start) + narrowed.offset} ${words.join(' ')}`.trim()).toBe(inTree(text, pointer).trim());
          }
        }
      }),
    );
  });

  it('finds places in a document too large for a tree, and the first line of what it cannot look into', () => {
    const pools = Array.from({ length: 16_000 }, (_, index) => `  - name: p${index}\n    addresses: [x]\n`).join('');
    const flow = `other: {${Array.from({ length: 60_000 }, (_, index) => `k${index}: 1`).join(', ')}}\n`;
    const text = `pools:\n${pools}${flow}`;
    expect(isHeavy(text)).toBe(true);
    const file = { path: 'f', id: '1', bytes: new TextEncoder().encode(text) };
    const documents = openYamlDocuments();
    const at = (pointer: string): readonly number[] => {
      const { line, column } = documents.locate(file, { file: 'f', pointer, part: 'value' });
      return [line, column];
    };
    expect(at('/pools/0/name')).toEqual([2, 11]);
    expect(at('/pools/12345/addresses/0')).toEqual([24_693, 17]);
    expect(at('/pools/15999/absent')).toEqual([32_000, 5]);
    expect(at('/other/k59999')).toEqual([32_002, 1]);
    expect(at('/absent')[0]).toBe(1);
    const lines = Array.from({ length: 4_000 }, (_, index) => at(`/pools/${index}/addresses/0`)[0]);
    expect(lines.at(-1)).toBe(8_001);
  });
});
