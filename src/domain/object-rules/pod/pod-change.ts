import type { Violation } from '../../crd/violation.ts';
import { isJsonObject, jsonEqual, listAt, numberAt, valueAt } from '../../json.ts';
import type { Json, JsonObject } from '../../json.ts';
import { forbidden, invalidValue } from '../field-errors.ts';

const rest =
  'pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,' +
  '`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)';

/** What may not become of the spec of a pod that is there: nearly everything. */
export function podChangeViolations(pod: JsonObject, before: JsonObject): readonly Violation[] {
  const spec = specOf(pod);
  const old = specOf(before);
  for (const list of ['containers', 'initContainers']) {
    if (listAt(spec, list).length !== listAt(old, list).length) {
      return [forbidden(`spec.${list}`, 'pod updates may not add or remove containers')];
    }
  }
  const deadline = deadlineViolations(numberAt(spec, 'activeDeadlineSeconds'), numberAt(old, 'activeDeadlineSeconds'));
  return [
    ...deadline,
    ...tolerationViolations(listAt(spec, 'tolerations'), listAt(old, 'tolerations')),
    ...(jsonEqual(comparable(spec), comparable(old)) ? [] : [forbidden('spec', rest)]),
  ];
}

function specOf(pod: JsonObject): JsonObject {
  const spec = valueAt(pod, 'spec');
  return isJsonObject(spec) ? spec : {};
}

/** The spec without what may change. */
function comparable(spec: JsonObject): JsonObject {
  const { activeDeadlineSeconds: _, tolerations: __, schedulingGates: ___, ...left } = spec;
  const withoutImages = (list: string): readonly Json[] =>
    listAt(spec, list).map((container) => (isJsonObject(container) ? { ...container, image: '' } : container));
  return { ...left, containers: withoutImages('containers'), initContainers: withoutImages('initContainers') };
}

function deadlineViolations(now: number | undefined, before: number | undefined): readonly Violation[] {
  const field = 'spec.activeDeadlineSeconds';
  if (before === undefined) {
    return [];
  }
  if (now === undefined) {
    return [invalidValue(field, null, 'must not update from a positive integer to nil value')];
  }
  return now > before ? [invalidValue(field, now, 'must be less than or equal to previous value')] : [];
}

function tolerationViolations(now: readonly Json[], before: readonly Json[]): readonly Violation[] {
  const isKept = before.every((old) => now.some((one) => jsonEqual(one, old)));
  const rule = 'existing toleration can not be modified except its tolerationSeconds';
  return isKept ? [] : [forbidden('spec.tolerations', rule)];
}
