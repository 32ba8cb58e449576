import { canonicalJson, listAt, textAt, valueAt } from '../../../domain/json.ts';
import type { Json } from '../../../domain/json.ts';
import { asJson } from '../../../domain/manifest/kube-object.ts';
import type { KubeObject } from '../../../domain/manifest/kube-object.ts';
import type { ClusterState } from './cluster-state.ts';

/** Whether a condition of the object's status is True. */
export function hasCondition(object: KubeObject, type: string): boolean {
  return listAt(asJson(object), 'status', 'conditions').some(
    (one) => textAt(one, 'type') === type && textAt(one, 'status') === 'True',
  );
}

export function isReady(pod: KubeObject): boolean {
  return hasCondition(pod, 'Ready');
}

/** A pod that its owner counts: not on its way out, not at its end. */
export function isActive(pod: KubeObject): boolean {
  const phase = textAt(asJson(pod), 'status', 'phase') ?? '';
  return pod.metadata.deletionTimestamp === undefined && !['Succeeded', 'Failed'].includes(phase);
}

/** Whom an object belongs to; undefined where nobody manages it. */
export function managerOf(object: KubeObject): Json | undefined {
  return listAt(asJson(object), 'metadata', 'ownerReferences').find((one) => valueAt(one, 'controller') === true);
}

/** Objects of a kind in the owner's namespace that belong to it. */
export function ownedBy(state: ClusterState, owner: KubeObject, group: string, kind: string): readonly KubeObject[] {
  const { namespace, uid } = owner.metadata;
  return state.list(group, kind, namespace).filter((one) => textAt(managerOf(one), 'uid') === uid);
}

export function ownerReference(owner: KubeObject): Json {
  const { name, uid = '' } = owner.metadata;
  return { apiVersion: owner.apiVersion, kind: owner.kind, name, uid, controller: true, blockOwnerDeletion: true };
}

/** Letters that generated names end in: no vowels, so that no words come out. */
const letters = 'bcdfghjklmnpqrstvwxz2456789';

/** A few letters that are the same for the same value. */
export function shortHash(value: Json, length: number): string {
  let hash = 0x81_1c_9d_c5;
  for (const character of canonicalJson(value)) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01_00_01_93) >>> 0;
  }
  let text = '';
  let left = hash;
  for (let index = 0; index < length; index += 1) {
    text += letters.charAt(left % letters.length);
    left = Math.floor(left / letters.length) + index * 7;
  }
  return text;
}
