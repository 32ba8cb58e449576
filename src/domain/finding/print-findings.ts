import { countFindings, describeCounts, mostFindingsShown } from './count-findings.ts';
import type { LocatedFinding, Severity } from './finding.ts';
import { sourceExcerpt } from './source-excerpt.ts';
import { visibleText } from './terminal-text.ts';

export interface FindingsStyle {
  readonly colour: boolean;
  /** How many more comments of the files allow. */
  readonly silenced?: number;
}

/** Select Graphic Rendition codes (ECMA-48, section 8.3.117). */
const severityColour: { readonly [S in Severity]: string } = { error: '1;31', warning: '1;33', info: '1;34' };
const bold = '1';
const dim = '2';

function paint(text: string, code: string, style: FindingsStyle): string {
  return style.colour ? `\u001B[${code}m${text}\u001B[0m` : text;
}

function printFinding(finding: LocatedFinding, style: FindingsStyle): string {
  const { place } = finding;
  const where = `${visibleText(place.file)}:${String(place.line)}:${String(place.column)}`;
  const what = paint(`${finding.severity} ${finding.code}`, severityColour[finding.severity], style);
  const head = `${paint(where, bold, style)} ${what}: ${visibleText(finding.message)}`;
  const number = String(place.line);
  const margin = ' '.repeat(number.length);
  const excerpt = sourceExcerpt(place);
  const source =
    place.text.trim() === ''
      ? []
      : [
          `  ${paint(`${number} |`, dim, style)} ${excerpt.line}`,
          `  ${paint(`${margin} |`, dim, style)} ${paint(excerpt.marks, severityColour[finding.severity], style)}`,
        ];
  const help = `  ${paint('help:', bold, style)} ${visibleText(finding.remedy)}`;
  return [head, ...source, help, ''].join('\n');
}

/**
 * Findings for people: place, code and cause, the source line with carets, the way out; the counts at the end. No
 * findings give no text. What could steer a terminal is made visible.
 */
export function printFindings(findings: readonly LocatedFinding[], style: FindingsStyle): string {
  if (findings.length === 0) {
    return '';
  }
  const shown = findings.slice(0, mostFindingsShown).map((finding) => `${printFinding(finding, style)}\n`);
  const hidden = findings.length - shown.length;
  const more = hidden > 0 ? ` (${String(hidden)} more are not shown)` : '';
  const { silenced = 0 } = style;
  const allowed = silenced > 0 ? `, ${String(silenced)} silenced` : '';
  return `${shown.join('')}${describeCounts(countFindings(findings))}${allowed}${more}\n`;
}
