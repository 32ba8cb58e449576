import { type Explanation } from '../../src/domain/finding/explanation/explanation.ts';
import { explanationFamilies } from '../../src/domain/finding/explanation/explanations.ts';
import {
  allCodes,
  exampleFiles,
  shownFile,
  upstreamLine,
} from '../../src/domain/finding/explanation/print-explanation.ts';
import { type FindingCode, findingCodes } from '../../src/domain/finding/finding-codes.ts';

const intro = `# Findings

Everything that \`metalwave validate\` can find, generated from the table that the program uses. Each example gives exactly
its finding (a test sees to that). \`metalwave explain CODE\` shows the same on the terminal.

An error keeps a run from going on; a warning or a note is told and passed. A comment \`# metalwave: allow CODE reason\` in
the line of a finding, or above it (above an item of a list: for the whole item), silences it there; what MetalLB or the
cluster would refuse cannot be silenced.

\`metalwave validate --fix\` makes the repairs that are mechanical and leaves every other byte as it is;
\`--fix --dry-run\` shows them as a diff.
`;

function fenced(text: string): string {
  return `\`\`\`yaml\n${shownFile(text)}\`\`\`\n`;
}

function section(code: FindingCode, explanation: Explanation): string {
  const { severity, title } = findingCodes[code];
  const upstream = upstreamLine(code);
  const files = exampleFiles(explanation).map(({ heading, text }) => `${heading}\n\n${fenced(text)}`);
  return `### ${code}\n\n**${severity}**: ${title}\n\n${explanation.why}\n\n${upstream === '' ? '' : `${upstream}\n`}${files.join('\n')}`;
}

/** docs/findings.md. */
export function findingsPage(): string {
  const families = explanationFamilies.map(({ title, explanations }) => {
    const sections = allCodes.flatMap((code) => {
      const explanation = explanations[code];
      return explanation === undefined ? [] : [section(code, explanation)];
    });
    return `## ${title}\n\n${sections.join('\n')}`;
  });
  return `${intro}\n${families.join('\n')}`;
}
