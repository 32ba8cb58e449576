import { compileCel } from '../cel/program.ts';
import { violation } from '../crd/violation.ts';
import type { Violation } from '../crd/violation.ts';
import { listAt, textAt } from '../json.ts';
import type { Json } from '../json.ts';
import { policyVariables } from './expression.ts';

/** What is wrong with a policy before it is ever asked: expressions that cannot be compiled. */
export function policyViolations(policy: Json): readonly Violation[] {
  return ['matchConditions', 'variables', 'validations'].flatMap((list) =>
    listAt(policy, 'spec', list).flatMap((one, index) =>
      ['expression', 'messageExpression'].flatMap((field) => {
        const source = textAt(one, field) ?? '';
        const compiled = source === '' ? undefined : compileCel(source, policyVariables);
        if (compiled === undefined || compiled.ok) {
          return [];
        }
        const path = `spec.${list}[${index}].${field}`;
        const message = `Invalid value: ${JSON.stringify(source)}: compilation failed: ${compiled.mistake}`;
        return [violation('FieldValueInvalid', path, message)];
      }),
    ),
  );
}

/** What is wrong with the actions of a binding. */
export function bindingViolations(binding: Json): readonly Violation[] {
  const path = 'spec.validationActions';
  const actions = listAt(binding, 'spec', 'validationActions');
  if (actions.length === 0) {
    return [violation('FieldValueRequired', path, 'Required value: at least one validation action is required')];
  }
  if (!actions.includes('Deny') || !actions.includes('Warn')) {
    return [];
  }
  const why =
    'must not contain both Deny and Warn (repeating the same validation failure information in the API response and headers serves no purpose)';
  return [violation('FieldValueInvalid', path, `Invalid value: ${JSON.stringify(actions)}: ${why}`)];
}
