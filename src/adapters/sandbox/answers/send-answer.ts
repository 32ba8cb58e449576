import type { ServerResponse } from 'node:http';
import type { Json } from '../../../domain/json.ts';
import { readPlainScalar } from '../../../domain/yaml-scalar/plain-scalar.ts';
import { StatusError } from './status-error.ts';

/** Sends one whole body as JSON, or as YAML where that is the type. */
export async function sendBody(
  response: ServerResponse,
  code: number,
  body: Json,
  type = 'application/json',
): Promise<void> {
  const text = type === 'application/yaml' ? await yamlOf(body) : JSON.stringify(body);
  // Bytes, so that headers are not written as UTF-8 with them: warnings hold theirs already.
  const bytes = Buffer.from(text);
  response.writeHead(code, { 'content-type': type, 'content-length': bytes.length }).end(bytes);
}

async function yamlOf(body: Json): Promise<string> {
  const { dump, DEFAULT_SCHEMA, Type } = await import('js-yaml');
  // Readers of YAML 1.1 take more for numbers and flags than those of YAML 1.2: such texts are quoted.
  const doubtful = new Type('tag:metalwave.io,2026:doubtful', {
    kind: 'scalar',
    resolve: (data: unknown) => typeof data === 'string' && readPlainScalar(data).kind !== 'text',
    predicate: () => false,
  });
  const schema = DEFAULT_SCHEMA.extend({ implicit: [doubtful] });
  return dump(body, { schema, noRefs: true, noArrayIndent: true, quotingType: '"', sortKeys: true });
}

/** Sends plain text, as the server does where no resource is asked for. */
export function sendText(response: ServerResponse, code: number, text: string): void {
  response.writeHead(code, { 'content-type': 'text/plain; charset=utf-8' }).end(text);
}

/** Sends what went wrong as a Status; in a stream that has begun, as its last event. */
export async function sendFailure(
  response: ServerResponse,
  error: unknown,
  format: 'json' | 'yaml' = 'json',
): Promise<void> {
  const known = error instanceof StatusError ? error : undefined;
  const status = known ?? new StatusError(500, 'InternalError', `Internal error occurred: ${String(error)}`, {});
  if (response.headersSent) {
    response.end(`${JSON.stringify({ type: 'ERROR', object: status.body() })}\n`);
    return;
  }
  const { retryAfterSeconds } = status.details ?? {};
  if (retryAfterSeconds !== undefined) {
    response.setHeader('retry-after', String(retryAfterSeconds));
  }
  await sendBody(response, status.code, status.body(), `application/${format}`);
}
