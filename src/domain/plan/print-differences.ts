import { valueAt, type Json } from '../json.ts';
import { asJson, type KubeObject } from '../manifest/kube-object.ts';
import { describeObject, objectKey, type ObjectKey } from '../manifest/object-id.ts';
import type { Palette } from '../report/palette.ts';
import { difference } from './difference.ts';
import { formatValue, visible } from './format-field.ts';
import type { Change, Plan } from './plan.ts';
import { writingLines } from './print-plan.ts';
import { isSensitive, masked, sensitiveMark } from './sensitive.ts';

/** The live value of a field named as the server does (`.spec.addresses`); undefined for paths into lists. */
function liveValue(live: KubeObject | undefined, field: string): Json | undefined {
  if (live === undefined || field.includes('[')) {
    return undefined;
  }
  const steps = field.split('.').slice(1);
  const value = valueAt(asJson(live), ...steps);
  if (value === undefined) {
    return undefined;
  }
  return isSensitive(live.kind, steps) ? sensitiveMark : masked(live.kind, steps, value);
}

type Conflict = Extract<Change, { readonly action: 'conflict' }>;

function conflictLines(change: Conflict, live: KubeObject | undefined, paint: Palette): readonly string[] {
  return [
    paint('red', `! ${visible(describeObject(change.id))}`),
    ...change.conflicts.map(({ manager, field }) => {
      const value = liveValue(live, field);
      const stands = value === undefined ? '' : `, live ${formatValue(value)}`;
      return `    ${visible(field)} is owned by ${visible(manager)}${stands}`;
    }),
  ];
}

/** A definition is hundreds of lines that nobody wrote; its new form is told by its few telling fields. */
function inFull(change: Change): Change {
  return change.action === 'create' && change.id.kind !== 'CustomResourceDefinition'
    ? { ...change, fields: difference(undefined, change.object) }
    : change;
}

function changeLines(change: Change, live: KubeObject | undefined, paint: Palette): readonly string[] {
  if (change.action === 'create' || change.action === 'update') {
    return writingLines(change, '', paint);
  }
  if (change.action === 'conflict') {
    return conflictLines(change, live, paint);
  }
  return change.action === 'orphan'
    ? [paint('red', `- ${visible(describeObject(change.id))}`), '    no longer in the configuration']
    : [];
}

/** Every field in which the cluster differs from the configuration; '' where there is none. */
export function printDifferences(plan: Plan, live: ReadonlyMap<ObjectKey, KubeObject>, paint: Palette): string {
  const lines = plan.changes.flatMap((change) => changeLines(inFull(change), live.get(objectKey(change.id)), paint));
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`;
}
