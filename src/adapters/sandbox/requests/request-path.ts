import { notAllowed } from '../answers/status-error.ts';

/** What a path of the API names. `name` undefined: the collection; `namespace` undefined: no namespace in the path. */
export interface ResourcePath {
  readonly group: string;
  readonly version: string;
  readonly namespace: string | undefined;
  readonly resource: string;
  readonly name: string | undefined;
  readonly subresource: string;
  /** What follows the subresource `proxy`, from its slash on; '' for nothing. */
  readonly below: string;
}

const proxied = /^(\/api\/v1\/(?:namespaces\/[^/]+\/)?[^/]+\/[^/]+\/proxy)(\/.*)$/u;

/** Reads `/api/v1/…` and `/apis/GROUP/VERSION/…`; undefined where the path names no resource. */
export function parseResourcePath(path: string): ResourcePath | undefined {
  const [, head = path.replace(/\/$/u, ''), below = ''] = proxied.exec(path) ?? [];
  const steps = head
    .split('/')
    .slice(1)
    .map((step) => decode(step));
  if (steps.some((step) => step === undefined || step === '')) {
    return undefined;
  }
  const known = steps.filter((step) => step !== undefined);
  if (known[0] === 'api') {
    return resourceAt('', known[1] ?? '', known.slice(2), below);
  }
  return known[0] === 'apis' ? resourceAt(known[1] ?? '', known[2] ?? '', known.slice(3), below) : undefined;
}

function resourceAt(group: string, version: string, steps: readonly string[], below: string): ResourcePath | undefined {
  const isNamespaced =
    steps[0] === 'namespaces' && steps.length > 2 && !['status', 'finalize'].includes(steps[2] ?? '');
  const [resource, name, subresource = ''] = isNamespaced ? steps.slice(2) : steps;
  if (resource === undefined || steps.length > (isNamespaced ? 5 : 3)) {
    return undefined;
  }
  return { group, version, namespace: isNamespaced ? steps[1] : undefined, resource, name, subresource, below };
}

function decode(step: string): string | undefined {
  try {
    return decodeURIComponent(step);
  } catch {
    return undefined;
  }
}

/** The URL of a request; the old paths of watches, `/api/v1/watch/…`, are read as lists that are watched. */
export function readUrl(text: string, method: string): URL {
  const url = new URL(text.replace(/^\/{2,}/u, '/'), 'https://sandbox.invalid');
  const old = /^(\/api\/[^/]+|\/apis\/[^/]+\/[^/]+)\/watch(\/.+)$/u.exec(url.pathname);
  if (old === null) {
    return url;
  }
  if (method !== 'GET') {
    throw notAllowed();
  }
  url.pathname = `${old[1] ?? ''}${old[2] ?? ''}`;
  url.searchParams.set('watch', 'true');
  const name = parseResourcePath(url.pathname)?.name;
  if (name !== undefined) {
    url.pathname = url.pathname.replace(/\/[^/]+\/?$/u, '');
    url.searchParams.set('fieldSelector', `metadata.name=${name}`);
  }
  return url;
}
