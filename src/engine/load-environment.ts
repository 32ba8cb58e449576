import { checkEnvironmentRules } from '../domain/environment/check-environment.ts';
import { decodeEnvironment } from '../domain/environment/decode-environment.ts';
import type { Environment } from '../domain/environment/environment.ts';
import { Failure } from '../domain/failure.ts';
import { hasErrors } from '../domain/finding/finding.ts';
import type { LocatedFinding } from '../domain/finding/finding.ts';
import { silenceFindings } from '../domain/finding/silencer/silence-findings.ts';
import { traceOf } from '../domain/source/file-trace.ts';
import { nearestName } from '../domain/finding/nearest-name.ts';
import { locateFindings } from '../ports/documents.ts';
import type { Documents } from '../ports/documents.ts';
import type { SchemaChecker } from '../ports/schema-checker.ts';
import type { SourceFile, SourceTree } from '../ports/source.ts';
import type { EnvironmentCache, LoadedEnvironment } from './environment-cache.ts';
import { findEnvironments } from './find-environments.ts';
import type { EnvironmentFiles } from './find-environments.ts';
import { loadDocument } from './load-document.ts';

export { isEnvironmentFile } from './find-environments.ts';

export interface LoadRequest {
  readonly tree: SourceTree;
  readonly name: string;
  readonly documents: Documents;
  readonly checker: SchemaChecker;
  readonly cache?: EnvironmentCache;
}

/** The environments that a tree configures, sorted by name. */
export function listEnvironments(tree: SourceTree): readonly string[] {
  return findEnvironments(tree).map(({ name }) => name);
}

function notFound(name: string, all: readonly EnvironmentFiles[]): Failure {
  const names = all.map((one) => one.name);
  const nearest = nearestName(name, names);
  const there = names.length === 0 ? 'There is none' : `There are ${names.join(', ')}`;
  const guess = nearest === undefined ? '' : ` Did you mean ${nearest}?`;
  return new Failure({
    code: 'environment-not-found',
    retry: 'never',
    message: `the environment ${name} was not found; it is looked for in environments/${name}/config-${name}.yaml`,
    remedy: `${there}.${guess}`,
  });
}

/** By file, line and column. */
export function inOrder(left: LocatedFinding, right: LocatedFinding): number {
  if (left.place.file !== right.place.file) {
    return left.place.file < right.place.file ? -1 : 1;
  }
  return left.place.line - right.place.line || left.place.column - right.place.column;
}

function traced(environment: Environment, text: string): Environment {
  const trace = traceOf(text);
  return trace === undefined ? environment : { ...environment, trace };
}

/** One file as the configuration of the named environment, wherever it lies. */
export function loadEnvironmentFile(
  request: Pick<LoadRequest, 'name' | 'documents' | 'checker'>,
  file: SourceFile,
): LoadedEnvironment {
  const { name, documents, checker } = request;
  const document = loadDocument(documents, file);
  if (document.value === undefined) {
    return { environment: undefined, findings: document.findings.toSorted(inOrder), read: undefined, silenced: 0 };
  }
  const checked = checker.checkEnvironment(file.path, document.value);
  const ruled = checkEnvironmentRules({ file: file.path, config: checked.config ?? document.value, folder: name });
  const decoded = checked.config === undefined ? undefined : decodeEnvironment(name, file.path, checked.config);
  const placed = [...checked.findings, ...ruled, ...(decoded?.findings ?? [])];
  const located = locateFindings(documents, [file], placed);
  const text = new TextDecoder().decode(file.bytes);
  const told = silenceFindings({ path: file.path, text }, [...document.findings, ...located]);
  const findings = told.findings.toSorted(inOrder);
  const environment = hasErrors(findings) ? undefined : decoded && traced(decoded.environment, text);
  return { environment, findings, read: { file, value: document.value }, silenced: told.silenced };
}

function twoFiles(files: readonly SourceFile[]): LoadedEnvironment {
  const findings = files.slice(1).map((file): LocatedFinding => ({
    code: 'environment-file-twice',
    severity: 'error',
    message: `${file.path} and ${files[0]?.path ?? ''} both configure this environment.`,
    remedy: 'Keep one of the two files.',
    place: { file: file.path, line: 1, column: 1, endColumn: 1, text: '' },
  }));
  return { environment: undefined, findings, read: undefined, silenced: 0 };
}

/**
 * One environment: file to document, schema, rules, decoded value. All findings come at once; rules look at what the
 * schema refused as far as they can. An unknown name is a Failure, `environment-not-found`.
 */
export function loadEnvironment(request: LoadRequest): LoadedEnvironment {
  const all = findEnvironments(request.tree);
  const found = all.find(({ name }) => name === request.name);
  const [file] = found?.files ?? [];
  if (found === undefined || file === undefined) {
    throw notFound(request.name, all);
  }
  if (found.files.length > 1) {
    return twoFiles(found.files);
  }
  const before = request.cache?.get(file);
  if (before !== undefined) {
    return before;
  }
  const loaded = loadEnvironmentFile(request, file);
  request.cache?.set(file, loaded);
  return loaded;
}
