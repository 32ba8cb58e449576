/**
 * Names behind which a secret stands, misspelt ones too, up to where its value begins: behind a colon or an equals sign, or
 * behind a blank, as in FRR's `neighbor ADDRESS password TEXT`. A name that goes on (`passwordSecret`) is another.
 */
const secretName =
  /(?:pass?wo?r?d|passowrd|passwort|passphrase|pwd|secret[-_]?key)(?![\w-])["'\\]*(?<mark>\s*[:=]\s*|\s+(?=[^\s#,}\]]))/iu;
/** A key on a line of its own (`? password`), its value behind the colon of the next. */
const explicitKey = /^[\s-]*\?\s[^:]*(?:pass?wo?r?d|passowrd|passwort|passphrase|pwd|secret[-_]?key)["']?\s*$/iu;
/** The same where only a key with its value is looked for. */
const aliasedSecret = /(?:pass?wo?r?d|passphrase|pwd|secret[-_]?key)["']?\s*:\s*\*(?<name>[^\s,}\]]{1,100})/giu;
/** The payload of a Secret. */
const payload = /(?<![\w.-])(?:data|stringData)["'\\]*(?<mark>\s*:\s*)/u;
const secretKind = /\bkind["'\\]*\s*:\s*["'\\]*Secret(?![\w-])/u;
const mayHoldSecret = /pass|pwd|secret/iu;

/** A value that may go on in the lines below; one in a comment or behind a blank does not. */
interface OpenValue {
  /** Of the key: what is indented deeper belongs to its value. */
  readonly column: number;
  /** Nothing stood behind the key, so that its value is all below it, be it a list. */
  readonly empty: boolean;
  /** The mark that has yet to be closed. */
  readonly quote: string | undefined;
}

interface Document {
  readonly isSecret: boolean;
  readonly anchors: readonly string[];
}

const indentOf = (line: string): number => line.search(/\S|$/u);

function unclosedQuote(value: string): string | undefined {
  const quote = /^["']/u.exec(value)?.[0];
  return quote === undefined || value.indexOf(quote, 1) !== -1 ? undefined : quote;
}

/** The offset of the value, and the column of the key, of the first secret in a line. */
function findSecret(line: string, document: Document): { readonly key: number; readonly value: number } | undefined {
  const patterns = document.isSecret ? [secretName, explicitKey, payload] : [secretName, explicitKey];
  const starts = patterns.flatMap((pattern) => {
    const found = pattern.exec(line);
    return found === null ? [] : [{ found: found.index, value: found.index + found[0].length }];
  });
  const anchored = document.anchors.flatMap((name) => {
    const at = line.indexOf(`&${name}`);
    return at === -1 ? [] : [{ found: at, value: at + name.length + 1 }];
  });
  const [first] = [...starts, ...anchored].toSorted((left, right) => left.value - right.value);
  const indent = /^[\s-]*/u.exec(line.slice(0, first?.found))?.[0].length ?? 0;
  return first === undefined ? undefined : { key: indent, value: first.value };
}

function goesOn(open: OpenValue, line: string): boolean {
  const indent = indentOf(line);
  return (
    open.quote !== undefined ||
    indent === line.length ||
    indent > open.column ||
    (open.empty && indent === open.column && /^[-:](?:\s|$)/u.test(line.slice(indent)))
  );
}

/** Stars for all from there on, as many as there were letters, so that columns stay. */
const hidden = (line: string, from: number): string => line.slice(0, from) + '*'.repeat(line.length - from);

function maskDocument(text: string): string {
  const anchors = [...text.matchAll(aliasedSecret)].flatMap((found) => found.groups?.['name'] ?? []);
  const document = { isSecret: secretKind.test(text), anchors: [...new Set(anchors)].slice(0, 20) };
  let open: OpenValue | undefined;
  return text.replaceAll(/[^\r\n]+/gu, (line) => {
    if (open !== undefined && goesOn(open, line)) {
      const closed = open.quote === undefined || line.includes(open.quote);
      open = closed ? { ...open, quote: undefined } : open;
      return hidden(line, indentOf(line));
    }
    const found = findSecret(line, document);
    if (found === undefined) {
      open = undefined;
      return line;
    }
    const value = line.slice(found.value);
    const ends = line.startsWith('#', indentOf(line)) || !/:\s*$|^[\s-]*\?/u.test(line.slice(0, found.value));
    open = ends ? undefined : { column: found.key, empty: value.trim() === '', quote: unclosedQuote(value) };
    return hidden(line, found.value);
  });
}

/**
 * A text fit to be shown: of lines that hold a password or the payload of a Secret all behind the key is starred, and so are
 * the lines that its value goes on in. Goes by the lines alone, because a file with a syntax error is shown, too, and hides
 * rather too much. Offsets, lines and columns stay.
 */
export function maskSecrets(text: string): string {
  if (!mayHoldSecret.test(text)) {
    return text;
  }
  return text
    .split(/(?<=^|\n|\r)(?=---)/u)
    .map((document) => (mayHoldSecret.test(document) ? maskDocument(document) : document))
    .join('');
}
