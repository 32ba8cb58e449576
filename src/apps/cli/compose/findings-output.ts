import { sha256 } from '../../../adapters/system/digest.ts';
import type { FindingsReport } from '../../../domain/finding/output/findings-report.ts';
import { findingsDocument } from '../../../domain/finding/findings-json.ts';
import { productVersion as version } from '../../../domain/product-version.generated.ts';

/** The forms for machines; `text` is the one for people. */
export const findingsFormats = ['text', 'json', 'sarif', 'junit', 'github', 'gitlab'] as const;
export type MachineFormat = Exclude<(typeof findingsFormats)[number], 'text'>;

/** The option's value; anything else was refused when the arguments were read. */
export function machineFormat(given: string | undefined): MachineFormat | undefined {
  return findingsFormats.filter((format) => format !== 'text').find((format) => format === given);
}

/** The findings in a form for machines. The code of a form is loaded when it is asked for. */
export async function formatFindings(format: MachineFormat, report: FindingsReport): Promise<string> {
  switch (format) {
    case 'json':
      return `${JSON.stringify(findingsDocument(report.findings, report.silenced), undefined, 2)}\n`;
    case 'sarif': {
      const { sarifLog } = await import('../../../domain/finding/output/sarif.ts');
      const { explanationOf } = await import('../../../domain/finding/explanation/explanations.ts');
      return sarifLog(report, { version, digest: sha256, explain: explanationOf });
    }
    case 'junit':
      return (await import('../../../domain/finding/output/junit.ts')).junitReport(report);
    case 'github':
      return (await import('../../../domain/finding/output/github-annotations.ts')).githubAnnotations(report);
    case 'gitlab':
      return (await import('../../../domain/finding/output/gitlab-code-quality.ts')).gitlabCodeQuality(report, sha256);
  }
}

/** The same report with paths from the root of the repository, where forges look for them. */
export function fromRepositoryRoot(report: FindingsReport, configPath: string | undefined): FindingsReport {
  const root = (configPath ?? '').replace(/^(?:\.\/)+|\/+$/gu, '');
  if (root === '' || root === '.') {
    return report;
  }
  const files = report.files.map((file) => `${root}/${file}`);
  const findings = report.findings.map((finding) => ({
    ...finding,
    place: { ...finding.place, file: `${root}/${finding.place.file}` },
  }));
  return { ...report, files, findings };
}
