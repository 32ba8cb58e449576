import type { LocatedFinding } from '../../../domain/finding/finding.ts';
import { printFindings } from '../../../domain/finding/print-findings.ts';
import type { VerbContext } from '../verb.ts';

/** What was found in what a verb works with, on standard error: its own output stays what it is. */
export function showFindings(
  context: VerbContext,
  subject: string,
  { findings, silenced }: { readonly findings: readonly LocatedFinding[]; readonly silenced: number },
): void {
  const shown = context.quiet ? findings.filter((finding) => finding.severity === 'error') : findings;
  if (shown.length > 0) {
    context.err(printFindings(shown, { colour: context.colourErr, silenced }));
  } else if (silenced > 0 && !context.quiet) {
    context.err(`${subject}: no findings (${String(silenced)} silenced).\n`);
  }
}
