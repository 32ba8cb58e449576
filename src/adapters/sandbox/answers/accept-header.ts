import { StatusError } from './status-error.ts';

/** The form of an answer that a client understands best. */
export interface Accepted {
  readonly format: 'json' | 'yaml';
  /** The kind into which the answer is translated, as `Table`, and its version. */
  readonly as?: string;
  readonly version?: string;
}

/** What can be answered: one object or document, a list or watch, either of a custom kind, or a page about the server. */
export type Answerable = 'object' | 'list' | 'custom' | 'page';

/** A kind into which answers are translated, its group and its versions. */
export interface TranslatedKind {
  readonly group: string;
  readonly versions: readonly string[];
}

const mediaTypes = 'application/json, application/yaml, application/vnd.kubernetes.protobuf';
const streamed = ', application/json;stream=watch, application/vnd.kubernetes.protobuf;stream=watch';
const representations: { readonly [what in Exclude<Answerable, 'custom'>]: string } = {
  object: mediaTypes,
  list: `${mediaTypes}${streamed}`,
  page: 'application/json',
};

const formats: { readonly [type: string]: Accepted['format'] } = {
  'application/json': 'json',
  'application/*': 'json',
  '*/*': 'json',
  'application/yaml': 'yaml',
};

interface Clause {
  readonly type: string;
  readonly parameters: ReadonlyMap<string, string>;
}

/**
 * The first form of the header that can be given, by preference. `kinds` can be asked for by `as`. Answers 406 where there is
 * none.
 */
export function readAccept(
  header: string | undefined,
  kinds: ReadonlyMap<string, TranslatedKind>,
  what: Answerable,
): Accepted {
  const known = clausesOf(header ?? '').filter(({ type }) => isKnown(type, what));
  if (known.length === 0 && what !== 'custom') {
    const message = `406: Not Acceptable\n\nAvailable representations: ${representations[what]}`;
    throw new StatusError(406, 'NotAcceptable', message, {});
  }
  if (what === 'page') {
    return { format: 'json' };
  }
  for (const { type, parameters } of known) {
    const format = formats[type] ?? 'json';
    const as = parameters.get('as');
    if (as === undefined) {
      return { format };
    }
    const version = parameters.get('v') ?? '';
    const kind = kinds.get(as);
    if (kind?.group === parameters.get('g') && kind?.versions.includes(version) === true) {
      return { format, as, version };
    }
  }
  throw new StatusError(406, 'NotAcceptable', `only the following media types are accepted: ${mediaTypes}`);
}

/** The form of a failure, whatever else the client asked for. */
export function failureFormat(header: string | undefined): Accepted['format'] {
  const [first] = clausesOf(header ?? '').flatMap(({ type }) => formats[type] ?? []);
  return first ?? 'json';
}

function isKnown(type: string, what: Answerable): boolean {
  if (what === 'custom') {
    return formats[type] !== undefined;
  }
  // The router of built-in kinds knows one wildcard alone.
  return what === 'page'
    ? type === 'application/json' || type === '*/*'
    : type !== 'application/*' && formats[type] !== undefined;
}

/** In the order of preference, and what is said more exactly first. */
function clausesOf(header: string): readonly Clause[] {
  const clauses = header.split(',').map((text) => {
    const [type = '', ...parameters] = text.split(';').map((part) => part.trim());
    return { type: type === '' ? '*/*' : type, parameters: new Map(parameters.map((part) => pairOf(part))) };
  });
  return clauses.toSorted((left, right) => rankOf(right) - rankOf(left));
}

function rankOf({ type, parameters }: Clause): number {
  const quality = Number(parameters.get('q') ?? 1);
  const isVague = type.includes('*') ? 0.0001 : 0;
  return (Number.isFinite(quality) ? quality : 1) - (type === '*/*' ? 2 * isVague : isVague);
}

function pairOf(parameter: string): readonly [string, string] {
  const [name = '', value = ''] = parameter.split('=', 2);
  return [name, value];
}
