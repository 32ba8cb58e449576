import { describe, expect, it } from 'vitest';
import { schemaChecker } from '../../../../src/adapters/schema/schema-checker.ts';
import { openYamlDocuments } from '../../../../src/adapters/yaml/yaml-documents.ts';
import type { Explanation } from '../../../../src/domain/finding/explanation/explanation.ts';
import { explanationFamilies, explanationOf } from '../../../../src/domain/finding/explanation/explanations.ts';
import { findingCodes, type FindingCode } from '../../../../src/domain/finding/finding-codes.ts';
import { withComparison } from '../../../../src/engine/compare-loaded.ts';
import { listEnvironments, loadEnvironment } from '../../../../src/engine/load-environment.ts';
import { loadManifests } from '../../../../src/engine/load-manifests.ts';

const codes = Object.keys(findingCodes) as readonly FindingCode[];
const documents = openYamlDocuments();
const path = 'environments/dev/config-dev.yaml';

/** Where an example lies, and whether a second file has the same text. */
interface Where {
  readonly file?: string | undefined;
  readonly besides?: string | undefined;
  readonly besidesText?: string | undefined;
}

function codesOf(text: string, { file, besides, besidesText = text }: Where): readonly FindingCode[] {
  const bytes = new TextEncoder().encode(text);
  if (file !== undefined && !file.startsWith('environments/')) {
    const files = [{ path: file, id: text, bytes }];
    const assumed = { version: undefined, backend: undefined };
    return loadManifests({ files, documents, checker: schemaChecker, assumed }).findings.map(({ code }) => code);
  }
  const second = besides === undefined ? [] : [{ path: besides, text: besidesText }];
  const files = [{ path, text }, ...second].map((each) => ({
    path: each.path,
    id: each.text,
    bytes: new TextEncoder().encode(each.text),
  }));
  const tree = { revision: { id: 'unversioned', sha: undefined, dirty: false, ref: '' }, files };
  const loaded = listEnvironments(tree).map((name) => ({
    name,
    ...loadEnvironment({ tree, name, documents, checker: schemaChecker }),
  }));
  return withComparison(documents, loaded).flatMap(({ findings }) => findings.map(({ code }) => code));
}

const explained = codes.flatMap((code): readonly (readonly [FindingCode, Explanation])[] => {
  const explanation = explanationOf(code);
  return explanation === undefined ? [] : [[code, explanation]];
});

describe('the explanations', () => {
  it('are there for every code, once', () => {
    expect(codes.filter((code) => explanationOf(code) === undefined)).toEqual([]);
    const listed = explanationFamilies.flatMap(({ explanations }) => Object.keys(explanations));
    expect(listed.toSorted()).toEqual([...codes].toSorted());
  });

  it.each(explained)('show %s by an example that gives exactly that, and by its repair', (code, explanation) => {
    const { example, repaired, along = [] } = explanation;
    expect(codesOf(example, explanation).toSorted()).toEqual([code, ...along].toSorted());
    if (repaired !== undefined) {
      // Some keys of the format have no effect yet however they are written.
      expect(codesOf(repaired, explanation).filter((found) => found !== 'no-effect-yet')).toEqual([]);
    }
  });
});
