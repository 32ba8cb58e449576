import { describe, expect, it } from 'vitest';
import { openYamlDocuments } from '../../src/adapters/yaml/yaml-documents.ts';
import type { EnvironmentConfig } from '../../src/domain/environment/config.generated.ts';
import { Failure } from '../../src/domain/failure.ts';
import { isJsonObject } from '../../src/domain/json.ts';
import type { SchemaChecker } from '../../src/ports/schema-checker.ts';
import type { SourceFile, SourceTree } from '../../src/ports/source.ts';
import { isEnvironmentFile, listEnvironments, loadEnvironment } from '../../src/engine/load-environment.ts';
import { EnvironmentCache, type LoadedEnvironment } from '../../src/engine/environment-cache.ts';

const smallest = `metallb:
  ipAddressPool:
    - name: default
      addresses:
        - 192.168.1.220-192.168.1.250
`;

let made = 0;

function file(path: string, text: string): SourceFile {
  made += 1;
  return { path, id: String(made), bytes: new TextEncoder().encode(text) };
}

function tree(...files: readonly SourceFile[]): SourceTree {
  return { revision: { id: 'unversioned', sha: undefined, dirty: false, ref: '' }, files };
}

/** A schema of one rule: the document has `metallb`. */
const checker: SchemaChecker = {
  checkEnvironment(path, value) {
    const fine = isJsonObject(value) && Object.hasOwn(value, 'metallb');
    return fine
      ? { config: value as unknown as EnvironmentConfig, findings: [] }
      : {
          config: undefined,
          findings: [
            {
              code: 'yaml-key',
              severity: 'error',
              message: 'No metallb.',
              remedy: 'Add it.',
              place: { file: path, pointer: '', part: 'value' },
            },
          ],
        };
  },
};

const documents = openYamlDocuments();

function load(text: string, path = 'environments/dev/config-dev.yaml'): LoadedEnvironment {
  return loadEnvironment({ tree: tree(file(path, text)), name: 'dev', documents, checker });
}

const errors = (loaded: LoadedEnvironment): readonly string[] =>
  loaded.findings
    .filter(({ severity }) => severity === 'error')
    .map(({ code, place }) => `${String(place.line)} ${code}`);

describe('the environments of a tree', () => {
  it('are the folders with a config of their name, sorted', () => {
    const found = tree(
      file('environments/prod/config-prod.yaml', ''),
      file('environments/dev/config-dev.yml', ''),
      file('environments/dev/values.yaml', ''),
      file('environments/dev/config-prod.yaml', ''),
    );
    expect(listEnvironments(found)).toEqual(['dev', 'prod']);
  });

  it.each([
    ['environments/dev/config-dev.yaml', true],
    ['environments/eu-1/config-eu-1.yml', true],
    ['environments/dev/config-prod.yaml', false],
    ['environments/Dev/config-Dev.yaml', false],
    ['environments/-dev/config--dev.yaml', false],
    ['environments/dev/sub/config-dev.yaml', false],
    ['x/environments/dev/config-dev.yaml', false],
    ['environments/../config-...yaml', false],
  ])('%s is one of them: %s', (path, expected) => {
    expect(isEnvironmentFile(path)).toBe(expected);
  });

  it('name those that exist when an unknown one is asked for', () => {
    const there = tree(
      file('environments/prod/config-prod.yaml', smallest),
      file('environments/dev/config-dev.yaml', ''),
    );
    const ask = (): unknown => loadEnvironment({ tree: there, name: 'pord', documents, checker });
    expect(ask).toThrow(Failure);
    expect(ask).toThrow(
      expect.objectContaining({
        code: 'environment-not-found',
        remedy: 'There are dev, prod. Did you mean prod?',
      }),
    );
  });
});

describe('loading an environment', () => {
  it('gives the smallest configuration with its defaults', () => {
    const loaded = load(smallest);
    expect(errors(loaded)).toEqual([]);
    expect(loaded.environment?.name).toBe('dev');
    expect(loaded.environment?.metallb.pools.map((pool) => pool.name)).toEqual(['default']);
  });

  it.each([
    ['zero bytes', '', ['1 document-missing']],
    ['one comment', '# nothing\n', ['1 document-missing']],
    ['a null', '~\n', ['1 document-missing']],
    ['two documents', `${smallest}---\na: 1\n`, ['7 document-count']],
    ['a list', '- a\n', ['1 document-type']],
    ['a text', 'hello\n', ['1 document-type']],
    ['a tab', 'metallb:\n\tipAddressPool: []\n', ['2 yaml-syntax']],
  ])('of %s tells what is wrong and gives none', (_name, text, expected) => {
    const loaded = load(text);
    expect(errors(loaded)).toEqual(expected);
    expect(loaded.environment).toBeUndefined();
  });

  it('takes a marker behind the only document for nothing', () => {
    expect(load(`${smallest}---\n`).environment?.name).toBe('dev');
  });

  it('shows what the reader, the schema and the rules found all at once, in the order of the file', () => {
    const text = 'other: yes\nmetal: 1\nmetal: 2\n';
    const loaded = load(text);
    expect(loaded.findings.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['yaml-ambiguous-scalar', 'yaml-duplicate-key', 'yaml-key']),
    );
    const lines = loaded.findings.map(({ place }) => place.line);
    expect(lines).toEqual(lines.toSorted((left, right) => left - right));
  });

  it('runs the rules on what the schema refused', () => {
    const text = smallest.replace('metallb:', 'metallb: &m').replace('.250', '.210');
    const refusing: SchemaChecker = {
      checkEnvironment: (path) => ({ ...checker.checkEnvironment(path, null) }),
    };
    const there = tree(file('environments/dev/config-dev.yaml', text));
    const loaded = loadEnvironment({ tree: there, name: 'dev', documents, checker: refusing });
    expect(errors(loaded)).toEqual(expect.arrayContaining(['1 yaml-key', '5 range-reversed']));
  });

  it('refuses two files for one environment', () => {
    const there = tree(
      file('environments/dev/config-dev.yaml', smallest),
      file('environments/dev/config-dev.yml', smallest),
    );
    const loaded = loadEnvironment({ tree: there, name: 'dev', documents, checker });
    expect(errors(loaded)).toEqual(['1 environment-file-twice']);
  });

  it('reads an unchanged file once', () => {
    const cache = new EnvironmentCache();
    const there = tree(file('environments/dev/config-dev.yaml', smallest));
    const request = { tree: there, name: 'dev', documents, checker, cache };
    expect(loadEnvironment(request)).toBe(loadEnvironment(request));
  });

  it('forgets the oldest of too many files', () => {
    const cache = new EnvironmentCache(1);
    const one = {
      tree: tree(file('environments/dev/config-dev.yaml', smallest)),
      name: 'dev',
      documents,
      checker,
      cache,
    };
    const other = { ...one, tree: tree(file('environments/dev/config-dev.yaml', smallest)) };
    const first = loadEnvironment(one);
    loadEnvironment(other);
    expect(loadEnvironment(one)).not.toBe(first);
  });
});
