import { labelValue, qualifiedName } from '../crd/name-rules.ts';
import { violation } from '../crd/violation.ts';
import type { Violation } from '../crd/violation.ts';
import { listAt, textAt } from '../json.ts';
import type { Json, JsonObject } from '../json.ts';
import { prefixViolations } from './address-rules.ts';
import { forbidden, named, oneOf } from './field-errors.ts';

const effects = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];

export function nodeViolations(node: JsonObject, before: JsonObject | undefined): readonly Violation[] {
  const range = textAt(node, 'spec', 'podCIDR') ?? '';
  return [
    ...taintViolations(listAt(node, 'spec', 'taints')),
    ...(range === '' ? [] : prefixViolations('spec.podCIDRs[0]', range)),
    ...(before === undefined ? [] : changeViolations(node, before)),
  ];
}

/** The server names the place of taints as if they stood in the metadata. */
function taintViolations(taints: readonly Json[]): readonly Violation[] {
  const places = taints.map((taint) => `${textAt(taint, 'key') ?? ''} ${textAt(taint, 'effect') ?? ''}`);
  return taints.flatMap((taint, index) => {
    const field = `metadata.taints[${index}]`;
    const text = (name: string): string => textAt(taint, name) ?? '';
    const shown = { Key: text('key'), Value: text('value'), Effect: text('effect'), TimeAdded: null };
    const message = `Duplicate value: ${JSON.stringify(shown)}: taints must be unique by key and effect pair`;
    return [
      ...named(`${field}.key`, text('key'), qualifiedName),
      ...named(`${field}.value`, text('value'), labelValue),
      ...oneOf(`${field}.effect`, text('effect'), effects),
      ...(places.indexOf(places[index] ?? '') < index ? [violation('FieldValueDuplicate', field, message)] : []),
    ];
  });
}

function changeViolations(node: JsonObject, before: JsonObject): readonly Violation[] {
  return ['podCIDR', 'providerID'].flatMap((name) => {
    const old = textAt(before, 'spec', name) ?? '';
    const isMoved = old !== '' && old !== (textAt(node, 'spec', name) ?? '');
    const field = name === 'podCIDR' ? 'spec.podCIDRs' : `spec.${name}`;
    return isMoved ? [forbidden(field, `node updates may not change ${name} except from "" to valid`)] : [];
  });
}
