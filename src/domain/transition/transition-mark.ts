import { transitionAnnotation } from '../identity.ts';
import type { KubeObject } from '../manifest/kube-object.ts';

/** The pool with the mark by which the rendered admission webhook lets it overlap another one. */
export function withTransitionMark(pool: KubeObject): KubeObject {
  const annotations = { ...pool.metadata.annotations, [transitionAnnotation]: 'takes-addresses' };
  return { ...pool, metadata: { ...pool.metadata, annotations } };
}
