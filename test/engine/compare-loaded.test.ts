import { describe, expect, it } from 'vitest';
import { schemaChecker } from '../../src/adapters/schema/schema-checker.ts';
import { openYamlDocuments } from '../../src/adapters/yaml/yaml-documents.ts';
import { withComparison } from '../../src/engine/compare-loaded.ts';
import type { NamedEnvironment } from '../../src/engine/compare-loaded.ts';
import { loadEnvironment } from '../../src/engine/load-environment.ts';
import type { SourceFile, SourceTree } from '../../src/ports/source.ts';

const documents = openYamlDocuments();

function config(context: string, addresses: string): string {
  return `cluster:
  context: ${context}
metallb:
  ipAddressPool:
    - name: default
      addresses:
        - ${addresses}
`;
}

function load(...texts: readonly string[]): readonly NamedEnvironment[] {
  const files = texts.map((text, at): SourceFile => {
    const name = `e${String(at)}`;
    return { path: `environments/${name}/config-${name}.yaml`, id: text, bytes: new TextEncoder().encode(text) };
  });
  const tree: SourceTree = { revision: { id: 'unversioned', sha: undefined, dirty: false, ref: '' }, files };
  return texts.map((_, at) => {
    const name = `e${String(at)}`;
    return { name, ...loadEnvironment({ tree, name, documents, checker: schemaChecker }) };
  });
}

function brief(loaded: readonly NamedEnvironment[]): readonly string[] {
  return loaded.flatMap(({ name, findings }) =>
    findings.map(({ code, place }) => `${name} ${String(place.line)}:${String(place.column)} ${code}`),
  );
}

describe('environments that were loaded together', () => {
  it('are given back as they are where nothing collides', () => {
    const loaded = load(config('dev', '10.0.0.1-10.0.0.9'), config('prod', '10.0.1.1-10.0.1.9'));
    expect(withComparison(documents, loaded)).toBe(loaded);
  });

  it('have what collides at its line in the later file; an error makes that one unusable', () => {
    const compared = withComparison(
      documents,
      load(config('main', '10.0.0.1-10.0.0.9'), config('main', '10.0.0.9-10.0.0.20')),
    );
    expect(brief(compared)).toStrictEqual([
      'e1 2:12 environments-share-cluster',
      'e1 7:11 environments-may-share-addresses',
    ]);
    expect(compared.map(({ environment }) => environment?.name)).toStrictEqual(['e0', undefined]);
  });

  it('are compared with errors in them, as far as they can be read', () => {
    const loaded = load(config('dev', '10.0.0.1-10.0.0.9'), `${config('prod', '10.0.0.9/32')}extra: 1\n`, '- none\n');
    expect(brief(withComparison(documents, loaded))).toStrictEqual([
      'e1 7:11 environments-may-share-addresses',
      'e1 8:1 unknown-key',
      'e2 1:1 document-type',
    ]);
  });

  it('are not compared with themselves where one was asked for twice', () => {
    const loaded = load(config('dev', '10.0.0.1-10.0.0.9'));
    expect(brief(withComparison(documents, [...loaded, ...loaded]))).toStrictEqual([]);
  });
});
