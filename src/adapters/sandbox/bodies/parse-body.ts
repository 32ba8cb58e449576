import { isJsonObject } from '../../../domain/json.ts';
import type { Json } from '../../../domain/json.ts';
import { decodeObject } from '../protobuf/object-envelope.ts';
import { BrokenMessage } from '../protobuf/wire-reader.ts';
import type { ServedKind } from '../kinds/served-kind.ts';
import { StatusError, badRequest } from '../answers/status-error.ts';
import { BrokenJson, scanJson } from './json-scanner.ts';

const mediaTypes = 'application/json, application/yaml, application/vnd.kubernetes.protobuf';
const protobuf = 'application/vnd.kubernetes.protobuf';

interface BodyForm {
  readonly contentType: string;
  readonly kind: ServedKind;
  readonly isPatch: boolean;
  /** A field that is there twice is refused. */
  readonly strict: boolean;
}

/** An object or patch as it was sent. An empty body is undefined. Broken ones are answered in the server's words. */
export async function parseBody(bytes: Buffer, form: BodyForm): Promise<Json | undefined> {
  if (bytes.length === 0) {
    return undefined;
  }
  const type = form.contentType.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (type === protobuf && !form.kind.custom) {
    return parseProtobuf(bytes, form.kind);
  }
  if (/^application\/(?:[\w-]+\+)?json$/u.test(type)) {
    return parseJson(bytes.toString('utf8'), form, type);
  }
  if (/^application\/(?:[\w-]+\+)?yaml$/u.test(type)) {
    return parseYaml(bytes.toString('utf8'), form, type);
  }
  throw unsupported(form.isPatch);
}

function unsupported(isPatch: boolean): StatusError {
  if (isPatch) {
    return new StatusError(415, 'UnsupportedMediaType', '415: Unsupported Media Type', {});
  }
  const message = `the body of the request was in an unknown format - accepted media types include: ${mediaTypes}`;
  return new StatusError(415, 'UnsupportedMediaType', message);
}

function parseProtobuf(bytes: Buffer, kind: ServedKind): Json {
  try {
    const object = decodeObject(bytes);
    if (object === undefined) {
      throw unsupported(false);
    }
    return object;
  } catch (error) {
    throw error instanceof BrokenMessage ? unrecognized(kind, error.message, bytes.toString('latin1')) : error;
  }
}

function parseJson(text: string, form: BodyForm, type: string): Json {
  const duplicates = scanned(text, form.kind, type);
  if (form.strict && duplicates.length > 0) {
    throw notStrict(form.kind, duplicates.map((path) => `duplicate field ${JSON.stringify(path)}`).join(', '));
  }
  return JSON.parse(text) as Json;
}

function scanned(text: string, kind: ServedKind, type: string): readonly string[] {
  try {
    return scanJson(text);
  } catch (error) {
    if (!(error instanceof BrokenJson)) {
      throw error;
    }
    if (type === 'application/strategic-merge-patch+json') {
      throw badRequest(error.message);
    }
    throw type === 'application/json'
      ? unrecognized(kind, `couldn't get version/kind; json parse error: ${error.message}`, text)
      : badRequest(`error decoding patch: ${error.message}`);
  }
}

async function parseYaml(text: string, { kind, strict }: BodyForm, type: string): Promise<Json> {
  const json = strict ? undefined : jsonIn(text);
  if (json !== undefined) {
    return json;
  }
  const { load, YAMLException, JSON_SCHEMA } = await import('js-yaml');
  try {
    return (load(text, { schema: JSON_SCHEMA, json: !strict }) ?? null) as Json;
  } catch (error) {
    if (!(error instanceof YAMLException)) {
      throw error;
    }
    const line = error.mark.line + 1;
    if (strict && error.reason === 'duplicated mapping key') {
      throw notStrict(kind, `yaml: unmarshal errors:\n  line ${line}: a key is already set in map`);
    }
    const why = `yaml: line ${line}: ${error.reason}`;
    throw type === 'application/yaml'
      ? unrecognized(kind, why, text)
      : badRequest(`error decoding YAML: error converting YAML to JSON: ${why}`);
  }
}

/** Most clients send JSON as YAML, which it is; reading it as such takes a tenth of the time. */
function jsonIn(text: string): Json | undefined {
  try {
    return text.startsWith('{') ? (JSON.parse(text) as Json) : undefined;
  } catch {
    return undefined;
  }
}

function notStrict({ kind, version }: ServedKind, why: string): StatusError {
  return badRequest(`${kind} in version "${version}" cannot be handled as a ${kind}: strict decoding error: ${why}`);
}

const shownCharacters = 30;

/** The beginning of the body goes with the answer: as text where it looks like an object, else as hexadecimal digits. */
export function unrecognized({ kind }: ServedKind, why: string, text: string): StatusError {
  const bytes = Buffer.from(text, 'utf8');
  const isLong = text.length > shownCharacters;
  const shown = text.startsWith('{')
    ? text.slice(0, shownCharacters)
    : bytes.subarray(0, shownCharacters).toString('hex');
  const data = text === '' ? '<empty>' : `${shown}${isLong ? ' ...' : ''}`;
  return badRequest(`the object provided is unrecognized (must be of type ${kind}): ${why} (${data})`);
}

/** JSON that is no mapping is no object of the API. */
export function checkIsObject(body: Json | undefined, kind: ServedKind): void {
  if (body === undefined) {
    throw unrecognized(kind, "couldn't get version/kind; json parse error: unexpected end of JSON input", '');
  }
  if (!isJsonObject(body)) {
    const form = Array.isArray(body) ? 'array' : typeof body;
    const wanted =
      'struct { APIVersion string "json:\\"apiVersion,omitempty\\""; Kind string "json:\\"kind,omitempty\\"" }';
    const why = `json: cannot unmarshal ${form} into Go value of type ${wanted}`;
    throw unrecognized(kind, `couldn't get version/kind; json parse error: ${why}`, JSON.stringify(body));
  }
}
