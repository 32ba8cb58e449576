import { Failure } from '../domain/failure.ts';
import type { LocatedFinding } from '../domain/finding/finding.ts';
import { emptyPart, type ImportedPart, joinedParts } from '../domain/import/imported.ts';
import { importDocument, isEnvironmentDocument } from '../domain/import/import-document.ts';
import { changesResources, isKustomization } from '../domain/import/kustomization.ts';
import { isJsonObject, type JsonObject } from '../domain/json.ts';
import { type Origin, placeOf } from '../domain/plain-manifests/origin.ts';
import type { Documents } from '../ports/documents.ts';
import type { SourceFile } from '../ports/source.ts';
import { innerYaml, templateFinding } from './load-manifests.ts';

/** What files hold for an environment. */
export interface FilesImport {
  readonly part: ImportedPart;
  /** What keeps a file from being read whole. */
  readonly findings: readonly LocatedFinding[];
  /** Where something stands, for people: `pools.yaml:12`. */
  readonly where: (origin: Origin | undefined) => string;
}

interface FoundDocument {
  readonly file: SourceFile;
  readonly index: number;
  readonly value: JsonObject;
}

/** Reads files of every form that an import knows, as one configuration. */
export function importFiles(files: readonly SourceFile[], documents: Documents): FilesImport {
  const findings: LocatedFinding[] = [];
  const found: FoundDocument[] = [];
  for (const file of files) {
    const parsed = documents.parse(file);
    const broken = parsed.findings.filter((finding) => finding.severity === 'error');
    findings.push(...(templateFinding(documents, file, parsed) ?? broken));
    found.push(
      ...parsed.documents.flatMap(({ index, value }) => (isJsonObject(value) ? [{ file, index, value }] : [])),
    );
  }
  refuseEnvironments(found);
  const parts = found.map(({ file, index, value }) => ({
    path: file.path,
    part: importDocument({ origin: { file: file.path, document: index, path: [] }, value }, (text) =>
      innerYaml(documents, file, text),
    ),
  }));
  const ours = parts.filter(({ part }) => part !== undefined);
  refuseKustomizations(
    found,
    ours.map(({ path }) => path),
  );
  return {
    part: joinedParts(...ours.map(({ part }) => part ?? emptyPart)),
    findings,
    where: placeWords(files, documents),
  };
}

function placeWords(files: readonly SourceFile[], documents: Documents): FilesImport['where'] {
  const byPath = new Map(files.map((file) => [file.path, file]));
  return (origin) => {
    const file = byPath.get(origin?.file ?? '');
    return origin === undefined || file === undefined
      ? (origin?.file ?? '')
      : `${file.path}:${String(documents.locate(file, placeOf(origin, 'key')).line)}`;
  };
}

function refuseEnvironments(found: readonly FoundDocument[]): void {
  const environment = found.find(({ value }) => isEnvironmentDocument(value));
  if (environment !== undefined) {
    throw new Failure({
      code: 'usage',
      retry: 'never',
      message: `${environment.file.path} is an environment of Metalwave already`,
      remedy: 'Leave it out, or put it below environments/ and validate it.',
    });
  }
}

const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/') + 1);

/** A folder that is built is more than its files, so they may not be taken for what reaches the cluster. */
function refuseKustomizations(found: readonly FoundDocument[], ours: readonly string[]): void {
  for (const { file, value } of found.filter((each) => isKustomization(each.file.path, each.value))) {
    const folder = folderOf(file.path);
    const change = changesResources(value);
    if (change !== undefined && ours.some((path) => path.startsWith(folder))) {
      throw new Failure({
        code: 'source-refused',
        retry: 'never',
        message: `${file.path} changes what the files beside it say (${change}), so they are not what reaches a cluster`,
        remedy: `Import what it makes: kustomize build ${folder === '' ? '.' : folder} | metalwave import -`,
      });
    }
  }
}
