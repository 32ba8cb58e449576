import { newestRun, type History } from '../history/history.ts';
import type { Inventory } from '../inventory/inventory.ts';
import { objectKey } from '../manifest/object-id.ts';
import type { Change, Plan } from '../plan/plan.ts';

const writing: ReadonlySet<Change['action']> = new Set(['create', 'update', 'delete', 'release', 'forget']);

function isConfirmed(change: Change, inventory: Inventory): boolean {
  if (change.action !== 'keep') {
    return true;
  }
  const entry = inventory.entries.get(objectKey(change.id));
  return entry?.state === 'applied' && entry.hash === change.hash && entry.uid === change.live.uid;
}

/**
 * Whether a run has anything to write, be it only that this revision is deployed and healthy now. A run that hasn't takes
 * no lock and leaves no trace in the cluster.
 */
export function hasWork(plan: Plan, inventory: Inventory, history: History): boolean {
  const newest = newestRun(history);
  return (
    inventory.revision !== plan.revision ||
    inventory.file?.last.digest !== (plan.file ?? inventory.file?.last)?.digest ||
    newest?.outcome !== 'healthy' ||
    newest.revision !== plan.revision ||
    plan.changes.some((change) => writing.has(change.action) || !isConfirmed(change, inventory))
  );
}
