import { jsonEqual, listAt, textAt, valueAt } from '../../json.ts';
import type { Json, JsonObject } from '../../json.ts';
import { invalidValue } from '../../object-rules/field-errors.ts';
import type { Violation } from '../violation.ts';
import { definitionNameViolations } from './name-violations.ts';
import { versionViolations } from './version-violations.ts';

/** What is wrong with a CustomResourceDefinition. What stays as it was is judged again only where it may change at all. */
export function definitionViolations(definition: JsonObject, before: JsonObject | undefined): readonly Violation[] {
  const isSame = before !== undefined && jsonEqual(before['spec'], definition['spec']);
  return isSame
    ? []
    : [
        ...definitionNameViolations(definition, before === undefined),
        ...versionViolations(definition),
        ...(before !== undefined && isEstablished(before) ? changes(definition, before) : []),
      ];
}

export function isEstablished(definition: Json): boolean {
  return listAt(definition, 'status', 'conditions').some(
    (condition) => textAt(condition, 'type') === 'Established' && textAt(condition, 'status') === 'True',
  );
}

const fixed: readonly (readonly string[])[] = [['group'], ['scope'], ['names', 'kind'], ['names', 'plural']];

function changes(definition: JsonObject, before: JsonObject): readonly Violation[] {
  return fixed.flatMap((path) => {
    const value = valueAt(definition, 'spec', ...path);
    return jsonEqual(value, valueAt(before, 'spec', ...path))
      ? []
      : [invalidValue(`spec.${path.join('.')}`, value, 'field is immutable')];
  });
}
