import { describeObject, objectKey } from '../manifest/object-id.ts';
import { waves, type StepName, type Wave } from '../manifest/waves.ts';
import { transitionSentences } from '../transition/print-transition.ts';
import { plainPalette, type Colour, type Palette } from '../palette.ts';
import { formatField, visible, type FieldSign } from './format-field.ts';
import type { Change, FieldChange, Plan } from './plan.ts';
import { printAddresses, tellsOfAddresses } from './print-addresses.ts';
import { changesOf, counted, hasChanges, planLine, reasonsOf, sentence, summarise } from './plan-summary.ts';

type Writing = Extract<Change, { readonly action: 'create' | 'update' }>;

const signColours: { readonly [sign in FieldSign]: Colour } = { '+': 'green', '-': 'red', '~': 'yellow' };

function fieldLines(change: FieldChange, indent: string, paint: Palette): readonly string[] {
  const { sign, text, more } = formatField(change);
  return [
    `${indent}${paint(signColours[sign], sign)} ${text}`,
    ...more.map((line) => `${indent}    ${paint(signColours[line.sign], `${line.sign} ${line.text}`)}`),
  ];
}

/** One object and its fields. */
function writingLines(change: Writing, indent: string, paint: Palette): readonly string[] {
  const name = visible(describeObject(change.id));
  if (change.action === 'create') {
    const head = `${indent}${paint('green', `+ create ${name}`)}`;
    return [head, ...change.fields.flatMap((field) => fieldLines(field, `${indent}    `, paint))];
  }
  const head = `${indent}${paint('yellow', `~ update ${name}`)}`;
  const fields = change.fields.flatMap((field) => fieldLines(field, `${indent}    `, paint));
  const note = `${indent}    ${paint('grey', 'no value changes: it is applied so that Metalwave owns its fields')}`;
  return [head, ...(fields.length === 0 ? [note] : fields)];
}

function stepLines(step: StepName, plan: Plan, paint: Palette): readonly string[] {
  const changes = changesOf(plan, 'create', 'update').filter((change) => change.step === step);
  const lines = changes.flatMap((change) => writingLines(change, '    ', paint));
  return lines.length === 0 ? [] : [`  step ${step}`, ...lines];
}

function waveLines(wave: Wave, plan: Plan, paint: Palette): readonly string[] {
  const lines = wave.steps.flatMap((step) => stepLines(step, plan, paint));
  return lines.length === 0 ? [] : [paint('bold', `Wave ${wave.number} ${wave.name}`), ...lines, ''];
}

function conflictOf(change: Extract<Change, { readonly action: 'conflict' }>, paint: Palette): readonly string[] {
  return [
    `  ${paint('red', `! ${visible(describeObject(change.id))}`)}`,
    ...change.conflicts.map(({ manager, field }) => `      ${visible(field)} is owned by ${visible(manager)}`),
  ];
}

function conflictLines(plan: Plan, paint: Palette): readonly string[] {
  const conflicts = changesOf(plan, 'conflict');
  if (conflicts.length === 0) {
    return [];
  }
  return [
    paint('bold', 'Conflicts: another manager owns these fields at other values, and Metalwave never forces.'),
    ...conflicts.flatMap((change) => conflictOf(change, paint)),
    '  A sync stops before its first write. Set the fields to the live values in the configuration, or have the other',
    '  manager give them up, then plan again.',
    '',
  ];
}

function skipLines(plan: Plan, paint: Palette): readonly string[] {
  const byReason = new Map<string, string[]>();
  for (const { id, reason } of changesOf(plan, 'skip')) {
    byReason.set(reason, [...(byReason.get(reason) ?? []), `    ${visible(describeObject(id))}`]);
  }
  const groups = [...byReason].flatMap(([reason, names]) => names.concat(`  because ${visible(reason)}`));
  return groups.length === 0 ? [] : [paint('bold', 'Skipped:'), ...groups, ''];
}

function transitionLines({ transition }: Plan, paint: Palette): readonly string[] {
  if (transition === undefined) {
    return [];
  }
  const lines = transitionSentences(transition).map((line) => `    ${visible(line)}`);
  return [paint('bold', 'Transition: addresses change their pool and stay with their Services'), ...lines, ''];
}

/** Deletions in the order in which they are made, after the last wave; what a transition replaces goes with it. */
function pruneLines(plan: Plan, paint: Palette): readonly string[] {
  const deletions = changesOf(plan, 'delete').filter(
    ({ id }) => plan.transition?.order.includes(objectKey(id)) !== true,
  );
  if (deletions.length === 0) {
    return [];
  }
  return [
    paint('bold', 'Prune, after the last wave is healthy'),
    ...deletions.map(({ id }) => `    ${paint('red', `- delete ${visible(describeObject(id))}`)}`),
    '',
  ];
}

function approvalLines(plan: Plan, paint: Palette): readonly string[] {
  const reasons = reasonsOf(plan);
  if (reasons.length === 0) {
    return [];
  }
  const command = plan.approval?.command;
  const way =
    command === undefined
      ? ['  Plan against the cluster itself for the command that approves it.']
      : [
          '  Where this is what you want, this approves this very plan and carries it out:',
          `      ${visible(command)}`,
        ];
  return [
    paint('bold', 'A sync of this plan needs an approval:'),
    ...reasons.flatMap(({ reason, remedy }) => [
      `  ${paint('red', '!')} ${visible(sentence(reason))}`,
      ...(remedy === undefined ? [] : [`      ${visible(sentence(remedy))}`]),
    ]),
    ...way,
    '',
  ];
}

function releaseLines(plan: Plan, paint: Palette): readonly string[] {
  const released = changesOf(plan, 'release');
  if (released.length === 0) {
    return [];
  }
  return [
    paint('bold', 'No longer managed; they stay in the cluster:'),
    ...released.map(({ id, reason }) => `    ${visible(describeObject(id))}: ${visible(reason)}`),
    '',
  ];
}

function orphanLines(plan: Plan, paint: Palette): readonly string[] {
  const orphans = changesOf(plan, 'orphan');
  if (orphans.length === 0) {
    return [];
  }
  return [
    paint('bold', 'No longer in the configuration:'),
    ...orphans.map(({ id, reason }) => `    ${visible(describeObject(id))}: ${visible(reason)}`),
    '  They stay in the cluster. Delete them by hand where nothing uses them, or put them back into the configuration.',
    '',
  ];
}

function closing(plan: Plan): readonly string[] {
  const summary = summarise(plan);
  const kept = summary.unchanged === 0 ? [] : [`${counted(summary.unchanged, 'object')} unchanged.`];
  return [...kept, planLine(summary)];
}

/** What is planned, and what it is compared with. */
function subjectOf({ environment, revision, manifests }: Plan): { readonly wanted: string; readonly live: string } {
  return manifests === undefined
    ? { wanted: `environment ${visible(environment)} at ${visible(revision)}`, live: 'The cluster' }
    : { wanted: visible(manifests.paths.join(', ')), live: visible(manifests.live) };
}

/** Objects that another tool applies: in which waves is its business. */
function manifestLines(plan: Plan, paint: Palette): readonly string[] {
  const writing = changesOf(plan, 'create', 'update').flatMap((change) => writingLines(change, '  ', paint));
  const deletions = changesOf(plan, 'delete').map(
    ({ id }) => `  ${paint('red', `- delete ${visible(describeObject(id))}`)}`,
  );
  return [...writing, ...deletions, ''];
}

/** Where nothing changes, only what a reader wouldn't expect. */
function addressLines(plan: Plan, paint: Palette, verbose: boolean): readonly string[] {
  const { addresses } = plan;
  const isTold = addresses !== undefined && (verbose || hasChanges(plan) || tellsOfAddresses(addresses));
  return isTold ? printAddresses(addresses, paint, verbose) : [];
}

/**
 * The plan for a terminal, in Terraform's manner: what happens object by object in the order of the waves, what stands in
 * the way, and the summary as its last line. Nothing to do is said first.
 */
export function printPlan(plan: Plan, paint: Palette = plainPalette, verbose = false): string {
  const { wanted, live } = subjectOf(plan);
  const notes = [
    ...conflictLines(plan, paint),
    ...skipLines(plan, paint),
    ...releaseLines(plan, paint),
    ...orphanLines(plan, paint),
    ...approvalLines(plan, paint),
  ];
  if (!hasChanges(plan)) {
    const count = counted(summarise(plan).unchanged, 'object');
    const addresses = addressLines(plan, paint, verbose);
    const lines = [`No changes. ${live} is as ${wanted} wants it (${count}).`, '', ...notes, ...addresses];
    return `${lines.join('\n').trimEnd()}\n`;
  }
  const steps =
    plan.manifests === undefined
      ? [
          ...waves.flatMap((wave) => waveLines(wave, plan, paint)),
          ...transitionLines(plan, paint),
          ...pruneLines(plan, paint),
        ]
      : manifestLines(plan, paint);
  const title = `Plan for ${wanted}${plan.manifests === undefined ? '' : ` against ${live}`}`;
  const lines = [title, '', ...steps, ...notes, ...addressLines(plan, paint, verbose), ...closing(plan)];
  return `${lines.join('\n')}\n`;
}
