import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Json } from '../../domain/json.ts';
import type { KubeObject } from '../../domain/manifest/kube-object.ts';
import type { Clock } from '../../ports/clock.ts';
import { apiGroup, coreVersions, groupList, resourceList, serverVersion } from './discovery.ts';
import { openApiDocument } from './openapi.ts';
import { listBody, listPage } from './object-list.ts';
import { printTable } from './printed-table.ts';
import { parseBody, readBody } from './request-body.ts';
import { parseResourcePath } from './request-path.ts';
import type { ResourcePath } from './request-path.ts';
import { createObject, deleteObject, getObject, patchObject, updateObject } from './resource-requests.ts';
import type { Answer, ApiParts, ResourceRequest } from './resource-requests.ts';
import { StatusError } from './status-error.ts';
import { presentPlain, streamWatch } from './watch-stream.ts';

export interface HandlerParts extends ApiParts {
  readonly clock: Clock;
  readonly token: string;
  /** Ends every watch. */
  readonly stopped: AbortSignal;
}

/** A watch whose receiver lets this much pile up is ended: it starts again from where it was. */
const watchBufferLimit = 8 * 1024 * 1024;

/** Answers one request of the Kubernetes API. Never throws: what goes wrong is an answer. */
export async function handleRequest(
  parts: HandlerParts,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    const url = new URL(request.url ?? '/', 'https://sandbox.invalid');
    if (['/readyz', '/livez', '/healthz'].includes(url.pathname)) {
      response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8' }).end('ok');
      return;
    }
    checkToken(parts, request);
    const document = discover(parts, url.pathname);
    if (document !== undefined) {
      send(response, 200, document);
      return;
    }
    await handleResource(parts, request, response, url);
  } catch (error) {
    fail(response, error);
  }
}

function checkToken({ token }: HandlerParts, request: IncomingMessage): void {
  const wanted = Buffer.from(`Bearer ${token}`);
  const given = Buffer.from(request.headers.authorization ?? '');
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) {
    throw new StatusError(401, 'Unauthorized', 'Unauthorized');
  }
}

function discover({ registry }: HandlerParts, path: string): Json | undefined {
  if (path.startsWith('/openapi/v3')) {
    return openApiDocument(path, registry.all());
  }
  const [, root, group = '', version] = path.split('/');
  switch (path.split('/').length) {
    case 2:
      return rootDocument(root ?? '', () => groupList(registry.all()));
    case 3:
      return root === 'api' ? resourceList('', group, registry.all()) : apiGroup(group, registry.all());
    case 4:
      return root === 'apis' ? resourceList(group, version ?? '', registry.all()) : undefined;
    default:
      return undefined;
  }
}

function rootDocument(root: string, groups: () => Json): Json | undefined {
  if (root === 'version') {
    return serverVersion;
  }
  if (root === 'api') {
    return coreVersions();
  }
  return root === 'apis' ? groups() : undefined;
}

async function handleResource(
  parts: HandlerParts,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> {
  const path = parseResourcePath(url.pathname);
  const kind = path === undefined ? undefined : parts.registry.byResource(path.group, path.version, path.resource);
  if (path === undefined || kind === undefined || !isServed(path, kind)) {
    response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' }).end('404 page not found\n');
    return;
  }
  const read = await readRequest(request, { path, kind, query: url.searchParams });
  const wantsTable = (request.headers.accept ?? '').includes('as=Table');
  const isWatch = ['true', '1'].includes(url.searchParams.get('watch') ?? '');
  if (request.method === 'GET' && isWatch) {
    await watch(parts, read, response, wantsTable);
    return;
  }
  const answer = respond(parts, read, request.method ?? '');
  const objects = wantsTable && request.method === 'GET' ? answer.objects : undefined;
  send(
    response,
    answer.code,
    objects === undefined ? answer.body : tableOf(read, answer.body, objects, parts.clock.now()),
  );
}

async function readRequest(
  request: IncomingMessage,
  target: Pick<ResourceRequest, 'path' | 'kind' | 'query'>,
): Promise<ResourceRequest> {
  const contentType = request.headers['content-type'] ?? 'application/json';
  const body = await parseBody(await readBody(request), contentType);
  return { ...target, body, contentType, userAgent: request.headers['user-agent'] ?? '' };
}

function tableOf({ path, kind }: ResourceRequest, body: Json, objects: readonly KubeObject[], now: number): Json {
  const { metadata } = body as { readonly metadata: { readonly resourceVersion?: string } };
  const page = path.name === undefined ? metadata : { resourceVersion: metadata.resourceVersion ?? '' };
  return printTable(kind, objects, page, now);
}

function isServed({ subresource, name }: ResourcePath, kind: { readonly hasStatus: boolean }): boolean {
  return subresource === '' || (subresource === 'status' && kind.hasStatus && name !== undefined);
}

function respond(parts: HandlerParts, request: ResourceRequest, method: string): Answer {
  const isCollection = request.path.name === undefined;
  switch (isCollection ? `${method} collection` : method) {
    case 'GET':
      return getObject(parts, request);
    case 'PUT':
      return updateObject(parts, request);
    case 'PATCH':
      return patchObject(parts, request);
    case 'DELETE':
      return deleteObject(parts, request);
    case 'GET collection': {
      const page = listPage(parts.store, {
        kind: request.kind,
        namespace: request.path.namespace,
        query: request.query,
      });
      return { code: 200, body: listBody(request.kind, page), objects: page.items };
    }
    case 'POST collection':
      return createObject(parts, request);
    default:
      throw new StatusError(
        405,
        'MethodNotAllowed',
        'the server does not allow this method on the requested resource',
        {},
      );
  }
}

async function watch(
  parts: HandlerParts,
  { kind, path, query }: ResourceRequest,
  response: ServerResponse,
  wantsTable: boolean,
): Promise<void> {
  const closed = new AbortController();
  response.on('close', () => closed.abort());
  const selected = new URLSearchParams(query);
  if (path.name !== undefined) {
    selected.set('fieldSelector', `metadata.name=${path.name}`);
  }
  const present = wantsTable
    ? (object: KubeObject): Json =>
        printTable(kind, [object], { resourceVersion: object.metadata.resourceVersion ?? '' }, parts.clock.now())
    : presentPlain;
  const sink = {
    open(): void {
      response.writeHead(200, { 'content-type': 'application/json' }).flushHeaders();
    },
    write(event: Json): boolean {
      response.write(`${JSON.stringify(event)}\n`);
      return response.writableLength < watchBufferLimit;
    },
    end(): void {
      response.end();
    },
  };
  const signal = AbortSignal.any([closed.signal, parts.stopped]);
  await streamWatch(parts, { kind, namespace: path.namespace, query: selected }, sink, signal, present);
}

function send(response: ServerResponse, code: number, body: Json): void {
  const text = JSON.stringify(body);
  response.writeHead(code, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }).end(text);
}

function fail(response: ServerResponse, error: unknown): void {
  const known = error instanceof StatusError ? error : undefined;
  const status = known ?? new StatusError(500, 'InternalError', `Internal error occurred: ${String(error)}`, {});
  if (response.headersSent) {
    response.end(`${JSON.stringify({ type: 'ERROR', object: status.body() })}\n`);
    return;
  }
  send(response, status.code, status.body());
}
