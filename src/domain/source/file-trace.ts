/**
 * What is kept of a configuration file to tell later whether another one is its beginning: a short digest a line, which
 * gives no line back. It knows nothing of the values of passwords.
 */
export interface FileTrace {
  /** Two hex digits a line, in the order of the file. A last line without an end counts too. */
  readonly lines: string;
  /** The last line has an end. */
  readonly isEnded: boolean;
  /** Stands for the whole file. */
  readonly digest: string;
}

/** The file that was deployed last, and those before it. */
export interface DeployedFile {
  readonly last: FileTrace;
  /** Digests of files whose deployment ended healthy, oldest first. */
  readonly healthy: readonly string[];
}

const digitsPerLine = 2;
/** So many fit into the inventory beside its entries; of a longer file nothing is kept. */
const mostLines = 40_000;
const healthyKept = 20;

/** Values of such keys leave no trace: even eight bits help whoever guesses. */
const secretValue = /^(.*(?:pass|secret|token|credential|key)[^:]*:).*$/iu;

const basis = 0x811c9dc5;

/** FNV-1a over UTF-16 code units, in 32 bits. */
function fnv(text: string, start = basis): number {
  let hash = start;
  for (let at = 0; at < text.length; at += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  }
  return hash >>> 0;
}

function lineDigest(line: string): string {
  const hash = fnv(line.trimEnd().replace(secretValue, '$1'));
  const folded = (hash ^ (hash >>> 8) ^ (hash >>> 16) ^ (hash >>> 24)) & 0xff;
  return folded.toString(16).padStart(digitsPerLine, '0');
}

function traceFrom(lines: string, isEnded: boolean): FileTrace {
  return { lines, isEnded, digest: fnv(`${lines} ${isEnded}`).toString(16).padStart(8, '0') };
}

/** The trace of a file; undefined for a very long one. Ends of lines and blanks before them make no difference. */
export function traceOf(text: string): FileTrace | undefined {
  const parts = text.split('\n');
  if (parts.length > mostLines) {
    return undefined;
  }
  const isEnded = parts.at(-1) === '';
  return traceFrom((isEnded ? parts.slice(0, -1) : parts).map((line) => lineDigest(line)).join(''), isEnded);
}

/** A file whose deployment begins. */
export function begunFile(before: DeployedFile | undefined, file: FileTrace | undefined): DeployedFile | undefined {
  return file === undefined ? before : { last: file, healthy: before?.healthy ?? [] };
}

/** A file whose deployment has ended healthy: going back to it later is no loss of its end. */
export function healthyFile(before: DeployedFile | undefined, file: FileTrace | undefined): DeployedFile | undefined {
  if (file === undefined) {
    return before;
  }
  const others = before?.healthy.filter((digest) => digest !== file.digest) ?? [];
  return { last: file, healthy: [...others, file.digest].slice(-healthyKept) };
}

function countOf({ lines }: FileTrace): number {
  return lines.length / digitsPerLine;
}

/** Its lines but for a last one without an end, of which a part may be missing. */
function wholeLines({ lines, isEnded }: FileTrace): string {
  return isEnded ? lines : lines.slice(0, -digitsPerLine);
}

/**
 * Why a file looks as if it had lost its end since it was deployed last, as the rest of a sentence: it is the beginning of
 * the other, or its last line has no end and the other's has one. undefined: it doesn't. A cut rarely leaves anything else;
 * an edit does so only where it takes away the very last lines and nothing else. A file that was deployed before is whole.
 */
export function lostEnd(now: FileTrace, { last: before, healthy }: DeployedFile): string | undefined {
  if (healthy.includes(now.digest)) {
    return undefined;
  }
  const missing = countOf(before) - countOf(now);
  const hasLast =
    !before.isEnded && !now.isEnded && now.lines.slice(-digitsPerLine) === before.lines.slice(-digitsPerLine);
  if (hasLast) {
    return undefined;
  }
  if (before.lines.startsWith(wholeLines(now)) && (missing > 0 || (missing === 0 && before.isEnded && !now.isEnded))) {
    const amount = missing <= 1 ? 'one line' : `${missing} lines`;
    return `is the beginning of the one that was deployed last and ends ${amount} earlier`;
  }
  return before.isEnded && !now.isEnded
    ? 'does not end with a line break, and the one that was deployed last does'
    : undefined;
}

/** Two lines of text for the inventory. */
export function encodeFile({ last, healthy }: DeployedFile): string {
  return `${last.isEnded ? 'ended' : 'open'} ${last.lines}\n${healthy.join(' ')}`;
}

/** What `encodeFile` wrote; undefined for anything else: nothing is known of the file then. */
export function decodeFile(text: string | undefined): DeployedFile | undefined {
  const [, end, lines, healthy] = /^(ended|open) ((?:[0-9a-f]{2})*)\n([0-9a-f ]*)$/u.exec(text ?? '') ?? [];
  return end === undefined || lines === undefined || healthy === undefined
    ? undefined
    : { last: traceFrom(lines, end === 'ended'), healthy: healthy === '' ? [] : healthy.split(' ') };
}
