import { visibleText } from '../finding/terminal-text.ts';
import type { Json } from '../json.ts';
import type { FieldChange } from '../plan/plan.ts';
import type { Origin } from '../plain-manifests/origin.ts';
import type { ImportNote } from './imported.ts';
import type { ResourceDifference } from './same-meaning.ts';

/** What a plan says of resources that are to stay as they are. */
export interface PlannedImport {
  /** Objects that only get Metalwave's labels. */
  readonly labelled: number;
  /** Objects on which somebody else's label stands where Metalwave's is to be. */
  readonly labelsOfOthers: number;
  /** Sentences about everything else that would change. */
  readonly changes: readonly string[];
}

/** What could not be carried over, for people: where, what and why, what to do. */
export function printNotes(notes: readonly ImportNote[], where: (origin: Origin | undefined) => string): string {
  return notes
    .map(
      ({ origin, message, remedy }) =>
        `${origin === undefined ? '' : `${where(origin)}: `}${message}\n  help: ${remedy}`,
    )
    .map((text) =>
      text
        .split('\n')
        .map((line) => visibleText(line))
        .join('\n'),
    )
    .map((text) => `${text}\n`)
    .join('');
}

function show(value: Json | undefined): string {
  return value === undefined ? 'absent' : visibleText(JSON.stringify(value));
}

function fieldLine({ path, before, after }: FieldChange): string {
  return `  ${path}: ${show(before)} was there, ${show(after)} is rendered\n`;
}

function differenceLines({ resource, state, fields }: ResourceDifference): string {
  const words = {
    missing: 'was there and is not rendered',
    added: 'is rendered and was not there',
    changed: 'is rendered otherwise than it was:',
  };
  return `${visibleText(resource)} ${words[state]}\n${fields.map((field) => fieldLine(field)).join('')}`;
}

/** The outcome of comparing what is rendered with what was there. */
export function printProof(compared: number, differences: readonly ResourceDifference[]): string {
  const resources = compared === 1 ? '1 resource' : `${String(compared)} resources`;
  return differences.length === 0
    ? `Proof: ${resources} rendered equal what was there.\n`
    : `Proof: of ${resources} these are not what was there:\n${differences.map((each) => differenceLines(each)).join('')}`;
}

/** What a plan against the cluster says of what was read from it; undefined where none could be made. */
export function printPlan(plan: PlannedImport | undefined): string {
  if (plan === undefined) {
    return 'Plan: not made, since this account may not change these resources; they were compared field by field alone.\n';
  }
  const { labelled, labelsOfOthers, changes } = plan;
  if (changes.length > 0) {
    return `Plan: a sync would change what is there:\n${changes.map((each) => `  ${visibleText(each)}\n`).join('')}`;
  }
  const labels = labelled > 0 ? `, and ${counted(labelled)} would get Metalwave's labels` : '';
  const others =
    labelsOfOthers > 0
      ? `; on ${counted(labelsOfOthers)} a label is somebody else's until metalwave adopt takes it over`
      : '';
  return `Plan: a sync would change no setting${labels}${others}.\n`;
}

const counted = (count: number): string => (count === 1 ? '1 object' : `${String(count)} objects`);
