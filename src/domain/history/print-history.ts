import { describeHolder, type LockHolder } from '../lock/lease.ts';
import type { Palette } from '../palette.ts';
import { visible } from '../plan/format-field.ts';
import { formatUtc } from '../time/utc-time.ts';
import { shownRuns, type ShownRun } from './abandoned-runs.ts';
import type { History, RunRecord } from './history.ts';
import { shortRevision } from './rollback-target.ts';

function duration(ms: number | undefined): string {
  if (ms === undefined) {
    return '-';
  }
  const seconds = ms / 1000;
  return seconds < 100 ? `${seconds.toFixed(1)} s` : `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}

function countWords(run: RunRecord): string {
  const words = Object.entries(run.counts)
    .filter(([result, count]) => count > 0 && result !== 'unchanged')
    .map(([result, count]) => `${count} ${result}`);
  return words.length === 0 ? 'nothing written' : words.join(', ');
}

function waveWords(run: RunRecord): readonly string[] {
  const words = run.waves.map(({ wave, durationMs }) => `${wave} ${duration(durationMs)}`);
  return words.length === 0 ? [] : [`waves ${words.join(', ')}`];
}

function serviceWords({ services }: RunRecord): readonly string[] {
  return services === undefined || services.count === 0
    ? []
    : [`${services.count} Service${services.count === 1 ? '' : 's'} affected: ${services.names.join(', ')}`];
}

function runLines({ run, interrupted }: ShownRun, history: History, paint: Palette): readonly string[] {
  const { outcome, kind, revision, by, attempt } = run;
  const word = paint(outcome === 'healthy' ? 'green' : 'yellow', outcome.padEnd(11));
  const what = kind === 'sync' ? '' : ` ${kind}`;
  const again = attempt > 1 ? ` (attempt ${attempt})` : '';
  const head = `${run.id}  ${word} ${shortRevision(visible(revision))}${what}${again}  ${duration(run.durationMs)}  ${visible(by)}`;
  const approved = history.approvals.filter((approval) => approval.run === run.id);
  const details = [
    [countWords(run), ...waveWords(run), ...serviceWords(run)].join('; '),
    ...(run.signer === undefined ? [] : [`commit signed by ${visible(run.signer)}`]),
    ...approved.map((approval) => `plan ${approval.planHash.slice(0, 19)} approved by ${visible(approval.by)}`),
    ...(run.replaces === undefined ? [] : [`took back ${shortRevision(visible(run.replaces.revision))}`]),
    ...(run.reason === undefined ? [] : [visible(run.reason)]),
    ...interrupted.map((one) => `goes on from ${one.id} by ${visible(one.by)}, which was interrupted`),
  ];
  return [head, ...details.map((line) => `    ${line}`)];
}

function stateLines({ suspension, quarantine }: History, paint: Palette): readonly string[] {
  return [
    ...(suspension === undefined
      ? []
      : [
          `  ${paint('yellow', 'suspended')}      since ${formatUtc(suspension.at)} by ${visible(suspension.by)}: ${visible(suspension.reason)}`,
        ]),
    ...quarantine.map(
      ({ revision, at, by, reason }) =>
        `  ${paint('yellow', 'quarantined')}    ${shortRevision(visible(revision))} since ${formatUtc(at)} by ${visible(by)}: ${visible(reason)}`,
    ),
  ];
}

/** The runs of an environment, newest first, with what stands in the way of the next one. */
export function printHistory(history: History, paint: Palette): string {
  const state = stateLines(history, paint);
  const runs = shownRuns(history.runs).flatMap((shown) => runLines(shown, history, paint));
  const none = `No run of ${history.environment} is recorded yet.`;
  return `${[...state, ...(runs.length === 0 ? [none] : runs)].join('\n')}\n`;
}

/** What a status says beside the objects: who is at work, what stands in the way, and how the last runs went. */
export function printOperations(history: History, holder: LockHolder | undefined, paint: Palette): string {
  const last = history.runs
    .slice(-3)
    .toReversed()
    .map(
      ({ id, outcome, kind, revision, by }) =>
        `  run            ${id}  ${outcome}  ${kind} of ${shortRevision(visible(revision))} by ${visible(by)}`,
    );
  const lock = holder === undefined ? [] : [`  locked         by ${visible(describeHolder(holder))}`];
  const lines = [...lock, ...stateLines(history, paint), ...last];
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`;
}
