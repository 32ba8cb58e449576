import type { SyncView } from '../../../adapters/terminal/sync-view.ts';
import { systemHost } from '../../../adapters/system/host.ts';
import { Failure, isFailure } from '../../../domain/failure.ts';
import { quarantine } from '../../../domain/history/change-history.ts';
import type { Deployed, RunKind } from '../../../domain/history/history.ts';
import { rollbackTarget, shortRevision, type RollbackTarget } from '../../../domain/history/rollback-target.ts';
import type { ApplyResult } from '../../../engine/apply-plan.ts';
import { readHistory, updateHistory } from '../../../engine/keep-history.ts';
import type { VerbContext } from '../verb.ts';
import { commandAsTyped } from './command-as-typed.ts';
import { loadOne, type ReadyEnvironment } from './environment.ts';
import type { NamedCluster } from './named-cluster.ts';
import { runEnvironment } from './run.ts';

/** A rollback that was decided: what is deployed, and from where. */
export interface PreparedRollback {
  readonly target: RollbackTarget;
  readonly ready: ReadyEnvironment;
}

/** The same call, for one environment at one commit. */
function contextAt(context: VerbContext, environment: string, revision: string): VerbContext {
  const given = new Map([
    ['env', environment],
    ['revision', revision],
  ]);
  return { ...context, options: { ...context.options, text: (name) => given.get(name) ?? context.options.text(name) } };
}

async function loadAt(context: VerbContext, environment: string, revision: string): Promise<ReadyEnvironment> {
  let ready: ReadyEnvironment | undefined;
  let cause: unknown;
  try {
    ready = await loadOne(contextAt(context, environment, revision));
  } catch (error) {
    if (!isFailure(error)) {
      throw error;
    }
    cause = error;
  }
  if (ready === undefined) {
    const why = cause instanceof Failure ? cause.message : 'it has errors by the rules of this version of Metalwave';
    throw new Failure({
      code: 'rollback-impossible',
      retry: 'later',
      message: `The configuration at ${shortRevision(revision)} can't be used: ${why}`,
      remedy: 'A rollback reads that commit anew: --config-repo must be the Git repository that holds it.',
      cause,
    });
  }
  return ready;
}

/** Decides what a rollback deploys, and reads it. Changes nothing. */
export async function prepareRollback(
  context: VerbContext,
  cluster: NamedCluster,
  to: string | undefined,
): Promise<PreparedRollback> {
  const target = rollbackTarget(await readHistory(cluster), to);
  return { target, ready: await loadAt(context, cluster.environment, target.to.revision) };
}

/** The command that carries out this very rollback. */
export function rollbackCommand(context: VerbContext, { target, ready }: PreparedRollback): string {
  return commandAsTyped(context, ['rollback', '--env', ready.environment.name, '--to', target.to.id], ['revision']);
}

/** Deploys what was decided, by the same road as a sync. */
export function carryOutRollback(
  context: VerbContext,
  { target, ready }: PreparedRollback,
  view: SyncView,
  how: { readonly kind: RunKind; readonly reason: string },
): Promise<ApplyResult> {
  const to = target.to.revision;
  context.err(
    `Rolling ${ready.environment.name} back from ${shortRevision(target.bad.revision)} to ${shortRevision(to)}.\n`,
  );
  return runEnvironment(context, ready, view, {
    kind: how.kind,
    attempt: 1,
    replaces: { ...target.bad, reason: how.reason },
    command: rollbackCommand(context, { target, ready }),
    approvable: how.kind === 'rollback',
  });
}

/** Puts a revision away before anything is rolled back, so that it stays away whatever becomes of the rollback. */
export async function putAway(cluster: NamedCluster, bad: Deployed, reason: string): Promise<void> {
  const by = { by: systemHost.by, at: cluster.clock.now() };
  await updateHistory(cluster, (history) => quarantine(history, { ...bad, reason, ...by }));
}
