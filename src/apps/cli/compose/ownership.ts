import { describeObject } from '../../../domain/manifest/object-id.ts';
import type { OwnershipResult } from '../../../engine/adopt-environment.ts';
import { exitCode, type ExitCode } from '../exit-code.ts';
import type { VerbContext } from '../verb.ts';

/** Says what went wrong object by object; its code is the verb's. */
export function tellFailures(context: VerbContext, { failures }: OwnershipResult): ExitCode {
  for (const { id, failure } of failures) {
    const help = failure.remedy === undefined ? '' : `\n  help: ${failure.remedy}`;
    context.err(`${describeObject(id)}: ${failure.message}${help}\n`);
  }
  return failures.length > 0 ? exitCode.failed : exitCode.good;
}
