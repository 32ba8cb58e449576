import { countFindings, describeCounts } from '../count-findings.ts';
import type { LocatedFinding, Severity } from '../finding.ts';
import { visibleText } from '../terminal-text.ts';
import { type FindingsReport, fullMessage, wellFormed } from './findings-report.ts';

/** GitHub shows this many of each kind a step and drops the others without a word. */
const mostShown = 10;
const commands: { readonly [S in Severity]: string } = { error: 'error', warning: 'warning', info: 'notice' };

/** `%`, CR and LF would end or bend a command. */
function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

/** In a property `:` and `,` are separators besides. */
function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

function annotation(finding: LocatedFinding): string {
  const { file, line, column, endColumn } = finding.place;
  const properties = [
    `file=${escapeProperty(wellFormed(file))}`,
    `line=${String(line)}`,
    `endLine=${String(line)}`,
    `col=${String(column)}`,
    `endColumn=${String(Math.max(endColumn, column))}`,
    `title=${escapeProperty(finding.code)}`,
  ];
  return `::${commands[finding.severity]} ${properties.join(',')}::${escapeData(visibleText(fullMessage(finding)))}\n`;
}

/**
 * Workflow commands for GitHub Actions, the most severe first, no more than it shows. Where some are left out a last notice
 * says how many, and how to see them.
 */
export function githubAnnotations({ findings }: FindingsReport): string {
  const of = (severity: Severity): readonly LocatedFinding[] =>
    findings.filter((finding) => finding.severity === severity);
  const [errors, warnings, notes] = [of('error'), of('warning'), of('info')];
  const first = [...errors.slice(0, mostShown), ...warnings.slice(0, mostShown)];
  // The notice about the rest is one of the notices that are shown.
  const shown = [...first, ...notes.slice(0, mostShown - 1)];
  const rest =
    shown.length === findings.length
      ? ''
      : `::notice title=metalwave::${String(findings.length - shown.length)} more are not shown here (${describeCounts(countFindings(findings))} in all); metalwave validate prints them.\n`;
  return `${shown.map((finding) => annotation(finding)).join('')}${rest}`;
}
