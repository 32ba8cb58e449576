import { isJsonObject } from '../../../domain/json.ts';
import type { Json } from '../../../domain/json.ts';
import { BrokenJson, scanJson } from '../bodies/json-scanner.ts';
import { jsonForm } from '../requests/patch-types.ts';
import { badRequest } from '../answers/status-error.ts';

/** Where a list goes on. `revision` undefined: whatever is there now. `from` is the first key that may be given, what all have in common left out. */
export interface ContinueToken {
  readonly revision: number | undefined;
  readonly from: string;
}

const version = 'meta.k8s.io/v1';
const noRevision = -1;

export function writeToken({ revision, from }: ContinueToken): string {
  const token = { v: version, rv: revision ?? noRevision, start: from };
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
  if (key.split('/').some((step) => ['', '.', '..'].includes(step))) {
    throw refused(`: ${start}`);
  }
  return { revision: rv < 0 ? undefined : rv, from: key };
}

function parse(text: string): Json {
  const odd = text.search(/[^\w-]/u);
  if (odd >= 0) {
    throw refused(`: illegal base64 data at input byte ${odd}`);
  }
  const json = Buffer.from(text, 'base64url').toString();
  try {
    scanJson(json);
  } catch (error) {
    throw error instanceof BrokenJson ? refused(`: ${error.message}`) : error;
  }
  const token = JSON.parse(json) as Json;
  const mistake = conversionOf(token);
  if (mistake !== undefined) {
    throw refused(`: json: cannot unmarshal ${mistake}`);
  }
  return token;
}

function conversionOf(token: Json): string | undefined {
  if (token !== null && !isJsonObject(token)) {
    return `${jsonForm(token)} into Go value of type storage.continueToken`;
  }
  const fields = { v: 'string', rv: 'int64', start: 'string' };
  const found = Object.entries(fields).find(([name, type]) => {
    const value = token?.[name];
    return value !== undefined && value !== null && typeof value !== (type === 'string' ? 'string' : 'number');
  });
  return found === undefined
    ? undefined
    : `${jsonForm(token?.[found[0]] ?? null)} into Go struct field continueToken.${found[0]} of type ${found[1]}`;
}

function refused(why: string): Error {
  return badRequest(`invalid continue token: continue key is not valid${why}`);
}
