import type { IncomingMessage } from 'node:http';
import { isJsonObject } from '../../domain/json.ts';
import type { Json } from '../../domain/json.ts';
import type { KubeObject } from '../../domain/manifest/kube-object.ts';
import { StatusError, badRequest } from './status-error.ts';

/** The API server's limit for one request. */
const bodyLimit = 3 * 1024 * 1024;

/** Reads a body whole; what is over the limit is refused and not read further. */
export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk as Uint8Array);
    size += bytes.length;
    if (size > bodyLimit) {
      throw new StatusError(413, 'RequestEntityTooLarge', `Request entity too large: limit is ${bodyLimit}`);
    }
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** JSON, or YAML where the content type says so. An empty body is undefined. */
export async function parseBody(text: string, contentType: string): Promise<Json | undefined> {
  if (text.trim() === '') {
    return undefined;
  }
  if (!/json|yaml/u.test(contentType)) {
    const accepted = 'application/json, application/yaml';
    const message = `the body of the request was in an unknown format - accepted media types include: ${accepted}`;
    throw new StatusError(415, 'UnsupportedMediaType', message);
  }
  try {
    return JSON.parse(text) as Json;
  } catch (cause) {
    if (!contentType.includes('yaml')) {
      throw badRequest(
        `the object provided is unrecognized: ${cause instanceof Error ? cause.message : 'broken JSON'}`,
      );
    }
  }
  const { load, JSON_SCHEMA } = await import('js-yaml');
  try {
    return load(text, { schema: JSON_SCHEMA }) as Json;
  } catch {
    throw badRequest('error decoding YAML');
  }
}

/** A body that must be an object of the API; metadata may be absent and a name is filled in from the path. */
export function asObject(body: Json | undefined, name: string | undefined): KubeObject {
  const apiVersion = isJsonObject(body) ? body['apiVersion'] : undefined;
  const kind = isJsonObject(body) ? body['kind'] : undefined;
  if (!isJsonObject(body) || typeof apiVersion !== 'string' || typeof kind !== 'string') {
    throw badRequest("Object 'Kind' is missing in the body of the request");
  }
  const metadata = isJsonObject(body['metadata']) ? body['metadata'] : {};
  const named = typeof metadata['name'] === 'string' ? metadata['name'] : (name ?? '');
  return { ...body, apiVersion, kind, metadata: { ...metadata, name: named } };
}
