import type { IncomingMessage, ServerResponse } from 'node:http';
import type { UserInfo } from '../../../domain/rbac/user-info.ts';
import type { Clock } from '../../../ports/clock.ts';
import { readAccept } from '../answers/accept-header.ts';
import { actionOf } from '../access/request-action.ts';
import { answerReview } from '../access/reviews.ts';
import { answerReviewed } from '../admission/reviewed-request.ts';
import type { AdmissionParts } from '../admission/reviewed-request.ts';
import { sendWarnings } from '../admission/warnings.ts';
import { readListOptions } from '../listing/list-options.ts';
import { objectForms, presentedBody, watchForm } from '../answers/presented-answer.ts';
import { checkIsObject, parseBody } from '../bodies/parse-body.ts';
import { readBody } from '../bodies/read-body.ts';
import { parseResourcePath, readUrl } from './request-path.ts';
import type { ResourcePath } from './request-path.ts';
import type { Answer, ResourceRequest } from './resource-request.ts';
import { respondToMethod } from './resource-verbs.ts';
import { sendBody, sendFailure, sendText } from '../answers/send-answer.ts';
import type { ServedKind } from '../kinds/served-kind.ts';
import { answerFaulted, faultTarget } from '../faults/faulted-request.ts';
import { answerFaults, faultsPath } from '../faults/faults-endpoint.ts';
import type { EventVerdict, FaultPlan } from '../faults/fault-plan.ts';
import { servedDocument } from './served-documents.ts';
import { serveWatch } from './serve-watch.ts';
import { StatusError } from '../answers/status-error.ts';
import { answerSubresource, subresourceOf } from '../subresources/subresource-table.ts';
import type { SubresourceParts } from '../subresources/subresource.ts';

export interface HandlerParts extends SubresourceParts, AdmissionParts {
  readonly clock: Clock;
  readonly faults: FaultPlan;
  /** Ends every watch. */
  readonly stopped: AbortSignal;
}

/** Answers one request of the Kubernetes API. Never throws: what goes wrong is an answer. */
export async function handleRequest(
  parts: HandlerParts,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    await answerRequest(parts, request, response);
  } catch (error) {
    await sendFailure(response, error);
  }
}

async function answerRequest(parts: HandlerParts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = readUrl(request.url ?? '/');
  if (['/readyz', '/livez', '/healthz'].includes(url.pathname)) {
    sendText(response, 200, 'ok');
    return;
  }
  if (url.pathname === faultsPath) {
    await answerFaults(parts.faults, parts.access.userOf(request.headers), request, response);
    return;
  }
  const path = parseResourcePath(url.pathname);
  const target = faultTarget(request, url, path);
  await answerFaulted(parts, target, request, response, async (answered) =>
    answerAllowed(parts, { request, response: answered, url, path }),
  );
}

/** Answers whoever may ask. */
async function answerAllowed(parts: HandlerParts, exchange: Omit<Exchange, 'user'>): Promise<void> {
  const { request, response, url, path } = exchange;
  const user = parts.access.userOf(request.headers);
  parts.access.demand(user, actionOf(request.method ?? '', url, path));
  const document = servedDocument(() => parts.registry.all(), url.pathname, request.headers.accept ?? '');
  if (document !== undefined) {
    await sendBody(response, 200, document.body, document.type);
    return;
  }
  await answerResource(parts, { ...exchange, user });
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly url: URL;
  readonly user: UserInfo;
  readonly path: ResourcePath | undefined;
}

async function answerResource(parts: HandlerParts, exchange: Exchange): Promise<void> {
  const { request, response, url, user, path } = exchange;
  const kind = path === undefined ? undefined : parts.registry.byResource(path.group, path.version, path.resource);
  if (path === undefined || kind === undefined || !isServed(path, kind)) {
    sendUnknown(parts, response, path);
    return;
  }
  const accepted = readAccept(request.headers.accept, objectForms);
  const method = request.method ?? '';
  const target = { path, kind, query: url.searchParams, user };
  if (method === 'GET' && path.name === undefined && readListOptions(url.searchParams).watch) {
    const list = { kind, namespace: path.namespace, query: url.searchParams };
    const form = watchForm(accepted, url.searchParams);
    const eventFault = (name: string): EventVerdict =>
      parts.faults.ofEvent({ ...faultTarget(request, url, path), name });
    await serveWatch({ ...parts, eventFault }, list, response, form);
    return;
  }
  const read = await readRequest(request, target);
  const answer = await answerReviewed(
    parts,
    read,
    async (reviewed) => respond(parts, reviewed, method),
    (warnings) => sendWarnings(response, warnings),
  );
  if (answer.plainType !== undefined) {
    response
      .writeHead(answer.code, { 'content-type': answer.plainType })
      .end(typeof answer.body === 'string' ? answer.body : '');
    return;
  }
  const body = presentedBody(answer, read, accepted, parts.clock.now());
  await sendBody(response, answer.code, body, `application/${accepted.format}`);
}

async function respond(parts: HandlerParts, request: ResourceRequest, method: string): Promise<Answer> {
  const below = await answerSubresource(parts, request, method);
  if (below !== undefined) {
    return below;
  }
  const isQuestion = request.kind.isReview === true && request.path.name === undefined && method === 'POST';
  return isQuestion ? answerReview(parts.access, request, parts.clock.now()) : respondToMethod(parts, request, method);
}

/** A path below a version that is built in is an unknown resource; any other is no path of the API at all. */
function sendUnknown({ registry }: HandlerParts, response: ServerResponse, path: ResourcePath | undefined): void {
  const beside = registry.all().find((kind) => kind.group === path?.group && kind.version === path.version);
  if (beside?.custom === false) {
    throw new StatusError(404, 'NotFound', 'the server could not find the requested resource', {});
  }
  sendText(response, 404, '404 page not found\n');
}

async function readRequest(
  request: IncomingMessage,
  target: Pick<ResourceRequest, 'path' | 'kind' | 'query' | 'user'>,
): Promise<ResourceRequest> {
  const { kind, path, query } = target;
  const contentType = request.headers['content-type'] ?? 'application/json';
  const method = request.method ?? '';
  const isObject = ['POST', 'PUT'].includes(method) && ['', 'status'].includes(path.subresource);
  const ignoresDoubts = query.get('fieldValidation') === 'Ignore' || !['POST', 'PUT', 'PATCH'].includes(method);
  const form = { contentType, kind, method, isObject, ignoresDoubts };
  const { value, doubts, refusal } = await parseBody(await readBody(request), form);
  if (isObject && path.subresource === '') {
    checkIsObject(value, kind);
  }
  return { ...target, body: value, doubts, refusal, contentType, userAgent: request.headers['user-agent'] ?? '' };
}

function isServed({ subresource, name }: ResourcePath, kind: ServedKind): boolean {
  const isOwn = subresource === '' || (subresource === 'status' && kind.hasStatus);
  return isOwn ? subresource === '' || name !== undefined : subresourceOf(kind, subresource) !== undefined;
}
