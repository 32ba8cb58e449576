import { isJsonArray, isJsonObject, listAt, numberAt, textAt, valueAt } from '../../../domain/json.ts';
import type { Json } from '../../../domain/json.ts';
import { asJson } from '../../../domain/manifest/kube-object.ts';
import type { KubeObject } from '../../../domain/manifest/kube-object.ts';

/** What becomes of an object's dependents: they follow, they go first, or they stay. */
export type Propagation = 'Background' | 'Foreground' | 'Orphan';

const foreground = 'foregroundDeletion';
const orphan = 'orphan';

export function finalizersOf(object: KubeObject): readonly string[] {
  return listAt(asJson(object), 'metadata', 'finalizers').filter((one) => typeof one === 'string');
}

export function isForeground(object: KubeObject): boolean {
  return object.metadata.deletionTimestamp !== undefined && finalizersOf(object).includes(foreground);
}

export function isOrphaning(object: KubeObject): boolean {
  return object.metadata.deletionTimestamp !== undefined && finalizersOf(object).includes(orphan);
}

export function withFinalizers(object: KubeObject, finalizers: readonly string[]): KubeObject {
  const { finalizers: _, ...metadata } = object.metadata as KubeObject['metadata'] & { readonly finalizers?: Json };
  const held = { ...metadata, finalizers };
  return { ...object, metadata: finalizers.length === 0 ? metadata : held };
}

export function withoutFinalizer(object: KubeObject, which: 'foreground' | 'orphan'): KubeObject {
  const name = which === 'orphan' ? orphan : foreground;
  return withFinalizers(
    object,
    finalizersOf(object).filter((one) => one !== name),
  );
}

/** Each way of deletion has its finalizer, which the garbage collector takes away when its work is done. */
export function withPropagation(object: KubeObject, propagation: Propagation | undefined): KubeObject {
  if (propagation === undefined) {
    return object;
  }
  const others = finalizersOf(object).filter((one) => one !== foreground && one !== orphan);
  const own = { Background: [], Foreground: [foreground], Orphan: [orphan] }[propagation];
  return withFinalizers(object, [...others, ...own]);
}

/** How long an object is given to end: a pod that a node runs its grace period, everything else no time. */
export function graceOf(object: KubeObject, wanted: number | undefined): number {
  const phase = textAt(asJson(object), 'status', 'phase') ?? '';
  const isRun = object.kind === 'Pod' && textAt(asJson(object), 'spec', 'nodeName') !== undefined;
  if (!isRun || ['Succeeded', 'Failed'].includes(phase)) {
    return 0;
  }
  return wanted ?? numberAt(asJson(object), 'spec', 'terminationGracePeriodSeconds') ?? 30;
}

/** Whether nothing holds an object that is being deleted any more. */
export function mayGo(object: KubeObject): boolean {
  const held = valueAt(asJson(object), 'spec', 'finalizers');
  const isEmptied = object.kind !== 'Namespace' || !isJsonArray(held) || held.length === 0;
  const grace = object.kind === 'Pod' ? (numberAt(asJson(object), 'metadata', 'deletionGracePeriodSeconds') ?? 0) : 0;
  return finalizersOf(object).length === 0 && isEmptied && grace === 0;
}

/** The object as one that is being deleted since then. */
export function terminating(object: KubeObject, since: string, grace: number): KubeObject {
  const { generation } = object.metadata;
  const isNamespace = object.kind === 'Namespace';
  const marks = { deletionTimestamp: since, ...(isNamespace ? {} : { deletionGracePeriodSeconds: grace }) };
  const counted = generation === undefined || generation === 0 ? {} : { generation: generation + 1 };
  const marked = { ...object, metadata: { ...object.metadata, ...marks, ...counted } };
  if (!isNamespace) {
    return marked;
  }
  const status = valueAt(asJson(object), 'status');
  return {
    ...marked,
    status: { ...(isJsonObject(status) ? status : {}), phase: 'Terminating' },
  };
}
