import { formatPrefix } from '../address/ip-range.ts';
import { parsePrefix } from '../address/parse-prefix.ts';
import type { FindingCode } from '../finding/finding-codes.ts';
import { hasErrors, type LocatedFinding } from '../finding/finding.ts';
import { parseAddressEntry } from '../pool/address-entry.ts';
import { readPlainScalar } from '../yaml-scalar/plain-scalar.ts';
import { scalarDoubt } from '../yaml-scalar/scalar-doubt.ts';
import { lineStarts, type TextEdit } from './text-edit.ts';

/** What is to stand in the place of the marked text; undefined where that cannot be said without knowing what was meant. */
type Repair = (marked: string, finding: LocatedFinding) => string | undefined;

const quote = /^(?<mark>["'])(?<inner>[^"'\\]*)\k<mark>$/su;

/** Repairs what stands in the quotes, where there are any, and leaves the quotes. */
function inQuotes(repair: Repair): Repair {
  return (marked, finding) => {
    const { mark = '', inner = marked } = quote.exec(marked)?.groups ?? {};
    const repaired = repair(inner, finding);
    return repaired === undefined ? undefined : `${mark}${repaired}${mark}`;
  };
}

/** MetalLB masks host bits away, so the block it takes already is what to write. */
function maskHostBits(marked: string): string | undefined {
  const entry = parseAddressEntry(marked);
  return entry.ok && entry.value.hostBitsOf !== undefined && entry.value.prefix !== undefined
    ? formatPrefix(entry.value.prefix)
    : undefined;
}

function addLength(marked: string): string | undefined {
  const block = parsePrefix(marked);
  const whole = block.ok || block.reason.kind !== 'no-length' ? undefined : block.reason.address.family;
  return whole === undefined ? undefined : readable(`${marked}/${whole === 'ipv4' ? '32' : '128'}`);
}

/** Only a text that is an entry of a pool then: a dash in the wrong place says nothing of what was meant. */
function readable(text: string): string | undefined {
  return parseAddressEntry(text).ok ? text : undefined;
}

/** The same but for letter case, a plural, or one letter that is missing, too many, another, or swapped with its neighbour. */
function isSlip(written: string, meant: string): boolean {
  const [from, to] = [written.toLowerCase(), meant.toLowerCase()];
  let start = 0;
  while (start < from.length && from[start] === to[start]) {
    start += 1;
  }
  const [rest, other] = [from.slice(start), to.slice(start)];
  const swapped = `${rest.charAt(1)}${rest.charAt(0)}${rest.slice(2)}`;
  return [
    [rest, other],
    [rest.slice(1), other],
    [rest, other.slice(1)],
    [rest.slice(1), other.slice(1)],
    [swapped, other],
    [`${rest}es`, other],
  ].some(([one, two]) => one === two);
}

/** Only a slip of the fingers: what is further off may have meant another key. */
function renameKey(marked: string, { remedy, message }: LocatedFinding): string | undefined {
  const meant = /^Did you mean ([\w-]+)\?$/u.exec(remedy)?.[1];
  const isKey = message.startsWith(`${JSON.stringify(marked)} is no key`);
  return meant !== undefined && isKey && isSlip(marked, meant) ? meant : undefined;
}

/** The spelling that every reader takes as Kubernetes takes this one. */
function spellAlike(marked: string): string | undefined {
  if (scalarDoubt(marked)?.code !== 'yaml-ambiguous-scalar') {
    return undefined;
  }
  const reading = readPlainScalar(marked);
  if (reading.kind === 'text') {
    return JSON.stringify(marked);
  }
  return reading.kind === 'null' ? undefined : String(reading.value);
}

/** What the remedy says to write, where it names an entry of a pool and nothing else. */
function entryAsTold(_: string, { remedy }: LocatedFinding): string | undefined {
  const told = /^Write (\S+)\.$/u.exec(remedy)?.[1];
  return told === undefined ? undefined : readable(told);
}

const hyphenForDash: Repair = (marked, finding) =>
  entryAsTold(marked, finding) ?? readable(marked.replaceAll(/[‐-―−]/gu, '-'));

/** A scalar as the kind of value that the remedy asks for, where it says the very same as that. */
function retype(marked: string, { remedy }: LocatedFinding): string | undefined {
  const inner = quote.exec(marked)?.groups?.['inner'] ?? marked;
  if (remedy === 'Put the value in quotes.') {
    return /^[\w.+-]+$/u.test(marked) ? JSON.stringify(marked) : undefined;
  }
  if (remedy.startsWith('Write it as a list of one')) {
    return `[${inner === marked && marked.includes(':') ? JSON.stringify(marked) : marked}]`;
  }
  const unit = /^Write (\d+s), with its unit\.$/u.exec(remedy)?.[1];
  if (unit !== undefined) {
    return unit;
  }
  const same = remedy.endsWith('without quotes.') && /^(?:true|false|0|[1-9]\d{0,9})$/u.test(inner);
  return same && inner !== marked ? inner : undefined;
}

/** A word that was meant to be the one that the remedy names, and differs by letter case or a slip. */
function wordAsMeant(marked: string, { remedy }: LocatedFinding): string | undefined {
  const meant = /^(?:Did you mean|Write) ([\w./-]+?)[.?]$/u.exec(remedy)?.[1];
  return meant !== undefined && isSlip(bareName(marked), bareName(meant)) ? meant : undefined;
}

/** Without the prefix of an annotation. */
function bareName(name: string): string {
  return name.slice(name.indexOf('/') + 1);
}

function servedVersion(_: string, { remedy }: LocatedFinding): string | undefined {
  return /^Write (metallb\.io\/v\w+)\.$/u.exec(remedy)?.[1];
}

const strangeBlanks = /^[\u00A0\u1680\u2000-\u200B\u202F\u205F\u3000\uFEFF]+$/u;

function ordinaryBlanks(marked: string): string | undefined {
  return strangeBlanks.test(marked) ? ' '.repeat(marked.length) : undefined;
}

function currentPrefix(marked: string): string | undefined {
  return marked.startsWith('metallb.universe.tf/') ? marked.replace('metallb.universe.tf/', 'metallb.io/') : undefined;
}

const repairs: { readonly [C in FindingCode]?: Repair } = {
  'wrong-type': retype,
  'not-allowed-value': inQuotes(wordAsMeant),
  'kind-unknown': inQuotes(wordAsMeant),
  'api-version-unknown': inQuotes(servedVersion),
  'unknown-key': inQuotes(renameKey),
  'address-host-bits': inQuotes(maskHostBits),
  'address-without-length': inQuotes(addLength),
  'address-blank': inQuotes((marked) => readable(marked.replaceAll(/\s/gu, ''))),
  'address-length': inQuotes(entryAsTold),
  'range-dash': inQuotes(hyphenForDash),
  'range-end-incomplete': inQuotes(entryAsTold),
  'range-of-blocks': inQuotes(entryAsTold),
  'yaml-blank': ordinaryBlanks,
  'yaml-ambiguous-scalar': spellAlike,
  'annotation-deprecated': inQuotes(currentPrefix),
  'annotation-unknown': inQuotes(wordAsMeant),
};

/** Where the repair is of one character, the run of its like behind it is repaired with it. */
function markedEnd(text: string, start: number, end: number): number {
  let last = end;
  while (last > start && strangeBlanks.test(text.slice(start, last + 1)) && last < text.length) {
    last += 1;
  }
  return last;
}

/**
 * The repair of a finding as an edit of its file's text, where it is mechanical: one that MetalLB reads as what is meant
 * beyond doubt, with all else left as it stands. `starts` are the offsets of the text's lines.
 */
export function repairFinding(finding: LocatedFinding, text: string, starts: readonly number[]): TextEdit | undefined {
  const { line, column, endColumn } = finding.place;
  const lineStart = starts[line - 1];
  const repair = repairs[finding.code];
  if (lineStart === undefined || repair === undefined) {
    return undefined;
  }
  const start = lineStart + column - 1;
  const end = markedEnd(text, start, lineStart + endColumn - 1);
  const marked = text.slice(start, end);
  const replacement = repair(marked, finding);
  return replacement === undefined || replacement === marked ? undefined : { start, end, replacement };
}

/**
 * The edits of a text for all its findings. An unquoted word is spelt in another way only once no error is left: until then
 * it is not known that a boolean or a number, and no text, belongs there.
 */
export function repairText(text: string, findings: readonly LocatedFinding[]): readonly TextEdit[] {
  const starts = lineStarts(text);
  const certain = hasErrors(findings) ? findings.filter(({ code }) => code !== 'yaml-ambiguous-scalar') : findings;
  return certain.flatMap((finding) => repairFinding(finding, text, starts) ?? []);
}
