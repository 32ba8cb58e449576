import { openFolderSource } from '../../src/adapters/folder/open-folder-source.ts';
import { openGitSource } from '../../src/adapters/git/open-git-source.ts';
import { schemaChecker } from '../../src/adapters/schema/schema-checker.ts';
import { yamlDocuments } from '../../src/adapters/yaml/yaml-documents.ts';
import { Failure } from '../../src/domain/failure.ts';
import { findingsDocument } from '../../src/domain/finding/findings-json.ts';
import { printFindings } from '../../src/domain/finding/print-findings.ts';
import { isEnvironmentFile, listEnvironments, loadEnvironment } from '../../src/engine/load-environment.ts';
import type { Source } from '../../src/ports/source.ts';

/** What the judge is asked to read. Without `cacheDir` it is a plain folder. */
export interface Question {
  readonly location: string;
  readonly cacheDir?: string;
  readonly ref?: string;
  readonly path?: string;
}

/** What came of it, and what it took. */
export interface Verdict {
  /** Codes of the findings, each once and sorted, or of the failure; the text of an error that is a bug. */
  readonly codes: readonly string[];
  readonly kind: 'read' | 'failure' | 'bug';
  readonly findings: number;
  /** Everything that people would be shown. */
  readonly text: string;
  readonly jsonBytes: number;
  readonly cpuMs: number;
  readonly peakMegabytes: number;
}

type Outcome = Omit<Verdict, 'cpuMs' | 'peakMegabytes'>;

function open({ location, cacheDir, ref, path }: Question): Source {
  return cacheDir === undefined
    ? openFolderSource({ folder: location, path, only: 'environments', versioned: false })
    : openGitSource({ url: location, cacheDir, ref, path });
}

async function read(question: Question): Promise<Outcome> {
  const source = open(question);
  const { signal } = new AbortController();
  const tree = await source.read(await source.resolve(signal), isEnvironmentFile, signal);
  const findings = listEnvironments(tree).flatMap(
    (name) => loadEnvironment({ tree, name, documents: yamlDocuments, checker: schemaChecker }).findings,
  );
  return {
    kind: 'read',
    codes: [...new Set(findings.map(({ code }) => code))].toSorted(),
    findings: findings.length,
    text: printFindings(findings, { colour: false }),
    jsonBytes: JSON.stringify(findingsDocument(findings)).length,
  };
}

/** Reads a source wholly, as `validate` does, and never throws. */
async function judge(question: Question): Promise<Verdict> {
  const before = process.cpuUsage();
  const outcome = await read(question).catch((error: unknown): Outcome => {
    const isFailure = error instanceof Failure;
    const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
    const codes = [isFailure ? error.code : message];
    return {
      kind: isFailure ? 'failure' : 'bug',
      codes,
      findings: 0,
      text: isFailure ? error.message : '',
      jsonBytes: 0,
    };
  });
  const { user, system } = process.cpuUsage(before);
  return { ...outcome, cpuMs: (user + system) / 1000, peakMegabytes: process.resourceUsage().maxRSS / 1024 };
}

// Runs as a process of its own, which answers one question after the other.
process.on('message', (question: Question) => {
  void judge(question).then((verdict) => process.send?.(verdict));
});
process.send?.('ready');
