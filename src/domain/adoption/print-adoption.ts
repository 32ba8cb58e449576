import { describeObject } from '../manifest/object-id.ts';
import { plainPalette, type Colour, type Palette } from '../palette.ts';
import { formatField, visible } from '../plan/format-field.ts';
import type { FieldChange } from '../plan/plan.ts';
import { counted } from '../plan/plan-summary.ts';
import { adoptionsOf, type AdoptionPlan, type ManagerFields, type ObjectAdoption } from './adoption.ts';
import { managerTitle } from './field-managers.ts';

const fieldsShown = 8;
const inner = '      ';

const heads: { readonly [verdict in 'adopt' | 'defer' | 'blocked']: readonly [Colour, string] } = {
  adopt: ['green', '+ adopt'],
  defer: ['yellow', '~ adopt, values differ:'],
  blocked: ['red', "! can't adopt"],
};

function managerLines(what: string, list: readonly ManagerFields[]): readonly string[] {
  return list.map(({ manager, fields }) => {
    const title = managerTitle(manager);
    const known = title === undefined || title === manager ? '' : ` (${title})`;
    const shown = fields.slice(0, fieldsShown).map((field) => visible(field));
    const more = fields.length > fieldsShown ? ` and ${fields.length - fieldsShown} more` : '';
    return `${inner}${what} ${visible(manager)}${known}: ${shown.join(', ')}${more}`;
  });
}

function changeLines(changes: readonly FieldChange[], note: string): readonly string[] {
  return changes.flatMap((change) => {
    const { sign, text, more } = formatField(change);
    return [`${inner}${sign} ${text}${note}`, ...more.map((line) => `${inner}    ${line.sign} ${line.text}`)];
  });
}

function objectLines(object: ObjectAdoption, paint: Palette): readonly string[] {
  if (object.verdict === 'absent' || object.verdict === 'ours') {
    return [];
  }
  const [colour, head] = heads[object.verdict];
  const when = object.verdict === 'defer' ? ' (by the next sync)' : '';
  return [
    paint(colour, `${head} ${visible(describeObject(object.id))}`),
    ...managerLines('takes from', object.taken),
    ...managerLines('shares with', object.shared),
    ...managerLines('stays with', object.kept),
    ...changeLines(object.marks, ''),
    ...changeLines(object.changes, when),
    ...object.obstacles.flatMap(({ reason, remedy }) => [`${inner}${visible(reason)}.`, `${inner}  ${remedy}`]),
  ];
}

/** Each holder once, with the number of objects it counts as its own. */
function holderLines(plan: AdoptionPlan, paint: Palette): readonly string[] {
  const holders = new Map<string, { readonly advice: string; count: number }>();
  for (const { name, advice } of plan.objects.flatMap((object) => object.holders)) {
    const known = holders.get(name) ?? { advice, count: 0 };
    known.count += 1;
    holders.set(name, known);
  }
  if (holders.size === 0) {
    return [];
  }
  return [
    paint('bold', 'Others still count these objects as theirs. Adopting does not stop them:'),
    ...[...holders].flatMap(([name, { advice, count }]) => [
      `  ${paint('yellow', visible(name))} (${counted(count, 'object')})`,
      `    ${visible(advice)}`,
    ]),
    '',
  ];
}

function summaryOf(plan: AdoptionPlan): string {
  const count = (...verdicts: Parameters<typeof adoptionsOf>[1][]): number => adoptionsOf(plan, ...verdicts).length;
  const parts = [
    `${count('adopt', 'defer')} to adopt`,
    `${count('ours')} ours already`,
    `${count('absent')} not in the cluster yet`,
    `${count('blocked')} in the way`,
  ];
  return `Adoption: ${parts.join(', ')}.`;
}

/** The plan for a terminal: object by object who owns what now and what becomes ours, then who else must let go. */
export function printAdoption(plan: AdoptionPlan, paint: Palette = plainPalette): string {
  const place = `environment ${visible(plan.environment)} at ${visible(plan.revision)}`;
  const objects = plan.objects.flatMap((object) => objectLines(object, paint));
  const shared = plan.objects.some((object) => object.shared.length > 0);
  const lines = [
    `Adoption plan for ${place}`,
    '',
    ...objects,
    ...(objects.length === 0 ? [] : ['']),
    ...(shared ? ['What is shared stays when the configuration drops it, until the other manager lets go.', ''] : []),
    ...holderLines(plan, paint),
    summaryOf(plan),
  ];
  return `${lines.join('\n')}\n`;
}
