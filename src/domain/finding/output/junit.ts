import type { LocatedFinding } from '../finding.ts';
import { visibleText } from '../terminal-text.ts';
import { type FindingsReport, fullMessage } from './findings-report.ts';

const entities: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&apos;'],
]);

/** Text for an attribute or an element. XML 1.0, section 2.2, has no control characters, surrogates, U+FFFE and U+FFFF. */
function escapeXml(text: string): string {
  return visibleText(text)
    .replaceAll(/[\uFFFE\uFFFF]/gu, '\uFFFD')
    .replaceAll(/[&<>"']/gu, (character) => entities.get(character) ?? character);
}

function testCase(finding: LocatedFinding): string {
  const { file, line, column } = finding.place;
  const where = `${String(line)}:${String(column)}`;
  const name = escapeXml(`${finding.code} at ${where}: ${finding.message}`);
  const text = escapeXml(`${file}:${where} ${finding.severity} ${finding.code}: ${fullMessage(finding)}`);
  const inner =
    finding.severity === 'error'
      ? `<failure message="${escapeXml(finding.message)}" type="${finding.code}">${text}</failure>`
      : `<system-out>${text}</system-out>`;
  return `    <testcase name="${name}" classname="${escapeXml(file)}">${inner}</testcase>\n`;
}

function testSuite(file: string, findings: readonly LocatedFinding[]): string {
  const failures = findings.filter(({ severity }) => severity === 'error').length;
  const cases =
    findings.length === 0
      ? `    <testcase name="no findings" classname="${escapeXml(file)}"/>\n`
      : findings.map((finding) => testCase(finding)).join('');
  const counts = `tests="${String(Math.max(findings.length, 1))}" failures="${String(failures)}" errors="0" skipped="0"`;
  return `  <testsuite name="${escapeXml(file)}" ${counts}>\n${cases}  </testsuite>\n`;
}

/**
 * A JUnit report (the form Jenkins' xUnit plugin describes): a suite a file, a case a finding. Errors are failures;
 * warnings and notes pass, with their text. A file without findings is one case that passes.
 */
export function junitReport({ files, findings }: FindingsReport): string {
  const byFile = new Map<string, LocatedFinding[]>(files.map((file) => [file, []]));
  for (const finding of findings) {
    const known = byFile.get(finding.place.file);
    if (known === undefined) {
      byFile.set(finding.place.file, [finding]);
    } else {
      known.push(finding);
    }
  }
  const tests = [...byFile.values()].reduce((sum, found) => sum + Math.max(found.length, 1), 0);
  const failures = findings.filter(({ severity }) => severity === 'error').length;
  const suites = [...byFile].map(([file, found]) => testSuite(file, found)).join('');
  const counts = `tests="${String(tests)}" failures="${String(failures)}" errors="0"`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="metalwave validate" ${counts}>\n${suites}</testsuites>\n`;
}
