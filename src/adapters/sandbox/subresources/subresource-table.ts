import type { Answer, ResourceRequest } from '../requests/resource-request.ts';
import type { ServedKind } from '../kinds/served-kind.ts';
import { collectionOf } from '../kinds/served-kind.ts';
import { StatusError } from '../answers/status-error.ts';
import { tokenOfAccounts } from '../access/token-request.ts';
import { finalizeOfNamespaces } from './namespace-finalize.ts';
import { evictionOfPods } from './pod-eviction.ts';
import { proxyOfPods, proxyOfServices } from './pod-proxy.ts';
import { sessionsOfPods } from './pod-session.ts';
import { logOfPods } from './pod-log.ts';
import { scaleOfCustomKinds } from './custom-scale.ts';
import { scaleOfDeployments, scaleOfReplicaSets } from './workload-scale.ts';
import type { Subresource, SubresourceParts } from './subresource.ts';

const all: readonly Subresource[] = [
  tokenOfAccounts,
  evictionOfPods,
  logOfPods,
  ...sessionsOfPods,
  proxyOfPods,
  proxyOfServices,
  scaleOfDeployments,
  scaleOfReplicaSets,
  finalizeOfNamespaces,
];

/** What stands below the objects of a kind, `status` apart. */
export function subresourcesOf(kind: ServedKind): readonly Subresource[] {
  if (kind.custom) {
    return kind.scale === undefined ? [] : [scaleOfCustomKinds];
  }
  const collection = collectionOf(kind);
  return all.filter((one) => one.under === collection);
}

function subresourceOf(kind: ServedKind, name: string): Subresource | undefined {
  return subresourcesOf(kind).find((one) => one.name === name);
}

/** The methods of a subresource; undefined where the kind has none of that name. */
export function subresourceMethods(kind: ServedKind, name: string): readonly string[] | undefined {
  const verbs = subresourceOf(kind, name)?.verbs;
  return verbs === undefined
    ? undefined
    : [...verbsOfMethods].filter(([, verb]) => verbs.includes(verb)).map(([method]) => method);
}

const verbsOfMethods: ReadonlyMap<string, string> = new Map([
  ['GET', 'get'],
  ['POST', 'create'],
  ['PUT', 'update'],
  ['PATCH', 'patch'],
  ['DELETE', 'delete'],
]);

/** The answer of the subresource that a request names; undefined for one to the object itself or its status. */
export async function answerSubresource(
  parts: SubresourceParts,
  request: ResourceRequest,
  method: string,
): Promise<Answer | undefined> {
  const found = subresourceOf(request.kind, request.path.subresource);
  if (found === undefined) {
    return undefined;
  }
  if (!found.verbs.includes(verbsOfMethods.get(method) ?? '')) {
    const message = 'the server does not allow this method on the requested resource';
    throw new StatusError(405, 'MethodNotAllowed', message, {});
  }
  return found.respond(parts, request, method);
}
