import { isJsonObject, listAt, numberAt, textAt, valueAt } from '../../../domain/json.ts';
import { asJson } from '../../../domain/manifest/kube-object.ts';
import type { KubeObject } from '../../../domain/manifest/kube-object.ts';
import { hasCondition } from '../controllers/pod-state.ts';
import type { Answer, ResourceRequest } from '../requests/resource-request.ts';
import { collectionOf } from '../kinds/served-kind.ts';
import { StatusError, badRequest, notFound } from '../answers/status-error.ts';
import { askProgram, portsOf } from './simulated-programs.ts';
import type { Subresource, SubresourceParts } from './subresource.ts';

const verbs = ['create', 'delete', 'get', 'patch', 'update'];

/** `pods/NAME:PORT/proxy/PATH`: what listens in the pod, over HTTP. */
export const proxyOfPods: Subresource = {
  under: 'pods',
  name: 'proxy',
  kind: { group: '', version: 'v1', kind: 'PodProxyOptions' },
  verbs,
  async respond(parts, request) {
    const target = proxyTarget(request.path.name ?? '');
    const pod = parts.store.get(collectionOf(request.kind), request.path.namespace ?? '', target.name);
    if (pod === undefined) {
      throw notFound(request.kind, target.name);
    }
    return askPod(parts, pod, portOf(target.port, pod), request);
  },
};

/** `services/NAME:PORT/proxy/PATH`: one of the Service's ready pods. */
export const proxyOfServices: Subresource = {
  under: 'services',
  name: 'proxy',
  kind: { group: '', version: 'v1', kind: 'ServiceProxyOptions' },
  verbs,
  async respond(parts, request) {
    const target = proxyTarget(request.path.name ?? '');
    const namespace = request.path.namespace ?? '';
    const service = parts.store.get(collectionOf(request.kind), namespace, target.name);
    if (service === undefined) {
      throw notFound(request.kind, target.name);
    }
    const ports = listAt(asJson(service), 'spec', 'ports');
    const wanted = ports.find(
      (port) =>
        target.port === '' || textAt(port, 'name') === target.port || String(numberAt(port, 'port')) === target.port,
    );
    const selector = valueAt(asJson(service), 'spec', 'selector');
    const pod = parts.state
      .list('', 'Pod', namespace)
      .find(
        (one) =>
          hasCondition(one, 'Ready') &&
          isJsonObject(selector) &&
          Object.entries(selector).every(([key, value]) => one.metadata.labels?.[key] === value),
      );
    if (pod === undefined || wanted === undefined) {
      const named = `${target.name}${target.port === '' ? '' : `:${target.port}`}`;
      const facts = pod === undefined ? 'no endpoints available for service' : 'no service port';
      throw new StatusError(503, 'ServiceUnavailable', `${facts} ${JSON.stringify(named)}`);
    }
    const inner = textAt(wanted, 'targetPort') ?? String(numberAt(wanted, 'targetPort') ?? numberAt(wanted, 'port'));
    return askPod(parts, pod, portOf(inner, pod), request);
  },
};

/** `[SCHEME:]NAME[:PORT]`; port '' where none is named. */
function proxyTarget(text: string): { readonly name: string; readonly port: string } {
  const steps = text.split(':');
  const [scheme, name, port] = steps.length === 3 ? steps : ['', ...steps];
  if (name === undefined || steps.length > 3 || !['', 'http', 'https'].includes(scheme ?? '')) {
    throw badRequest(`invalid pod request ${JSON.stringify(text)}`);
  }
  return { name, port: port ?? '' };
}

function portOf(wanted: string, pod: KubeObject): number {
  const ports = portsOf(pod);
  if (wanted === '') {
    return ports[0]?.port ?? 80;
  }
  return ports.find(({ name }) => name === wanted)?.port ?? Number(wanted);
}

async function askPod(
  { state, podsAnswer, programs }: SubresourceParts,
  pod: KubeObject,
  port: number,
  { path }: ResourceRequest,
): Promise<Answer> {
  const address = textAt(asJson(pod), 'status', 'podIP') ?? '';
  if (address === '') {
    throw badRequest('address not allowed');
  }
  const below = path.below === '' ? '/' : path.below;
  const real = programs?.find(pod.metadata.namespace ?? '', pod.metadata.name);
  if (real !== undefined) {
    const answer = await real.get(port, below);
    return answer === undefined
      ? refuseConnection(address, port)
      : { code: answer.status, body: answer.body, plainType: answer.contentType };
  }
  if (!podsAnswer) {
    throw new StatusError(404, 'NotFound', 'the server could not find the requested resource');
  }
  if (!hasCondition(pod, 'ContainersReady') || !portsOf(pod).some((one) => one.port === port)) {
    return refuseConnection(address, port);
  }
  const { code, type, text } = askProgram(state, pod, below);
  return { code, body: text, plainType: type };
}

function refuseConnection(address: string, port: number): never {
  const facts = `dial tcp ${address}:${port}: connect: connection refused`;
  throw new StatusError(503, 'ServiceUnavailable', `error trying to reach service: ${facts}`);
}
