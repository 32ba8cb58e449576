import { listAt, textAt } from '../../../domain/json.ts';
import { asJson } from '../../../domain/manifest/kube-object.ts';
import type { KubeObject } from '../../../domain/manifest/kube-object.ts';

/** Whether a condition of the object's status is True. */
export function hasCondition(object: KubeObject, type: string): boolean {
  return listAt(asJson(object), 'status', 'conditions').some(
    (one) => textAt(one, 'type') === type && textAt(one, 'status') === 'True',
  );
}
