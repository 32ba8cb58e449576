import type { Json } from '../json.ts';
import { describeObject } from '../manifest/object-id.ts';
import type { Palette } from '../palette.ts';
import { visible } from './format-field.ts';
import type { Change, FieldChange, Plan } from './plan.ts';

function show(value: Json): string {
  return visible(JSON.stringify(value));
}

function fieldLines(change: FieldChange, paint: Palette): readonly string[] {
  const lines: string[] = [];
  if (change.before !== undefined) {
    lines.push(paint('red', `- ${change.path}: ${show(change.before)}`));
  }
  if (change.after !== undefined) {
    lines.push(paint('green', `+ ${change.path}: ${show(change.after)}`));
  }
  return lines;
}

function differenceOf(change: Change, paint: Palette): readonly string[] {
  const name = describeObject(change.id);
  switch (change.action) {
    case 'create':
      return [paint('bold', `${name}: not in the cluster`)];
    case 'delete':
    case 'orphan':
    case 'release':
      return [paint('bold', `${name}: in the cluster, no longer in the configuration`)];
    case 'update': {
      const lines = change.fields.flatMap((field) => fieldLines(field, paint));
      return [paint('bold', name), ...(lines.length > 0 ? lines : ['  same values, not yet held by metalwave'])];
    }
    case 'conflict':
      return [
        paint('bold', name),
        ...change.conflicts.map(({ field, manager }) => paint('yellow', `! ${field} belongs to ${manager}`)),
      ];
    case 'keep':
    case 'skip':
    case 'forget':
      return [];
  }
}

/** Every difference between cluster and configuration, object by object; '' where there is none. `-` is the cluster, `+` the configuration. */
export function printDifferences(plan: Plan, paint: Palette): string {
  return plan.changes
    .map((change) => differenceOf(change, paint))
    .filter((lines) => lines.length > 0)
    .map((lines) => `${lines.join('\n')}\n`)
    .join('\n');
}
