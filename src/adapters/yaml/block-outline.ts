/** A stretch of a large document that is YAML by itself, and the way from its root to the place that was asked for. */
export interface Narrowed {
  /** The stretch, its first line indented as it stands in the document. */
  readonly text: string;
  /** Where the stretch starts in the document; its offsets are from here. */
  readonly offset: number;
  readonly tokens: readonly string[];
}

/** What starts at one column and goes on to `end`; the first character is that of its first entry. */
interface Block {
  readonly start: number;
  readonly end: number;
  readonly column: number;
}

const heavyFrom = 45_000;

/** More values than a tree with positions may be made of: such a tree takes some hundred times the text's memory. */
export function isHeavy(text: string): boolean {
  if (text.length < heavyFrom) {
    return false;
  }
  const separators = /[\n,]/g;
  let count = 0;
  while (count <= heavyFrom && separators.test(text)) {
    count += 1;
  }
  return count > heavyFrom;
}

const entryKey = /^(?:"([^"\\\n]{0,300})"|'([^'\n]{0,300})'|([^\s"'#&*!?{}[\]|>,%@`][^:#\n]{0,300}?)) *:(?=\s|$)/;

/**
 * Finds parts of a large document in block style by the indentation of its lines, which costs nothing but reading them.
 * Where a part is written otherwise the way ends at what encloses it.
 */
export class BlockOutline {
  private readonly text: string;
  private readonly known = new Map<number, ReadonlyMap<string, Block>>();

  constructor(text: string) {
    this.text = text;
  }

  /** The first part on the way that is small enough, else the last; undefined where not even the first step is found. */
  narrow(tokens: readonly string[], smallEnough: number): Narrowed | undefined {
    let block = this.blockIn(0, this.text.length);
    let found: Narrowed | undefined;
    for (const [depth, token] of tokens.entries()) {
      const entry =
        block === undefined || (found?.text.length ?? Infinity) <= smallEnough
          ? undefined
          : this.entriesOf(block).get(token);
      if (entry === undefined) {
        break;
      }
      const first = this.text[entry.start] === '-' ? '0' : token;
      found = {
        text: ' '.repeat(entry.column) + this.text.slice(entry.start, entry.end),
        offset: entry.start - entry.column,
        tokens: [first, ...tokens.slice(depth + 1)],
      };
      block = this.below(entry);
    }
    return found;
  }

  /** The entries of a list by their number, those of a mapping by their key; the last of a key counts. */
  private entriesOf(block: Block): ReadonlyMap<string, Block> {
    const before = this.known.get(block.start);
    if (before !== undefined) {
      return before;
    }
    const isList = this.isItem(block.start);
    const starts = [block.start];
    for (const { start, column } of this.linesWithin(block)) {
      if (column === block.column && this.isItem(start) === isList) {
        starts.push(start);
      }
    }
    const entries = new Map<string, Block>();
    for (const [index, start] of starts.entries()) {
      const next = starts[index + 1];
      const end = next === undefined ? block.end : next - block.column;
      const key = isList ? String(index) : this.keyAt(start);
      if (key !== undefined) {
        entries.set(key, { start, end, column: block.column });
      }
    }
    this.known.set(block.start, entries);
    return entries;
  }

  /** What an entry holds, where that is a list or mapping in block style. */
  private below(entry: Block): Block | undefined {
    if (this.isItem(entry.start)) {
      const blanks = /^ *(?=[^\s#])/.exec(this.text.slice(entry.start + 1, Math.min(entry.end, entry.start + 100)));
      const width = 1 + (blanks?.[0].length ?? 0);
      return blanks === null
        ? this.blockIn(this.lineAfter(entry.start), entry.end)
        : { start: entry.start + width, end: entry.end, column: entry.column + width };
    }
    const lineEnd = this.lineAfter(entry.start);
    return /:\s*(?:#.*)?$/.test(this.text.slice(entry.start, lineEnd)) ? this.blockIn(lineEnd, entry.end) : undefined;
  }

  private keyAt(start: number): string | undefined {
    const match = entryKey.exec(this.text.slice(start, start + 400));
    return match?.[1] ?? match?.[2] ?? match?.[3];
  }

  private isItem(start: number): boolean {
    const next = this.text[start + 1];
    return this.text[start] === '-' && (next === undefined || next === ' ' || next === '\n' || next === '\r');
  }

  private lineAfter(offset: number): number {
    const end = this.text.indexOf('\n', offset);
    return end === -1 ? this.text.length : end + 1;
  }

  private blockIn(start: number, end: number): Block | undefined {
    const [first] = this.lines(start, end);
    return first === undefined ? undefined : { start: first.start, end, column: first.column };
  }

  private linesWithin(block: Block): Iterable<{ readonly start: number; readonly column: number }> {
    return this.lines(this.lineAfter(block.start), block.end);
  }

  /** The first character of each line that holds anything but a comment, with its column. */
  private *lines(from: number, end: number): Generator<{ readonly start: number; readonly column: number }> {
    for (let line = from; line < end; line = this.lineAfter(line)) {
      let start = line;
      while (this.text[start] === ' ') {
        start += 1;
      }
      const first = this.text[start];
      if (start < end && first !== '\n' && first !== '\r' && first !== '#') {
        yield { start, column: start - line };
      }
    }
  }
}
