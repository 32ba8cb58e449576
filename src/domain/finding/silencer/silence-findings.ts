import { type FindingCode, findingCodes } from '../finding-codes.ts';
import { hasErrors, type LocatedFinding } from '../finding.ts';
import { maskSecrets } from '../mask-secrets.ts';
import { nearestName } from '../nearest-name.ts';
import { type YamlComment, yamlComments } from './yaml-comments.ts';

/** Errors that MetalLB would not make: who knows better may say so. What MetalLB refuses no comment makes right. */
const silenceableErrors: ReadonlySet<string> = new Set<FindingCode>([
  'pool-holds-gateway',
  'pool-in-pod-network',
  'pool-in-service-network',
  'environment-name',
  'environments-share-addresses',
]);

/** Told by comparing environments, after each was judged by itself. */
const toldByComparing = /^environments-/u;

/** `# metalwave: allow CODE reason`. */
interface Silencer {
  readonly code: string;
  readonly reason: string;
  readonly comment: YamlComment;
  /** Lines that it is for, from 1, both included. */
  readonly first: number;
  readonly last: number;
}

/** What is left to tell, and how much a comment silenced. */
export interface SilencedFindings {
  readonly findings: readonly LocatedFinding[];
  readonly silenced: number;
}

interface FileText {
  readonly path: string;
  readonly text: string;
}

/** More in one file are passed over, so that no file costs more than its length. */
const mostSilencers = 500;

const form = /^#\s*metalwave:\s*allow(?:\s+(?<code>\S+)(?:\s+(?<reason>\S.*))?)?\s*$/u;

function isContent(text: string): boolean {
  return /^\s*[^\s#]/u.test(text);
}

/** The line below that holds something; where that begins an item of a list, the item with all that belongs to it. */
function linesBelow(lines: readonly string[], line: number): { readonly first: number; readonly last: number } {
  const start = lines.findIndex((text, index) => index >= line && isContent(text));
  const item = /^( *)- /u.exec(lines[start] ?? '')?.[1];
  if (start === -1 || item === undefined) {
    return { first: start + 1, last: start + 1 };
  }
  const end = lines.findIndex((text, index) => index > start && isContent(text) && text.search(/\S/u) <= item.length);
  return { first: start + 1, last: end === -1 ? lines.length : end };
}

function silencersOf(text: string): readonly Silencer[] {
  if (!/#\s*metalwave:/u.test(text)) {
    return [];
  }
  const lines = text.split(/\r\n|\n|\r/u);
  const written = yamlComments(text).filter((comment) => form.test(comment.text));
  return written.slice(0, mostSilencers).flatMap((comment) => {
    const match = form.exec(comment.text);
    const { code = '', reason = '' } = match?.groups ?? {};
    const scope = comment.alone ? linesBelow(lines, comment.line) : { first: comment.line, last: comment.line };
    return match === null ? [] : [{ code, reason, comment, ...scope }];
  });
}

function isSilenceable(code: string): boolean {
  return Object.entries(findingCodes).some(
    ([known, { severity }]) =>
      known === code && !code.startsWith('silencer-') && (severity !== 'error' || silenceableErrors.has(code)),
  );
}

type Words = Pick<LocatedFinding, 'code' | 'message' | 'remedy'>;

/** What is wrong with a silencer itself; such a one silences nothing. */
function problemOf({ code, reason }: Silencer): Words | undefined {
  if (!Object.hasOwn(findingCodes, code)) {
    const nearest = nearestName(code, Object.keys(findingCodes));
    return {
      code: 'silencer-code',
      message: code === '' ? 'The comment names no code.' : `There is no finding ${JSON.stringify(code)} to allow.`,
      remedy: nearest === undefined ? 'Write # metalwave: allow, a code and the reason.' : `Did you mean ${nearest}?`,
    };
  }
  if (!isSilenceable(code)) {
    return {
      code: 'silencer-refused',
      message: `${code} cannot be allowed: what it tells of does not work, whoever allows it.`,
      remedy: `Repair it, and remove the comment; metalwave explain ${code} says how.`,
    };
  }
  return reason === ''
    ? {
        code: 'silencer-reason',
        message: `Nothing says why ${code} is allowed.`,
        remedy: 'Write the reason behind it.',
      }
    : undefined;
}

function findingAt(file: FileText, { comment }: Silencer, words: Words): LocatedFinding {
  const { line, column, text } = comment;
  const whole = maskSecrets(file.text).split(/\r\n|\n|\r/u)[line - 1] ?? '';
  const place = { file: file.path, line, column, endColumn: column + text.trimEnd().length, text: whole };
  return { ...words, severity: findingCodes[words.code].severity, place };
}

function unused(silencer: Silencer): Words {
  return {
    code: 'silencer-unused',
    message: `${silencer.code} is allowed here, and nothing finds it.`,
    remedy: 'Remove the comment, or put it on or above the line that it is for.',
  };
}

function silences(silencer: Silencer, { code, place }: LocatedFinding): boolean {
  return silencer.code === code && place.line >= silencer.first && place.line <= silencer.last;
}

/**
 * Takes away what comments of the file allow, with a reason, at the line of the comment or below it, and tells of comments
 * that are wrong. One that allows nothing is told of only where no error may have kept its finding from being made.
 */
export function silenceFindings(file: FileText, findings: readonly LocatedFinding[]): SilencedFindings {
  const all = silencersOf(file.text);
  const judged = all.map((silencer) => ({ silencer, problem: problemOf(silencer) }));
  const sound = judged.filter(({ problem }) => problem === undefined).map(({ silencer }) => silencer);
  const left = findings.filter((finding) => !sound.some((silencer) => silences(silencer, finding)));
  const idle = sound.filter(
    (silencer) => !toldByComparing.test(silencer.code) && !findings.some((finding) => silences(silencer, finding)),
  );
  const wrong = judged.flatMap(({ silencer, problem }) =>
    problem === undefined ? [] : [findingAt(file, silencer, problem)],
  );
  const useless = hasErrors(left) ? [] : idle.map((silencer) => findingAt(file, silencer, unused(silencer)));
  return { findings: [...left, ...wrong, ...useless], silenced: findings.length - left.length };
}

/** The same for what comparing several files found in this one; the comments themselves were judged before. */
export function silenceCompared(file: FileText, findings: readonly LocatedFinding[]): SilencedFindings {
  const sound = silencersOf(file.text).filter((silencer) => problemOf(silencer) === undefined);
  const left = findings.filter((finding) => !sound.some((silencer) => silences(silencer, finding)));
  return { findings: left, silenced: findings.length - left.length };
}
