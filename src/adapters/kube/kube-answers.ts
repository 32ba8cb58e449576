import { Failure } from '../../domain/failure.ts';
import { isJsonObject, type Json, textAt } from '../../domain/json.ts';
import type { KubeObject } from '../../domain/manifest/kube-object.ts';

/** The answer as an object; what has no kind and name is none. */
export function asObject(value: Json, subject: string): KubeObject {
  if (
    isJsonObject(value) &&
    textAt(value, 'apiVersion') !== undefined &&
    textAt(value, 'kind') !== undefined &&
    textAt(value, 'metadata', 'name') !== undefined
  ) {
    return value as unknown as KubeObject;
  }
  throw new Failure({
    code: 'cluster-error',
    retry: 'never',
    message: `The API server answered with something that is no Kubernetes object for ${subject}`,
    remedy: 'Check the server address in the kubeconfig.',
  });
}
