import { Failure } from '../../domain/failure.ts';
import { type Json, textAt } from '../../domain/json.ts';
import type { Asked } from './status-failure.ts';

/**
 * A request to a pod through the API server that brought no success. 403 with a Status object is the API server's own
 * refusal; 503 is what it says where the pod does not take the connection; all else is the pod's answer.
 */
export function podFailure(status: number, body: Json | undefined, asked: Asked): Failure {
  const said = textAt(body, 'message');
  if (status === 403 && textAt(body, 'kind') === 'Status') {
    return new Failure({
      code: 'cluster-forbidden',
      retry: 'later',
      message: `The credentials do not allow to ${asked.verb} ${asked.resource}`,
      remedy: `Grant it by RBAC; \`kubectl auth can-i ${asked.verb} ${asked.resource}\` shows when it works.`,
    });
  }
  return new Failure({
    code: 'pod-unreachable',
    retry: status >= 500 ? 'now' : 'later',
    message: `${asked.subject} answers with status ${status}${said === undefined ? '' : `: ${said.slice(0, 200)}`}`,
  });
}
