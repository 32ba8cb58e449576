import { textOf } from './function.ts';
import type { CelFunction } from './function.ts';
import { CelError, CelObject, EntryMap, noOverload } from './value.ts';
import type { CelValue } from './value.ts';

/** An absolute URL, or an absolute path. */
class CelUrl extends CelObject {
  readonly typeName = 'kubernetes.URL';
  readonly text: string;
  readonly scheme: string;
  readonly host: string;
  readonly path: string;
  readonly query: string;

  constructor(text: string, [scheme = '', host = '', path = '', query = '']: readonly string[]) {
    super();
    this.text = text;
    this.scheme = scheme.toLowerCase();
    this.host = host;
    this.path = path;
    this.query = query;
  }

  equals(other: CelObject): boolean {
    return other instanceof CelUrl && other.text === this.text;
  }

  get hostname(): string {
    return this.host.replace(/:\d*$/u, '').replaceAll(/^\[|\]$/gu, '');
  }

  get port(): string {
    return /:(\d+)$/u.exec(this.host)?.[1] ?? '';
  }
}

function readUrl(text: string): CelUrl | undefined {
  const form =
    /^(?:([a-zA-Z][a-zA-Z\d+.-]*):(?:\/\/(?:[^/?#@]*@)?((?:\[[\da-fA-F:.%]+\]|[^/?#:\s<>"]*)(?::\d*)?))?)?(\/[^?#\s]*|)(?:\?([^#]*))?$/u;
  const found = form.exec(text);
  const isAbsolute = found !== null && (found[1] !== undefined || text.startsWith('/'));
  return isAbsolute && !/%(?![\da-fA-F]{2})/u.test(found[3] ?? '') ? new CelUrl(text, found.slice(1)) : undefined;
}

function queryOf({ query }: CelUrl): CelValue {
  const values = new Map<string, string[]>();
  for (const pair of query.split('&').filter((one) => one !== '')) {
    const [key = '', ...rest] = pair.split('=').map((part) => decode(part.replaceAll('+', ' ')));
    values.set(key, [...(values.get(key) ?? []), rest.join('=')]);
  }
  return new EntryMap([...values]);
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function part(name: string, read: (url: CelUrl) => CelValue): readonly [string, CelFunction] {
  return [
    `.${name}`,
    ([target]) => {
      if (!(target instanceof CelUrl)) {
        throw noOverload();
      }
      return read(target);
    },
  ];
}

export function isUrl(text: string): boolean {
  return readUrl(text) !== undefined;
}

export const urlFunctions: readonly (readonly [string, CelFunction])[] = [
  [
    'url',
    ([value]) => {
      const text = textOf(value);
      const url = readUrl(text);
      if (url === undefined) {
        throw new CelError(
          `URL parse error during conversion from string: parse ${JSON.stringify(text)}: invalid URI for request`,
        );
      }
      return url;
    },
  ],
  ['isURL', ([text]) => isUrl(textOf(text))],
  part('getScheme', ({ scheme }) => scheme),
  part('getHost', ({ host }) => host),
  part('getHostname', ({ hostname }) => hostname),
  part('getPort', ({ port }) => port),
  part('getEscapedPath', ({ path }) => path),
  part('getQuery', queryOf),
];
