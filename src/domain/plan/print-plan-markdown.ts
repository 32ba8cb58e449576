import { describeObject, type ObjectId } from '../manifest/object-id.ts';
import { waves } from '../manifest/waves.ts';
import { transitionSentences } from '../transition/print-transition.ts';
import { formatField, visible } from './format-field.ts';
import { code } from './markdown-text.ts';
import type { Change, Plan } from './plan.ts';
import { addressBlocks } from './print-addresses-markdown.ts';
import { changesOf, counted, hasChanges, planLine, reasonsOf, sentence, summarise } from './plan-summary.ts';

/** GitHub takes 65,536 characters in a comment; the rest is for what the poster puts around the plan. */
const longestBody = 60_000;

function named(id: ObjectId): string {
  return code(describeObject(id));
}

/** Lines in a `diff` block; its fence is longer than any run of backticks inside. */
function diffBlock(lines: readonly string[]): string {
  const runs = lines.flatMap((line) => line.match(/`+/gu) ?? []);
  const fence = '`'.repeat(Math.max(2, ...runs.map((run) => run.length)) + 1);
  return [`${fence}diff`, ...lines, fence].join('\n');
}

/** The first column decides the colour: + and - as they are, ! for what changes in place. */
function changeLines(change: Extract<Change, { readonly action: 'create' | 'update' }>): readonly string[] {
  const [sign, verb] = change.action === 'create' ? ['+', 'create'] : ['!', 'update'];
  const fields = change.fields.flatMap((field) => {
    const lines = formatField(field);
    const first = `${lines.sign === '~' ? '!' : lines.sign}     ${lines.text}`;
    return [first, ...lines.more.map((more) => `${more.sign}         ${more.text}`)];
  });
  const note = change.action === 'update' && fields.length === 0 ? ['#     no value changes, only their owner'] : [];
  return [`${sign} ${verb} ${visible(describeObject(change.id))}`, ...fields, ...note];
}

interface WaveBlock {
  readonly title: string;
  readonly lines: readonly string[];
}

function pruneBlocks(plan: Plan): readonly WaveBlock[] {
  const lines = changesOf(plan, 'delete').map(({ id }) => `- delete ${visible(describeObject(id))}`);
  return lines.length === 0 ? [] : [{ title: 'Prune, after the last wave is healthy', lines }];
}

function waveBlocks(plan: Plan): readonly WaveBlock[] {
  const writing = changesOf(plan, 'create', 'update');
  return waves.flatMap((wave) => {
    const steps = wave.steps.flatMap((step) => {
      const lines = writing.filter((change) => change.step === step).flatMap((change) => changeLines(change));
      return lines.length === 0 ? [] : [`@@ step ${step} @@`, ...lines];
    });
    return steps.length === 0 ? [] : [{ title: `Wave ${wave.number} ${wave.name}`, lines: steps }];
  });
}

/** Cuts a wave's lines to what still fits, and says how many are missing. */
function blocksWithin(blocks: readonly WaveBlock[], room: number): readonly string[] {
  let left = room;
  return blocks.map(({ title, lines }) => {
    const shown: string[] = [];
    for (const line of lines) {
      if (left < line.length + 1) {
        break;
      }
      shown.push(line);
      left -= line.length + 1;
    }
    const missing = lines.length - shown.length;
    const note = missing === 0 ? '' : `\n\n… and ${counted(missing, 'line')} more: \`metalwave plan\` shows them all.`;
    return `<details open><summary>${title}</summary>\n\n${diffBlock(shown)}${note}\n\n</details>`;
  });
}

const listedObjects = 50;

function list(items: readonly string[]): readonly string[] {
  const more = items.length - listedObjects;
  return [...items.slice(0, listedObjects).map((item) => `- ${item}`), ...(more > 0 ? [`- … and ${more} more`] : [])];
}

function section(title: string, items: readonly string[]): readonly string[] {
  return items.length === 0 ? [] : [[`**${title}**`, '', ...list(items)].join('\n')];
}

function notes(plan: Plan): readonly string[] {
  const conflicts = changesOf(plan, 'conflict').flatMap((change) =>
    change.conflicts.map(({ manager, field }) => `${named(change.id)}: ${code(field)} is owned by ${code(manager)}`),
  );
  const skipped = changesOf(plan, 'skip').map(({ id, reason }) => `${named(id)}: ${code(reason)}`);
  const orphans = changesOf(plan, 'orphan').map(({ id, reason }) => `${named(id)}: ${code(reason)}`);
  const released = changesOf(plan, 'release').map(({ id, reason }) => `${named(id)}: ${code(reason)}`);
  const reasons = reasonsOf(plan).map(({ reason, remedy }) =>
    [reason, ...(remedy === undefined ? [] : [remedy])].map((text) => code(sentence(text))).join(' '),
  );
  const command = plan.approval?.command;
  const way = command === undefined || reasons.length === 0 ? [] : [`To approve this very plan: ${code(command)}`];
  return [
    ...section('A sync of this plan needs an approval', [...reasons, ...way]),
    ...section('Conflicts: a sync stops before its first write', conflicts),
    ...section('Skipped', skipped),
    ...section('No longer managed; they stay in the cluster', released),
    ...section('No longer in the configuration; they stay in the cluster', orphans),
  ];
}

function transitionBlocks({ transition }: Plan): readonly string[] {
  if (transition === undefined) {
    return [];
  }
  const lines = transitionSentences(transition).map((line) => `- ${code(line)}`);
  return [`**Transition:** addresses change their pool and stay with their Services\n\n${lines.join('\n')}`];
}

function placeOf({ environment, revision, manifests }: Plan): string {
  return manifests === undefined
    ? `${code(environment)} at ${code(revision)}`
    : `${manifests.paths.map((path) => code(path)).join(', ')} against ${code(manifests.live)}`;
}

/**
 * The plan for a pull-request comment. Whatever a value holds, it can't leave its block: no mention, no link, no markup.
 * Never longer than a forge takes.
 */
export function printPlanMarkdown(plan: Plan): string {
  const summary = summarise(plan);
  const head = `### Metalwave plan · ${placeOf(plan)}`;
  const unchanged = summary.unchanged === 0 ? '' : ` ${counted(summary.unchanged, 'object')} unchanged.`;
  const line = hasChanges(plan) ? `**${planLine(summary)}**${unchanged}` : `**No changes.**${unchanged}`;
  const top = [head, line, ...addressBlocks(plan.addresses), ...transitionBlocks(plan)];
  const tail = [...notes(plan), `Plan hash ${code(plan.hash)}`];
  const room = longestBody - [...top, ...tail].join('\n\n').length - 1_000;
  return `${[...top, ...blocksWithin([...waveBlocks(plan), ...pruneBlocks(plan)], room), ...tail].join('\n\n')}\n`;
}
