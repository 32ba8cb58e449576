import { systemClock } from '../../../adapters/system/clock.ts';
import { systemHost } from '../../../adapters/system/host.ts';
import type { SyncView } from '../../../adapters/terminal/sync-view.ts';
import { Failure, isFailure } from '../../../domain/failure.ts';
import { printPlan } from '../../../domain/plan/print-plan.ts';
import type { RunRetry } from '../../../domain/guard/run-retry.ts';
import type { ApplyResult } from '../../../engine/apply-plan.ts';
import { retryRuns } from '../../../engine/retry-runs.ts';
import { openCluster } from '../compose/cluster.ts';
import { commandAsTyped } from '../compose/command-as-typed.ts';
import { loadOne, type ReadyEnvironment } from '../compose/environment.ts';
import { paletteFor } from '../compose/palette.ts';
import { planFor } from '../compose/plan.ts';
import { carryOutRollback, prepareRollback, putAway } from '../compose/roll-back.ts';
import { runEnvironment, syncViewFor } from '../compose/run.ts';
import { exitCode, exitCodeOfRun } from '../exit-code.ts';
import { clusterOptions, environmentOption, runExits, runOptions, sourceOptions } from '../option-sets.ts';
import type { Verb, VerbContext } from '../verb.ts';

function usage(message: string, remedy: string): Failure {
  return new Failure({ code: 'usage', retry: 'never', message, remedy });
}

function refuseDirtyTree(context: VerbContext, revision: string): void {
  if (revision.endsWith('+dirty') && !context.options.flag('allow-dirty')) {
    throw usage(
      `the configuration has changes that are not committed (${revision})`,
      'Commit them, or sync all the same with --allow-dirty.',
    );
  }
}

async function loadForSync(context: VerbContext): Promise<ReadyEnvironment | undefined> {
  const ready = await loadOne(context);
  if (ready !== undefined) {
    refuseDirtyTree(context, ready.revision);
  }
  return ready;
}

function retryFor(context: VerbContext, { environment }: ReadyEnvironment): RunRetry {
  const text = context.options.text('retry-limit');
  if (text === undefined) {
    return environment.sync.retry;
  }
  if (!/^\d{1,3}$/u.test(text)) {
    throw usage(`--retry-limit ${text} is no number from 0 to 999`, '0 never tries again.');
  }
  return { ...environment.sync.retry, limit: Number(text) };
}

/** Takes back what lost health, where the configuration asks for it. The sync has failed either way. */
async function rollBackAutomatically(
  context: VerbContext,
  { environment }: ReadyEnvironment,
  view: SyncView,
): Promise<void> {
  const cluster = await openCluster(context, environment);
  const { signal } = context;
  const named = { environment: environment.name, reader: cluster, writer: cluster, clock: systemClock, signal };
  const reason = 'a wave did not become healthy; taken back automatically';
  try {
    const prepared = await prepareRollback(context, named, undefined);
    await putAway(named, prepared.target.bad, reason);
    await carryOutRollback(context, prepared, view, { kind: 'automatic-rollback', reason });
  } catch (error) {
    if (!isFailure(error)) {
      throw error;
    }
    context.err(`No automatic rollback: ${error.message}\n`);
  }
}

/** A run that wrote nothing didn't break anything. */
function asksForRollback(result: ApplyResult, { environment }: ReadyEnvironment): boolean {
  return environment.sync.rollbackOnFailure && result.outcome === 'unhealthy' && result.applied > 0;
}

async function syncAll(context: VerbContext, ready: ReadyEnvironment, view: SyncView): Promise<ApplyResult> {
  const series = {
    clock: systemClock,
    host: systemHost,
    signal: context.signal,
    emit: view.show,
    retry: retryFor(context, ready),
    load: () => loadForSync(context),
    run: (loaded: ReadyEnvironment, attempt: number) =>
      runEnvironment(context, loaded, view, {
        kind: 'sync',
        attempt,
        replaces: undefined,
        command: commandAsTyped(context, ['sync', '--env', loaded.environment.name]),
        approvable: true,
      }),
  };
  const { result, loaded } = await retryRuns(series, ready);
  if (asksForRollback(result, loaded)) {
    await rollBackAutomatically(context, loaded, view);
  }
  return result;
}

export const sync: Verb = {
  usage: '--env ENV [--dry-run] [--approve HASH] [--wait] [-o text|jsonl]',
  about:
    'Applies an environment to its cluster: wave by wave, within a step in parallel, and each step waits until what it\napplied is healthy. Stopping it is safe at any time; running it again goes on from there. Only one run at a time\nworks on an environment. A run that fails is tried again as sync.retry says, with what the source holds by then.',
  options: {
    ...environmentOption,
    ...sourceOptions,
    ...clusterOptions,
    ...runOptions,
    'allow-dirty': { type: 'boolean', description: 'sync a working tree with uncommitted changes' },
    'retry-limit': {
      type: 'string',
      value: 'N',
      description: 'how often a failed run is tried again (default: sync.retry.limit)',
    },
  },
  examples: [
    'metalwave sync --env dev',
    'metalwave sync --env prod --revision v12 -o jsonl',
    'metalwave sync --env dev --dry-run',
  ],
  exits: runExits,
  async run(context) {
    const ready = await loadOne(context);
    if (ready === undefined) {
      return exitCode.failed;
    }
    if (context.options.flag('dry-run')) {
      context.out(printPlan((await planFor(context, ready)).plan, paletteFor(context.colourOut)));
      return exitCode.good;
    }
    refuseDirtyTree(context, ready.revision);
    const view = syncViewFor(context);
    try {
      return exitCodeOfRun(await syncAll(context, ready, view));
    } finally {
      view.close();
    }
  },
};
