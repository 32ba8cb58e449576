import type { ApprovalReason, Plan } from '../plan/plan.ts';
import type { FailureNote } from '../report/run-event.ts';
import { budgetReasons } from './impact-budget.ts';

/** All that a plan asks a person to agree to: Services beyond the budget, and deletions with a rail. */
export function approvalReasons(plan: Plan, budget: number): readonly ApprovalReason[] {
  const rails = plan.rails.map(({ reason, remedy }) => ({ reason, remedy }));
  return [...budgetReasons(plan.changes, plan.addresses, budget), ...rails];
}

/** The command line that agrees to the plan of this hash. */
export function approvalCommand(command: string, hash: string): string {
  return `${command} --approve ${hash}`;
}

/** What was given with `--approve`: it covers all that the very plan of this hash asks for, and nothing else. */
export interface GivenApproval {
  readonly planHash: string;
}

const shown = 20;

/** `sha256:` may be left out, as people copy hashes. */
export function approvalOf(text: string): GivenApproval | undefined {
  const hex = /^(?:sha256:)?([0-9a-f]{64})$/u.exec(text.trim().toLowerCase())?.[1];
  return hex === undefined ? undefined : { planHash: `sha256:${hex}` };
}

/**
 * Whether a plan may be carried out: undefined where nothing asks for an approval or the one given is for this very plan;
 * else why not, with the command that approves it.
 */
export function approvalRefusal(
  plan: { readonly environment: string; readonly hash: string },
  reasons: readonly ApprovalReason[],
  given: GivenApproval | undefined,
  command: string,
): FailureNote | undefined {
  if (reasons.length === 0 || given?.planHash === plan.hash) {
    return undefined;
  }
  const stale =
    given === undefined
      ? ''
      : `The approval was for the plan ${given.planHash}, and that is no longer the plan: something has changed since. `;
  const list = reasons.slice(0, shown).map(({ reason }) => reason);
  const rest = reasons.length - list.length;
  const more = rest > 0 ? [`and ${rest} more`] : [];
  const ways = [...new Set(reasons.flatMap(({ remedy }) => (remedy === undefined ? [] : [remedy])))].slice(0, 3);
  return {
    code: 'approval-needed',
    message: `${stale}This plan needs an approval: ${[...list, ...more].join('; ')}`,
    remedy: [`To approve this very plan: ${approvalCommand(command, plan.hash)}`, ...ways].join('. '),
  };
}
