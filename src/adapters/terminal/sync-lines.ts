import { describeObject } from '../../domain/manifest/object-id.ts';
import { visibleText } from '../../domain/finding/terminal-text.ts';
import type { FailureNote, RunEvent, RunOutcome, Waiting } from '../../domain/report/run-event.ts';
import type { Palette } from '../../domain/palette.ts';

/** Seconds with one decimal, minutes from 100 s on. */
export function formatDuration(ms: number): string {
  const seconds = ms / 1000;
  return seconds < 100 ? `${seconds.toFixed(1)} s` : `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}

function count(amount: number, noun: string): string {
  return `${amount} ${noun}${amount === 1 ? '' : 's'}`;
}

function failureLines(failure: FailureNote, indent: string): readonly string[] {
  return [`${indent}${failure.message}`, ...(failure.remedy === undefined ? [] : [`${indent}help: ${failure.remedy}`])];
}

/** What a gate waits for: the object, how long already, its state, and the evidence. */
export function waitingLines(waiting: readonly Waiting[], now: number, most: number): readonly string[] {
  const shown = waiting
    .slice(0, most)
    .flatMap((one) => [
      `    ${describeObject(one.id)}: ${one.health.message} (for ${formatDuration(now - one.since)})`,
      ...one.evidence.slice(0, 3).map((line) => `      ${line}`),
    ]);
  const rest = waiting.length - most;
  return rest > 0 ? [...shown, `    and ${rest} more`] : shown;
}

const outcomeWords: { readonly [outcome in RunOutcome]: string } = {
  healthy: 'Sync complete: everything is applied and healthy',
  failed: 'Sync failed',
  unhealthy: 'Sync stopped: a wave did not become healthy in time',
  cancelled: 'Sync interrupted',
  refused: 'Sync refused: nothing was written',
};

function finishedLines(event: RunEvent & { readonly type: 'run-finished' }, paint: Palette): readonly string[] {
  const good = event.outcome === 'healthy';
  const written = event.outcome === 'refused' ? '' : `${count(event.applied, 'object')} written, `;
  const head = `${outcomeWords[event.outcome]} (${written}${formatDuration(event.durationMs)}).`;
  const lines = ['', paint(good ? 'green' : 'red', head)];
  if (event.failure !== undefined) {
    lines.push(...failureLines(event.failure, '  '));
  }
  if (!good && event.outcome !== 'refused' && event.failure?.code !== 'lock-lost') {
    lines.push('  What is applied stays as it is; running the sync again goes on from here.');
  }
  return lines;
}

/** What a step has done so far. */
export interface StepTally {
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
}

export const emptyTally: StepTally = { created: 0, updated: 0, unchanged: 0 };

/** `2 created, 1 unchanged`: what was done, the most telling first. */
export function tallyWords(tally: StepTally): string {
  const words = (['created', 'updated', 'unchanged'] as const)
    .filter((result) => tally[result] > 0)
    .map((result) => `${tally[result]} ${result}`);
  return words.join(', ');
}

function shortRevision(revision: string): string {
  return revision.replace(/^([0-9a-f]{12})[0-9a-f]{28,}/u, '$1');
}

/** Who has taken the configuration, who could not be asked, and what the Services hold. */
function checkedLines(event: RunEvent & { readonly type: 'metallb-checked' }, paint: Palette): readonly string[] {
  const { taken, unknown, services } = event;
  const words = [];
  if (taken > 0) {
    words.push(`the configuration is taken by ${count(taken, 'program')}`);
  }
  if (services !== undefined && services.good > 0) {
    words.push(`${count(services.good, 'Service')} as planned`);
  }
  const lines = words.length === 0 ? [] : [`  ${paint('green', '✓')} ${words.join(', ')}`];
  const [first] = unknown;
  if (first !== undefined) {
    const who = unknown.length === 1 ? first.pod : `${unknown.length} programs of MetalLB`;
    lines.push(
      `  ${paint('yellow', '-')} ${who} ${first.why}${services === undefined ? '' : '; Services alone are judged'}`,
    );
  }
  const pending = services?.pending ?? [];
  if (pending.length > 0) {
    const named = pending.slice(0, 5).join(', ');
    const more = pending.length > 5 ? ` and ${pending.length - 5} more` : '';
    lines.push(`  ${paint('yellow', '-')} still without an address, as before the sync: ${named}${more}`);
  }
  return lines;
}

type ChangingEvent = Extract<RunEvent, { readonly type: (typeof changing)[number] }>;

const changing = [
  'transition-started',
  'transition-finished',
  'metallb-checked',
  'prune-started',
  'prune-finished',
  'object-pruned',
] as const;

/** Events that only move what is redrawn. */
const progress = ['step-started', 'object-applied', 'step-waiting', 'prune-waiting'] as const;

export function isProgress(event: RunEvent): event is Extract<RunEvent, { readonly type: (typeof progress)[number] }> {
  return progress.some((type) => type === event.type);
}

function isChanging(event: RunEvent): event is ChangingEvent {
  return changing.some((type) => type === event.type);
}

/** The lines of what changes hands or goes, and of MetalLB's word on it. */
function changingLines(event: ChangingEvent, paint: Palette): readonly string[] {
  switch (event.type) {
    case 'transition-started':
      return event.moves.map(({ from, to, ranges }) => `  ${ranges} goes from pool ${from} to pool ${to}`);
    case 'transition-finished':
      return [`  ${paint('green', '✓')} ${'transition'.padEnd(15)} every pool has its addresses`];
    case 'metallb-checked':
      return checkedLines(event, paint);
    case 'prune-started':
      return ['', paint('bold', 'Prune') + ` (${count(event.objects, 'object')} no longer in the configuration)`];
    case 'object-pruned':
      return [
        `  ${paint(event.result === 'deleted' ? 'red' : 'yellow', '-')} ${describeObject(event.id)}: ${event.result}`,
      ];
    case 'prune-finished':
      return [paint('green', '  pruned') + ` (${formatDuration(event.durationMs)})`];
  }
}

/**
 * The lasting lines of one event: the log of a run where nothing is redrawn. Events that only move progress give none.
 * `tally` is what the step of the event has done.
 */
export function linesOf(event: RunEvent, tally: StepTally, paint: Palette): readonly string[] {
  if (isProgress(event)) {
    return [];
  }
  if (isChanging(event)) {
    return changingLines(event, paint);
  }
  switch (event.type) {
    case 'run-started': {
      const signed = event.signer === undefined ? '' : `, signed by ${visibleText(event.signer)}`;
      return [
        `Sync of ${paint('bold', event.environment)} at ${shortRevision(event.revision)}${signed}: ${event.toCreate} to add, ${event.toUpdate} to change, ${event.unchanged} unchanged.`,
      ];
    }
    case 'wave-started':
      return ['', paint('bold', `Wave ${event.wave} ${event.name}`) + ` (${count(event.objects, 'object')})`];
    case 'object-skipped':
      return [`  ${paint('yellow', '-')} ${describeObject(event.id)}: skipped, ${event.reason}`];
    case 'object-retried':
      return [
        `  ${paint('yellow', '!')} ${describeObject(event.id)}: ${event.failure.message}; trying again in ${formatDuration(event.delayMs)}`,
      ];
    case 'object-failed':
      return [`  ${paint('red', 'x')} ${describeObject(event.id)}:`, ...failureLines(event.failure, '      ')];
    case 'step-healthy':
      return [
        `  ${paint('green', '✓')} ${event.step.padEnd(15)} ${tallyWords(tally).padEnd(24)} healthy (${formatDuration(event.durationMs)})`,
      ];
    case 'wave-healthy':
      return [paint('green', `  wave ${event.wave} is healthy`) + ` (${formatDuration(event.durationMs)})`];
    case 'wave-stopped':
      return [
        paint('red', `  x wave ${event.wave} stopped at ${event.step}: ${event.reason}`),
        ...waitingLines(event.waiting, event.at, 10),
      ];
    case 'run-retrying':
      return [
        `${paint('yellow', 'Trying again')} in ${formatDuration(event.delayMs)} (attempt ${event.attempt} of ${event.lastAttempt}).`,
      ];
    case 'run-finished':
      return finishedLines(event, paint);
  }
}
