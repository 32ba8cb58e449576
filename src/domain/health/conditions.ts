import { listAt, numberAt, textAt, type Json } from '../json.ts';
import { asJson, type KubeObject } from '../manifest/kube-object.ts';
import type { Health } from './health.ts';

export interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason: string;
  readonly message: string;
}

/** The conditions of an object's status, in the order they stand. */
export function conditionsOf(object: KubeObject): readonly Condition[] {
  return listAt(asJson(object), 'status', 'conditions').map((condition: Json) => ({
    type: textAt(condition, 'type') ?? '',
    status: textAt(condition, 'status') ?? 'Unknown',
    reason: textAt(condition, 'reason') ?? '',
    message: textAt(condition, 'message') ?? '',
  }));
}

/** The condition of that type, or undefined. */
export function conditionOf(object: KubeObject, type: string): Condition | undefined {
  return conditionsOf(object).find((condition) => condition.type === type);
}

/** `reason: message` of a condition, as far as it gives them; its type where it gives neither. */
export function explain(condition: Condition): string {
  const parts = [condition.reason, condition.message].filter((part) => part !== '');
  return parts.length === 0 ? `${condition.type} is ${condition.status}` : parts.join(': ');
}

/** The controller has not yet seen the newest spec, so whatever the status says is about an older one. */
export function staleStatus(object: KubeObject): Health | undefined {
  const observed = numberAt(asJson(object), 'status', 'observedGeneration');
  const wanted = object.metadata.generation;
  if (observed === undefined || wanted === undefined || observed === wanted) {
    return undefined;
  }
  return {
    status: 'InProgress',
    message: `its controller has seen generation ${observed} of ${wanted}`,
  };
}

/** kstatus' two abnormal-true conditions: they are absent or False when all is well. */
export function abnormalHealth(object: KubeObject): Health | undefined {
  const stalled = conditionOf(object, 'Stalled');
  const reconciling = conditionOf(object, 'Reconciling');
  if (reconciling?.status === 'True') {
    return { status: 'InProgress', message: explain(reconciling) };
  }
  return stalled?.status === 'True' ? { status: 'Failed', message: explain(stalled) } : undefined;
}

/** The rule for a kind nobody knows more about: its Ready condition decides, and none means that there is nothing to wait for. */
export function genericHealth(object: KubeObject): Health {
  const ready = conditionOf(object, 'Ready');
  if (ready === undefined) {
    return { status: 'Current', message: 'is there' };
  }
  return ready.status === 'True'
    ? { status: 'Current', message: 'ready' }
    : { status: 'InProgress', message: `not ready: ${explain(ready)}` };
}
