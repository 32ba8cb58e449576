import type { Change } from '../domain/plan/plan.ts';
import { objectKey } from '../domain/manifest/object-id.ts';
import { pruneGroup } from './prune-step.ts';
import type { ApplyRun, Progress, Stop } from './run-progress.ts';
import { pruneRunOf } from './run-transition.ts';

type Deletion = Extract<Change, { readonly action: 'delete' }>;

function isWebhookDeletion(change: Change): change is Deletion {
  return change.action === 'delete' && change.id.kind === 'ValidatingWebhookConfiguration';
}

/**
 * Deletes webhook configurations that are no longer wanted before anything is written: the controller of this very run
 * no longer answers for them, and then they refuse every write to the objects they check.
 */
export async function retireWebhooks(run: ApplyRun, progress: Progress): Promise<Stop | undefined> {
  const deletions = run.plan.changes.filter(isWebhookDeletion);
  const stop = deletions.length === 0 ? undefined : await pruneGroup(pruneRunOf(run, progress), deletions);
  if (stop === undefined) {
    for (const { id } of deletions) {
      progress.done.add(objectKey(id));
    }
  }
  return stop;
}
