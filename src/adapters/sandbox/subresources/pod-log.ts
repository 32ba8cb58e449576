import { listAt, textAt } from '../../../domain/json.ts';
import { asJson } from '../../../domain/manifest/kube-object.ts';
import type { KubeObject } from '../../../domain/manifest/kube-object.ts';
import { hasCondition } from '../controllers/pod-state.ts';
import { collectionOf } from '../kinds/served-kind.ts';
import { badRequest, notFound } from '../answers/status-error.ts';
import type { Subresource } from './subresource.ts';

/** `pods/NAME/log`: when each container started, which is all that happens in it. */
export const logOfPods: Subresource = {
  under: 'pods',
  name: 'log',
  kind: { group: '', version: 'v1', kind: 'Pod' },
  verbs: ['get'],
  respond({ store, programs }, { kind, path, query }) {
    const name = path.name ?? '';
    const pod = store.get(collectionOf(kind), path.namespace ?? '', name);
    if (pod === undefined) {
      throw notFound(kind, name);
    }
    const real = programs?.find(path.namespace ?? '', name);
    if (real !== undefined) {
      return { code: 200, body: real.log(), plainType: 'text/plain' };
    }
    const container = containerOf(pod, query.get('container') ?? '');
    const status = listAt(asJson(pod), 'status', 'containerStatuses').find((one) => textAt(one, 'name') === container);
    const started = textAt(status, 'state', 'running', 'startedAt');
    if (started === undefined && !hasCondition(pod, 'ContainersReady')) {
      const waiting = textAt(status, 'state', 'waiting', 'reason') ?? 'ContainerCreating';
      throw badRequest(`container ${JSON.stringify(container)} in pod "${name}" is waiting to start: ${waiting}`);
    }
    return { code: 200, body: `${started ?? ''} ${container} started\n`, plainType: 'text/plain' };
  },
};

function containerOf(pod: KubeObject, wanted: string): string {
  const names = listAt(asJson(pod), 'spec', 'containers').map((container) => textAt(container, 'name') ?? '');
  if (wanted === '' && names.length > 1) {
    const choices = `choose one of: [${names.join(' ')}]`;
    throw badRequest(`a container name must be specified for pod ${pod.metadata.name}, ${choices}`);
  }
  const found = wanted === '' ? names[0] : names.find((name) => name === wanted);
  if (found === undefined) {
    throw badRequest(`container ${wanted} is not valid for pod ${pod.metadata.name}`);
  }
  return found;
}
