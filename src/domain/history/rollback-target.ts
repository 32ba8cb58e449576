import { Failure } from '../failure.ts';
import { newestRun, type Deployed, type History, type RunRecord } from './history.ts';

/** What a rollback deploys, and what it takes back and quarantines. */
export interface RollbackTarget {
  readonly to: RunRecord;
  readonly bad: Deployed;
}

function impossible(message: string, remedy: string): Failure {
  return new Failure({ code: 'rollback-impossible', retry: 'never', message, remedy });
}

/** A revision for people: twelve digits name a commit. */
export function shortRevision(revision: string): string {
  return revision.replace(/^([0-9a-f]{12})[0-9a-f]{28,}/u, '$1');
}

/** The states that were healthy, newest first, each revision once. */
function healthyStates(history: History): readonly RunRecord[] {
  const seen = new Set<string>();
  return history.runs.toReversed().filter((run) => {
    const first = run.outcome === 'healthy' && !seen.has(run.revision);
    seen.add(first ? run.revision : '');
    return first;
  });
}

function known(history: History): string {
  const states = healthyStates(history).map((run) => `${shortRevision(run.revision)} (run ${run.id})`);
  return states.length === 0
    ? 'No run of this environment has ended healthy yet.'
    : `These did: ${states.slice(0, 10).join(', ')}.`;
}

/** What a rollback takes back: what was deployed last, or what a rollback that did not come to its end was taking back. */
function badState(newest: RunRecord): Deployed {
  const unfinished = newest.kind !== 'sync' && newest.outcome !== 'healthy';
  const { revision, renderedHash } = unfinished && newest.replaces !== undefined ? newest.replaces : newest;
  return { revision, renderedHash };
}

function named(history: History, name: string): RunRecord {
  const matches = history.runs.filter(
    ({ id, revision }) =>
      id === name || revision === name || (/^[0-9a-f]{7,}$/u.test(name) && revision.startsWith(name)),
  );
  const revisions = new Set(matches.map(({ revision }) => revision));
  if (revisions.size > 1) {
    throw impossible(`${name} names several revisions`, 'Give more digits, or the run.');
  }
  const healthy = matches.findLast(({ outcome }) => outcome === 'healthy');
  if (healthy === undefined) {
    const why = matches.length === 0 ? 'is no run and no revision in the history' : 'never ended healthy';
    throw impossible(`${name} ${why}, so there is nothing to roll back to`, known(history));
  }
  return healthy;
}

function isQuarantined(history: History, { revision, renderedHash }: Deployed): boolean {
  return history.quarantine.some((one) => one.revision === revision || one.renderedHash === renderedHash);
}

/**
 * Decides where a rollback goes: to the run or revision that is named, else to the last state that was healthy and differs
 * from what is taken back. Throws `rollback-impossible` where there is none.
 */
export function rollbackTarget(history: History, name: string | undefined): RollbackTarget {
  const newest = newestRun(history);
  if (newest === undefined) {
    throw impossible(`Nothing was deployed to ${history.environment} yet`, 'Sync it first.');
  }
  const bad = badState(newest);
  const to =
    name === undefined
      ? healthyStates(history).find((run) => run.renderedHash !== bad.renderedHash && !isQuarantined(history, run))
      : named(history, name);
  if (to === undefined) {
    const message = `There is no earlier state of ${history.environment} that was healthy and differs from ${shortRevision(bad.revision)}`;
    throw impossible(message, known(history));
  }
  if (to.renderedHash === bad.renderedHash) {
    const message = `${shortRevision(to.revision)} and ${shortRevision(bad.revision)} render the same objects: rolling back would change nothing`;
    throw impossible(message, 'Name another state with --to; metalwave history lists them.');
  }
  if (!/^[0-9a-f]{40}(?:[0-9a-f]{24})?$/u.test(to.revision)) {
    const message = `${to.revision} was deployed from files that are no commit, so it can't be read again`;
    throw impossible(message, 'Name a run of a commit with --to; metalwave history lists them.');
  }
  return { to, bad };
}
