import { isJsonObject } from '../../../domain/json.ts';
import type { Json } from '../../../domain/json.ts';
import { badRequest } from '../answers/status-error.ts';

/** Where a list goes on. `revision` undefined: whatever is there now. `after` is a key that is not given again. */
export interface ContinueToken {
  readonly revision: number | undefined;
  readonly after: string;
}

const version = 'meta.k8s.io/v1';
/** Keys from here on: the first that follows the key of the last object given. */
const next = '\u0000';
const noRevision = -1;

export function writeToken({ revision, after }: ContinueToken): string {
  const token = { v: version, rv: revision ?? noRevision, start: `/${after}${next}` };
  return Buffer.from(JSON.stringify(token)).toString('base64url');
}

export function readToken(text: string): ContinueToken {
  const token = parse(text);
  const { v, rv, start } = isJsonObject(token) ? token : {};
  if (v !== version) {
    throw refused(`: server does not recognize this encoded version ${typeof v === 'string' ? v : ''}`);
  }
  if (typeof rv !== 'number' || rv === 0) {
    throw refused(': incorrect encoded start resourceVersion (version meta.k8s.io/v1)');
  }
  if (typeof start !== 'string' || start === '') {
    throw refused(': encoded start key empty (version meta.k8s.io/v1)');
  }
  const key = start.startsWith('/') ? start.slice(1) : start;
  if (key.split('/').some((step) => ['', '.', '..'].includes(step) && key !== next)) {
    throw refused(`: ${start}`);
  }
  return { revision: rv === noRevision ? undefined : rv, after: key.endsWith(next) ? key.slice(0, -1) : key };
}

function parse(text: string): Json {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString()) as Json;
  } catch {
    throw refused(': the token cannot be read');
  }
}

function refused(why: string): Error {
  return badRequest(`invalid continue token: continue key is not valid${why}`);
}
