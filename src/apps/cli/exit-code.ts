import type { Failure } from '../../domain/failure.ts';
import type { FailureNote, RunOutcome } from '../../domain/report/run-event.ts';

/** One meaning for every verb. `plan --detailed-exitcode` alone uses 2 for "there are changes", as Terraform does. */
export const exitCode = { good: 0, failed: 1, couldNotRun: 2, gate: 3, interrupted: 130 } as const;
export type ExitCode = (typeof exitCode)[keyof typeof exitCode];

interface EndedRun {
  readonly outcome: RunOutcome;
  readonly failure: FailureNote | undefined;
}

/** Approvals and gates are 3; a run that got as far as the cluster and failed there is 1; what kept it from running is 2. */
export function exitCodeOf(failure: Failure): ExitCode {
  return exitCodeOfCode(failure.code);
}

const gates: ReadonlySet<FailureNote['code']> = new Set(['approval-needed', 'suspended', 'quarantined']);
const failures: ReadonlySet<FailureNote['code']> = new Set([
  'health-timeout',
  'field-conflict',
  'object-invalid',
  'admission-refused',
  'configuration-refused',
  'object-changed',
  'lock-held',
  'lock-lost',
  'rollback-impossible',
]);

function exitCodeOfCode(code: FailureNote['code']): ExitCode {
  if (gates.has(code)) {
    return exitCode.gate;
  }
  return failures.has(code) ? exitCode.failed : exitCode.couldNotRun;
}

/** How a run ended, as an exit code. */
export function exitCodeOfRun({ outcome, failure }: EndedRun): ExitCode {
  if (outcome === 'healthy') {
    return exitCode.good;
  }
  if (outcome === 'cancelled') {
    return exitCode.interrupted;
  }
  return outcome === 'refused' && failure !== undefined && gates.has(failure.code) ? exitCode.gate : exitCode.failed;
}
