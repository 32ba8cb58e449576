/** A comment of a YAML text. */
export interface YamlComment {
  /** From 1. */
  readonly line: number;
  /** From 1, of the `#`. */
  readonly column: number;
  /** From the `#` to the end of the line. */
  readonly text: string;
  /** Nothing stands before it in its line. */
  readonly alone: boolean;
}

type Quote = '"' | "'" | undefined;

/** Where a comment begins in a line, and which quote is still open at its end (YAML 1.2, sections 6.6 and 7.3). */
function scanLine(line: string, open: Quote): { readonly comment: number | undefined; readonly open: Quote } {
  let quote = open;
  for (let at = 0; at < line.length; at += 1) {
    const character = line[at];
    if (quote !== undefined) {
      if ((character === '\\' && quote === '"') || (character === "'" && quote === "'" && line[at + 1] === "'")) {
        at += 1;
      } else if (character === quote) {
        quote = undefined;
      }
    } else if (character === '#' && /^$|[ \t]/u.test(line.charAt(at - 1))) {
      return { comment: at, open: undefined };
    } else if ((character === '"' || character === "'") && /(?:^|[[{,\s])$/u.test(line.slice(0, at))) {
      quote = character;
    }
  }
  return { comment: undefined, open: quote };
}

/** The column that the text of a block scalar must be indented beyond; undefined where the line begins none. */
function blockScalarParent(content: string): number | undefined {
  if (!/(?:^|[\s:-])[|>][-+0-9]{0,2}\s*$/u.test(content)) {
    return undefined;
  }
  const lead = /^ *(?:- +)*/u.exec(content)?.[0].length ?? 0;
  return /^[|>]/u.test(content.slice(lead)) ? content.lastIndexOf('-', lead) : lead;
}

/** Every comment of a text: what stands in quotes or in a block scalar is none. */
export function yamlComments(text: string): readonly YamlComment[] {
  const comments: YamlComment[] = [];
  let open: Quote;
  let parent: number | undefined;
  for (const [index, line] of text.split(/\r\n|\n|\r/u).entries()) {
    const indent = line.search(/[^ ]/u);
    if (parent !== undefined && (indent === -1 || indent > parent)) {
      continue;
    }
    parent = undefined;
    const scanned = scanLine(line, open);
    const content = line.slice(0, scanned.comment);
    if (open === undefined && scanned.open === undefined) {
      parent = blockScalarParent(content.trimEnd());
    }
    if (scanned.comment !== undefined) {
      const column = scanned.comment + 1;
      comments.push({ line: index + 1, column, text: line.slice(scanned.comment), alone: content.trim() === '' });
    }
    open = scanned.open;
  }
  return comments;
}
