import { schemaChecker } from '../../../src/adapters/schema/schema-checker.ts';
import { openYamlDocuments } from '../../../src/adapters/yaml/yaml-documents.ts';
import type { FindingCode } from '../../../src/domain/finding/finding-codes.ts';
import type { LocatedFinding } from '../../../src/domain/finding/finding.ts';
import type { JsonObject } from '../../../src/domain/json.ts';
import { metalLbApi } from '../../../src/domain/metallb/api.ts';
import { storageVersion } from '../../../src/domain/metallb/kind.ts';
import { loadManifests } from '../../../src/engine/load-manifests.ts';
import type { Backend } from './metallb-jury.ts';

const documents = openYamlDocuments();

/** Told as warnings where what they name may be in other files; here there are none. */
const inOtherFiles: ReadonlySet<FindingCode> = new Set<FindingCode>(['community-unknown', 'bfd-profile-unknown']);

/** The errors that `validate` finds in these objects as plain manifests. */
export function ourErrors(
  objects: readonly JsonObject[],
  version: string,
  backend: Backend,
): readonly LocatedFinding[] {
  const text = objects.map((object) => JSON.stringify({ apiVersion: apiVersionOf(object), ...object })).join('\n---\n');
  const files = [{ path: 'metallb.yaml', id: text, bytes: new TextEncoder().encode(text) }];
  const { findings } = loadManifests({ files, documents, checker: schemaChecker, assumed: { version, backend } });
  return findings.filter(({ severity, code }) => severity === 'error' || inOtherFiles.has(code));
}

function apiVersionOf(object: JsonObject): string {
  const kind = metalLbApi.find((each) => each.kind === object['kind']);
  return `metallb.io/${kind === undefined ? 'v1beta1' : storageVersion(kind).name}`;
}
