import { collectionOf } from '../kinds/served-kind.ts';
import { StatusError, notFound } from '../answers/status-error.ts';
import type { Subresource } from './subresource.ts';

/** What opens a stream into a container: there is none here, and whoever asks is told so rather than that nothing is served. */
function sessionOf(name: string, kind: string): Subresource {
  return {
    under: 'pods',
    name,
    kind: { group: '', version: 'v1', kind },
    verbs: ['create', 'get'],
    respond({ store }, request) {
      const pod = request.path.name ?? '';
      if (store.get(collectionOf(request.kind), request.path.namespace ?? '', pod) === undefined) {
        throw notFound(request.kind, pod);
      }
      const message = `the embedded control plane runs no containers: pod ${JSON.stringify(pod)} takes no ${name}`;
      throw new StatusError(501, 'NotImplemented', message, {});
    },
  };
}

export const sessionsOfPods: readonly Subresource[] = [
  sessionOf('attach', 'PodAttachOptions'),
  sessionOf('exec', 'PodExecOptions'),
  sessionOf('portforward', 'PodPortForwardOptions'),
];
