import type { Digest } from '../../digest.ts';
import { type FindingCode, findingCodes } from '../finding-codes.ts';
import type { LocatedFinding, Severity } from '../finding.ts';
import type { Explanation } from '../explanation/explanation.ts';
import { fingerprints, type FindingsReport, fullMessage, mostSevereFirst, wellFormed } from './findings-report.ts';

/** GitHub keeps this many results of a run. */
const mostResults = 5000;
const levels: { readonly [S in Severity]: string } = { error: 'error', warning: 'warning', info: 'note' };

/** Who made the report, and what its codes mean. */
export interface SarifTool {
  readonly version: string;
  readonly digest: Digest;
  readonly explain: (code: FindingCode) => Explanation | undefined;
}

/** A path as a relative URI reference (RFC 3986, section 4.2): a first segment with a colon would be a scheme. */
function relativeUri(path: string): string {
  return wellFormed(path)
    .split('/')
    .map((segment) => encodeURIComponent(segment))
    .join('/');
}

function rule(code: FindingCode, tool: SarifTool): object {
  const { severity, title } = findingCodes[code];
  const explanation = tool.explain(code);
  const why = explanation?.why ?? title;
  const repaired = explanation?.repaired;
  const markdown = repaired === undefined ? why : `${why}\n\nRepaired:\n\n\`\`\`yaml\n${repaired}\`\`\``;
  return {
    id: code,
    shortDescription: { text: title },
    fullDescription: { text: why },
    help: { text: why, markdown },
    defaultConfiguration: { level: levels[severity] },
  };
}

function region({ place }: LocatedFinding): object {
  const startColumn = Math.max(place.column, 1);
  return { startLine: Math.max(place.line, 1), startColumn, endColumn: Math.max(place.endColumn, startColumn) };
}

function result(finding: LocatedFinding, ruleIndex: number, fingerprint: string): object {
  return {
    ruleId: finding.code,
    ruleIndex,
    level: levels[finding.severity],
    message: { text: wellFormed(fullMessage(finding)) },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: relativeUri(finding.place.file) },
          region: region(finding),
        },
      },
    ],
    partialFingerprints: { 'metalwave/v1': fingerprint },
  };
}

/** A run that left results out says so, so that nobody takes the list for complete. */
function invocation(omitted: number): object {
  const text = `${String(omitted)} more findings are not in this report; metalwave validate prints them.`;
  const toolExecutionNotifications = omitted === 0 ? [] : [{ level: 'warning', message: { text } }];
  return { executionSuccessful: true, toolExecutionNotifications };
}

/** A SARIF 2.1.0 log (OASIS), within the limits of GitHub's code scanning; columns count UTF-16 units. */
export function sarifLog({ findings }: FindingsReport, tool: SarifTool): string {
  const sorted = mostSevereFirst(findings);
  const shown = sorted.slice(0, mostResults);
  const ids = fingerprints(shown, tool.digest);
  const codes = [...new Set(shown.map(({ code }) => code))].toSorted();
  const results = shown.map((finding, index) => result(finding, codes.indexOf(finding.code), ids[index] ?? ''));
  const driver = { name: 'metalwave', version: tool.version, rules: codes.map((code) => rule(code, tool)) };
  const run = {
    tool: { driver },
    columnKind: 'utf16CodeUnits',
    invocations: [invocation(sorted.length - shown.length)],
    results,
  };
  const log = { $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs: [run] };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}
