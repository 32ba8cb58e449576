import { isJsonObject } from '../../../domain/json.ts';
import type { Json, JsonObject } from '../../../domain/json.ts';
import { decodeObject } from '../protobuf/object-envelope.ts';
import { BrokenMessage } from '../protobuf/wire-reader.ts';
import type { ServedKind } from '../kinds/served-kind.ts';
import { StatusError, badRequest } from '../answers/status-error.ts';
import { mediaTypeOf } from './body-types.ts';
import { BrokenJson, scanJson } from './json-scanner.ts';
import { BrokenYaml, parseYamlBody } from './yaml-body.ts';

interface BodyForm {
  readonly contentType: string;
  readonly kind: ServedKind;
  readonly method: string;
  /** Nobody asks for what strict decoding holds against the body. */
  readonly ignoresDoubts: boolean;
  /** The body is an object of the kind, whole. */
  readonly isObject: boolean;
}

/** What was sent, and what strict decoding holds against its text: as the client is warned of it, and as it is refused. */
export interface ParsedBody {
  readonly value: Json | undefined;
  readonly doubts: readonly string[];
  readonly refusal: string;
}

const text: JsonObject = { type: 'string' };
/** A JSON patch (RFC 6902). */
const operations: JsonObject = {
  type: 'array',
  items: { type: 'object', properties: { op: text, path: text, from: text, value: {} } },
};
const noBody: ParsedBody = { value: undefined, doubts: [], refusal: '' };

/** An object or patch as it was sent. An empty body is undefined. Broken ones are answered in the server's words. */
export async function parseBody(bytes: Buffer, form: BodyForm): Promise<ParsedBody> {
  const type = mediaTypeOf(form);
  switch (type.endsWith('+json') ? 'application/json' : type) {
    case 'application/vnd.kubernetes.protobuf':
      return bytes.length === 0 ? noBody : { ...noBody, value: parseProtobuf(bytes, form.kind) };
    case 'application/json':
      return bytes.length === 0 && !type.endsWith('+json') ? noBody : parseJson(bytes.toString('utf8'), form, type);
    default:
      return parseYaml(bytes.toString('utf8'), form, type);
  }
}

function parseProtobuf(bytes: Buffer, kind: ServedKind): Json {
  try {
    const object = decodeObject(bytes);
    if (object === undefined) {
      throw new StatusError(415, 'UnsupportedMediaType', `no protobuf of kind ${kind.kind} is read here`);
    }
    return object;
  } catch (error) {
    throw error instanceof BrokenMessage ? unrecognized(kind, error.message, bytes.toString('latin1')) : error;
  }
}

function parseJson(text: string, form: BodyForm, type: string): ParsedBody {
  const { kind, isObject, ignoresDoubts } = form;
  try {
    const isPatch = type === 'application/json-patch+json';
    const schema = isPatch ? operations : kind.schema;
    const doubts = scanJson(text, isPatch || (isObject && !kind.custom) ? schema : undefined);
    const told = ignoresDoubts ? [] : doubts.map((doubt) => (isPatch ? `json patch ${doubt}` : doubt));
    return { value: JSON.parse(text) as Json, doubts: told, refusal: told.join(', ') };
  } catch (error) {
    throw error instanceof BrokenJson ? brokenJson(error.message, text, form, type) : error;
  }
}

function brokenJson(why: string, text: string, form: BodyForm, type: string): StatusError {
  if (type === 'application/strategic-merge-patch+json') {
    return badRequest(why);
  }
  if (type !== 'application/json') {
    return badRequest(`error decoding patch: ${why}`);
  }
  const message = `couldn't get version/kind; json parse error: ${why}`;
  return form.method === 'DELETE' ? badRequest(message) : unrecognized(form.kind, message, text);
}

async function parseYaml(text: string, form: BodyForm, type: string): Promise<ParsedBody> {
  const json = jsonIn(text, form.ignoresDoubts);
  if (json !== undefined) {
    return { ...noBody, value: json };
  }
  try {
    const { value: read, doubts } = await parseYamlBody(text);
    // A document that says nothing is an object without fields.
    const value = read === null && form.isObject ? {} : read;
    const lines = doubts.map((doubt) => `\n  ${doubt}`).join('');
    const told = form.ignoresDoubts ? [] : doubts;
    return { value, doubts: told, refusal: told.length === 0 ? '' : `yaml: unmarshal errors:${lines}` };
  } catch (error) {
    if (!(error instanceof BrokenYaml)) {
      throw error;
    }
    throw type === 'application/yaml'
      ? unrecognized(form.kind, error.message, text)
      : badRequest(`error decoding YAML: error converting YAML to JSON: ${error.message}`);
  }
}

/** Most clients send JSON as YAML, which it is; reading it as such takes a tenth of the time. */
function jsonIn(text: string, ignoresDoubts: boolean): Json | undefined {
  try {
    const isJson = text.startsWith('{') && (ignoresDoubts || scanJson(text).length === 0);
    return isJson ? (JSON.parse(text) as Json) : undefined;
  } catch {
    return undefined;
  }
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
