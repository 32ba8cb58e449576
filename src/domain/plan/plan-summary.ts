import type { ApprovalReason, Change, ChangeAction, Plan } from './plan.ts';

export interface PlanSummary {
  readonly add: number;
  readonly change: number;
  readonly destroy: number;
  readonly unchanged: number;
  readonly conflicts: number;
  readonly skipped: number;
  /** No longer in the configuration, and left in the cluster. */
  readonly orphans: number;
  /** Left in the cluster and no longer managed. */
  readonly released: number;
}

/** The changes with one of these actions. */
export function changesOf<A extends ChangeAction>(
  plan: Plan,
  ...actions: readonly A[]
): readonly Extract<Change, { readonly action: A }>[] {
  const wanted: ReadonlySet<string> = new Set(actions);
  return plan.changes.filter((change): change is Extract<Change, { readonly action: A }> => wanted.has(change.action));
}

/** How many objects each thing happens to. */
export function summarise(plan: Plan): PlanSummary {
  return {
    add: changesOf(plan, 'create').length,
    change: changesOf(plan, 'update').length,
    destroy: changesOf(plan, 'delete').length,
    unchanged: changesOf(plan, 'keep').length,
    conflicts: changesOf(plan, 'conflict').length,
    skipped: changesOf(plan, 'skip').length,
    orphans: changesOf(plan, 'orphan').length,
    released: changesOf(plan, 'release').length,
  };
}

/** True where a sync has something to write or would be refused. Orphans, released and skipped objects are no changes. */
export function hasChanges(plan: Plan): boolean {
  return changesOf(plan, 'create', 'update', 'delete', 'conflict').length > 0;
}

/** What a sync of the plan asks a person to agree to; the rails alone where nobody has looked at the budget. */
export function reasonsOf(plan: Plan): readonly ApprovalReason[] {
  return plan.approval?.reasons ?? plan.rails;
}

/** With a capital at its start and a full stop at its end. */
export function sentence(text: string): string {
  const start = text.slice(0, 1).toUpperCase() + text.slice(1);
  return /[.?!]$/u.test(start) ? start : `${start}.`;
}

/** Terraform's line, word for word: tools of the field read it. */
export function planLine({ add, change, destroy }: PlanSummary): string {
  return `Plan: ${add} to add, ${change} to change, ${destroy} to destroy.`;
}

/** `1 object`, `3 objects`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
