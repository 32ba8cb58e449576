import { isJsonArray, jsonEqual, listAt, textAt, valueAt } from '../../json.ts';
import type { Json, JsonObject } from '../../json.ts';
import { isProtectedGroup } from './name-violations.ts';

/** The finalizer that holds a definition until its instances are gone. */
export const instanceCleanup = 'customresourcecleanup.apiextensions.k8s.io';

/** The status of a definition: the names that no other of its group has, and whether its kind is served. */
export function definitionStatus(definition: Json, others: readonly Json[], timestamp: string): JsonObject {
  const status = valueAt(definition, 'status');
  const { names, conflict } = acceptedNames(definition, others);
  const accepted =
    conflict === undefined
      ? said('NamesAccepted', true, 'NoConflicts', 'no conflicts found')
      : said('NamesAccepted', false, conflict.reason, conflict.message);
  const established = conditionOf(status, 'Established');
  const isNew = textAt(established, 'status') !== 'True';
  const started =
    conflict === undefined
      ? said('Established', true, 'InitialNamesAccepted', 'the initial names have been accepted')
      : said('Established', false, 'NotAccepted', 'not all names are accepted');
  const conditions = [...approval(definition), accepted, ...(isNew ? [started] : [])];
  return {
    acceptedNames: names,
    conditions: conditions.reduce<readonly Json[]>(
      (list, condition) => withCondition(list, condition, timestamp),
      listAt(status, 'conditions'),
    ),
    storedVersions: listAt(status, 'storedVersions'),
  };
}

/** The status of a definition that is being deleted. */
export function terminatingStatus(
  definition: Json,
  [reason, message]: readonly [reason: string, message: string],
  timestamp: string,
): JsonObject {
  const status = valueAt(definition, 'status');
  const condition = said('Terminating', true, reason, message);
  return {
    acceptedNames: valueAt(status, 'acceptedNames') ?? { kind: '', plural: '' },
    conditions: withCondition(listAt(status, 'conditions'), condition, timestamp),
    storedVersions: listAt(status, 'storedVersions'),
  };
}

interface Conflict {
  readonly reason: string;
  readonly message: string;
}

/** Names once accepted stay; new ones must not be in use. The last conflict is the one that is told. */
function acceptedNames(
  definition: Json,
  others: readonly Json[],
): { readonly names: JsonObject; readonly conflict: Conflict | undefined } {
  const group = textAt(definition, 'spec', 'group');
  const taken = others.filter((other) => textAt(other, 'spec', 'group') === group);
  const resources = new Set(taken.flatMap((other) => namesIn(other, ['plural', 'singular', 'shortNames'])));
  const kinds = new Set(taken.flatMap((other) => namesIn(other, ['kind', 'listKind'])));
  const wanted = valueAt(definition, 'spec', 'names');
  const before = valueAt(definition, 'status', 'acceptedNames');
  const names: { [field: string]: Json } = { kind: '', plural: '' };
  let conflict: Conflict | undefined;
  const categories = valueAt(wanted, 'categories');
  for (const [field, used, what] of [
    ['plural', resources, 'Plural'],
    ['singular', resources, 'Singular'],
    ['shortNames', resources, 'ShortNames'],
    ['kind', kinds, 'Kind'],
    ['listKind', kinds, 'ListKind'],
  ] as const) {
    const asked = valueAt(wanted, field);
    const old = valueAt(before, field);
    const clash = textsOf(asked).find((name) => used.has(name) && !textsOf(old).includes(name));
    const kept = clash === undefined ? asked : old;
    if (kept !== undefined) {
      names[field] = kept;
    }
    conflict =
      clash === undefined
        ? conflict
        : { reason: `${what}Conflict`, message: `${JSON.stringify(clash)} is already in use` };
  }
  return { names: categories === undefined ? names : { ...names, categories }, conflict };
}

function namesIn(definition: Json, fields: readonly string[]): readonly string[] {
  return fields.flatMap((field) => textsOf(valueAt(definition, 'status', 'acceptedNames', field)));
}

function textsOf(value: Json | undefined): readonly string[] {
  return (isJsonArray(value) ? value : [value]).filter((text) => typeof text === 'string' && text !== '') as string[];
}

/** Whether a definition in a group of the project itself says who approved of it. */
function approval(definition: Json): readonly JsonObject[] {
  if (!isProtectedGroup(textAt(definition, 'spec', 'group') ?? '')) {
    return [];
  }
  const given = textAt(definition, 'metadata', 'annotations', 'api-approved.kubernetes.io') ?? '';
  const type = 'KubernetesAPIApprovalPolicyConformant';
  return [
    given.startsWith('unapproved')
      ? said(type, false, 'UnapprovedAnnotation', `not approved: ${JSON.stringify(given)}`)
      : said(type, true, 'ApprovedAnnotation', `approved in ${given}`),
  ];
}

function said(type: string, holds: boolean, reason: string, message: string): JsonObject {
  return { type, status: holds ? 'True' : 'False', reason, message };
}

function conditionOf(status: Json | undefined, type: string): Json | undefined {
  return listAt(status, 'conditions').find((condition) => textAt(condition, 'type') === type);
}

/** A condition keeps its place, and its time as long as its status stays. */
function withCondition(conditions: readonly Json[], condition: JsonObject, timestamp: string): readonly Json[] {
  const at = conditions.findIndex((one) => textAt(one, 'type') === condition['type']);
  const before = conditions[at];
  const since = textAt(before, 'status') === condition['status'] ? textAt(before, 'lastTransitionTime') : undefined;
  const dated = { ...condition, lastTransitionTime: since ?? timestamp };
  if (before === undefined) {
    return [...conditions, dated];
  }
  return jsonEqual(before, dated) ? conditions : conditions.with(at, dated);
}
