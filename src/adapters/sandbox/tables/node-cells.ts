import { isJsonObject, listAt, textAt, valueAt } from '../../../domain/json.ts';
import type { Json } from '../../../domain/json.ts';
import { none } from './cell-values.ts';

const rolePrefix = 'node-role.kubernetes.io/';

export function nodeStatus(node: Json): string {
  const ready = listAt(node, 'status', 'conditions').find((condition) => textAt(condition, 'type') === 'Ready');
  const forms: { readonly [status: string]: string } = { True: 'Ready', False: 'NotReady' };
  const state = ready === undefined ? 'Unknown' : (forms[textAt(ready, 'status') ?? ''] ?? 'NotReady');
  return valueAt(node, 'spec', 'unschedulable') === true ? `${state},SchedulingDisabled` : state;
}

export function nodeRoles(node: Json): string {
  const labels = valueAt(node, 'metadata', 'labels');
  const roles = Object.entries(isJsonObject(labels) ? labels : {}).flatMap(([key, value]): readonly string[] => {
    const named = key === 'kubernetes.io/role' && typeof value === 'string' ? [value] : [];
    return key.startsWith(rolePrefix) ? [key.slice(rolePrefix.length)] : named;
  });
  return roles.length === 0 ? none : roles.toSorted().join(',');
}

export function nodeAddress(node: Json, type: string): string {
  const found = listAt(node, 'status', 'addresses').find((address) => textAt(address, 'type') === type);
  return textAt(found, 'address') ?? none;
}

/** What the node tells of itself; `<unknown>` where it tells nothing. */
export function nodeFact(node: Json, fact: string): string {
  const text = textAt(node, 'status', 'nodeInfo', fact) ?? '';
  return text === '' ? '<unknown>' : text;
}
