import { describe, expect, it } from 'vitest';
import { schemaChecker } from '../../../../src/adapters/schema/schema-checker.ts';
import { yamlDocuments } from '../../../../src/adapters/yaml/yaml-documents.ts';
import type { Json, JsonObject } from '../../../../src/domain/json.ts';
import { loadManifests } from '../../../../src/engine/load-manifests.ts';
import { brief, checkMetalLb, pool } from './rules-fixtures.ts';

const selecting = (labels: JsonObject, matchLabels: JsonObject): readonly string[] =>
  brief(
    checkMetalLb({
      ipAddressPool: [{ ...pool('a', '10.0.0.0/24'), labels }],
      l2Advertisement: [{ name: 'lan', ipAddressPoolSelectors: [{ matchLabels }] }],
    }),
  );
const labelled = (labels: JsonObject): readonly string[] =>
  brief(
    checkMetalLb({
      ipAddressPool: [{ ...pool('a', '10.0.0.0/24'), labels }],
      l2Advertisement: [{ name: 'lan', labels }],
    }),
  );
const violations = (labels: Json): readonly string[] => {
  const value = { metallb: { ipAddressPool: [{ ...pool('a', '10.0.0.0/24'), labels }] } };
  return schemaChecker.checkEnvironment('x', value).findings.map(({ code }) => code);
};

describe('the labels of a resource', () => {
  it('are what advertisements select pools by', () => {
    expect(selecting({ tier: 'public' }, { tier: 'public' })).toEqual([]);
    expect(selecting({ tier: 'public' }, { tier: 'private' })).toContain(
      'pool-selector-unmatched /metallb/l2Advertisement/0/ipAddressPoolSelectors/0',
    );
  });

  it.each(['metalwave.io/environment', 'app.kubernetes.io/managed-by', 'x'.repeat(64), `${'x'.repeat(254)}/y`])(
    'cannot be named %s',
    (name) => {
      const step = name.replace('/', '~1');
      expect(labelled({ [name]: 'x' })).toEqual([
        `label-refused /metallb/ipAddressPool/0/labels/${step}`,
        `label-refused /metallb/l2Advertisement/0/labels/${step}`,
      ]);
    },
  );

  it('have names and values as Kubernetes has them', () => {
    expect(violations({ tier: 'public', 'example.com/x': '' })).toEqual([]);
    expect(violations({ 'a b': 'x' })).toEqual(['key-pattern']);
    expect(violations({ tier: 'a b' })).toEqual(['text-pattern']);
    expect(violations({ tier: true })).toEqual(['wrong-type']);
    expect(violations({ tier: 'x'.repeat(64) })).toEqual(['text-length']);
    expect(violations(['tier'])).toEqual(['wrong-type']);
  });

  it('stand below metadata in a plain manifest, and nowhere else', () => {
    const text =
      'apiVersion: metallb.io/v1beta1\nkind: IPAddressPool\nmetadata: {name: a, namespace: metallb-system, labels: {tier: x}}\nspec:\n  addresses: [10.0.0.0/24]\n  labels: {tier: z}\n---\napiVersion: metallb.io/v1beta1\nkind: L2Advertisement\nmetadata: {name: a, namespace: metallb-system}\nspec: {ipAddressPoolSelectors: [{matchLabels: {tier: x}}]}\n';
    const { findings } = loadManifests({
      files: [{ path: 'a.yaml', id: 'a', bytes: new TextEncoder().encode(text) }],
      documents: yamlDocuments,
      checker: schemaChecker,
      assumed: { version: undefined, backend: undefined },
    });
    expect(findings.map(({ code, place, remedy }) => [code, place.line, remedy])).toEqual([
      ['unknown-key', 6, 'Move labels below metadata.'],
    ]);
  });
});
