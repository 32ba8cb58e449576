import { type Failure, isFailure } from '../../domain/failure.ts';

/** One meaning for every verb. `plan --detailed-exitcode` alone uses 2 for "there are changes", as Terraform does. */
export const exitCode = { good: 0, failed: 1, couldNotRun: 2, gate: 3, interrupted: 130 } as const;
export type ExitCode = (typeof exitCode)[keyof typeof exitCode];

/** Approvals and gates are 3; a run that got as far as the cluster and failed there is 1; what kept it from running is 2. */
export function exitCodeOf(failure: Failure): ExitCode {
  if (isFailure(failure, 'approval-needed')) {
    return exitCode.gate;
  }
  return isFailure(failure, 'health-timeout', 'field-conflict', 'object-invalid', 'admission-refused', 'object-changed')
    ? exitCode.failed
    : exitCode.couldNotRun;
}
