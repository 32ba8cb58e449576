import type { IncomingMessage, ServerResponse } from 'node:http';
import type { UserInfo } from '../../../domain/rbac/user-info.ts';
import type { Clock } from '../../../ports/clock.ts';
import { failureFormat, readAccept } from '../answers/accept-header.ts';
import type { Answerable } from '../answers/accept-header.ts';
import type { ServedKind } from '../kinds/served-kind.ts';
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
import { answerFaulted, faultTarget } from '../faults/faulted-request.ts';
import { answerFaults, faultsPath } from '../faults/faults-endpoint.ts';
import type { EventVerdict, FaultPlan } from '../faults/fault-plan.ts';
import { servedDocument } from './served-documents.ts';
import { healthText } from './health-checks.ts';
import { serveWatch } from './serve-watch.ts';
import { isRouted, sendUnknown } from './route.ts';
import { answerSubresource } from '../subresources/subresource-table.ts';
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
    await sendFailure(response, error, failureFormat(request.headers.accept));
  }
}

async function answerRequest(parts: HandlerParts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = readUrl(request.url ?? '/', request.method ?? '');
  const health = healthText(url);
  if (health !== undefined) {
    sendText(response, 200, health);
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
  const { method = '', headers } = request;
  const document = servedDocument(() => parts.registry.all(), url.pathname, headers.accept ?? '', method);
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
  const method = request.method ?? '';
  if (path === undefined || kind === undefined || !isRouted(path, kind, method)) {
    sendUnknown(parts.registry, response, url.pathname);
    return;
  }
  const accepted = readAccept(request.headers.accept, objectForms, answerable(path, kind));
  const target = { path, kind, query: url.searchParams, user };
  if (method === 'GET' && path.name === undefined && readListOptions(url.searchParams).watch) {
    const list = { kind, namespace: path.namespace, query: url.searchParams };
    const form = watchForm(accepted, url.searchParams);
    const eventFault = (name: string): EventVerdict =>
      parts.faults.ofEvent({ ...faultTarget(request, url, path), name });
    sendWarnings(response, deprecations(kind));
    await serveWatch({ ...parts, eventFault }, list, response, form);
    return;
  }
  const read = await readRequest(request, target);
  const answer = await answerReviewed(
    parts,
    read,
    async (reviewed) => respond(parts, reviewed, method),
    (warnings) => sendWarnings(response, [...deprecations(kind), ...warnings]),
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

function answerable(path: ResourcePath, kind: ServedKind): Answerable {
  if (kind.custom) {
    return 'custom';
  }
  return path.name === undefined ? 'list' : 'object';
}

function deprecations({ deprecation }: ServedKind): readonly string[] {
  return deprecation === undefined ? [] : [deprecation];
}

async function respond(parts: HandlerParts, request: ResourceRequest, method: string): Promise<Answer> {
  const below = await answerSubresource(parts, request, method);
  if (below !== undefined) {
    return below;
  }
  const isQuestion = request.kind.isReview === true && request.path.name === undefined && method === 'POST';
  return isQuestion ? answerReview(parts.access, request, parts.clock.now()) : respondToMethod(parts, request, method);
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
