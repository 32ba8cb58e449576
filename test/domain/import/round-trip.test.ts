import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { schemaChecker } from '../../../src/adapters/schema/schema-checker.ts';
import { openTemplateRenderer } from '../../../src/adapters/template/template-renderer.ts';
import { printYaml } from '../../../src/adapters/yaml/print-yaml.ts';
import { openYamlDocuments } from '../../../src/adapters/yaml/yaml-documents.ts';
import { environmentText } from '../../../src/domain/import/environment-text.ts';
import { importDraft } from '../../../src/domain/import/import-draft.ts';
import { joinResources } from '../../../src/domain/import/join-resources.ts';
import { valueAt } from '../../../src/domain/json.ts';
import { importFiles } from '../../../src/engine/import-files.ts';
import { loadEnvironmentFile } from '../../../src/engine/load-environment.ts';
import { anyCharacter } from '../any-text.ts';

/** Texts that YAML readers like to take for something else. */
const trickyLabel = fc.constantFrom('yes', 'no', 'null', '0777', '1e3', '1.0', 'true', 'on', '12', 'web', '0x1F');
const selector = fc.record({
  matchLabels: fc.dictionary(fc.constantFrom('a', 'rack', 'y', '1'), trickyLabel, { minKeys: 1 }),
});
const entry = (block: number, index: number): fc.Arbitrary<string> => {
  const base = `10.${String(block)}.${String(index)}`;
  return fc.constantFrom(
    `${base}.0/28`,
    `${base}.5/32`,
    `${base}.4-${base}.9`,
    `fd00:${String(block)}:${String(index)}::/120`,
  );
};
const poolSpec = (block: number): fc.Arbitrary<object> =>
  fc.record(
    {
      addresses: fc
        .integer({ min: 1, max: 4 })
        .chain((count) => fc.tuple(...Array.from({ length: count }, (_, index) => entry(block, index)))),
      autoAssign: fc.boolean(),
      avoidBuggyIPs: fc.boolean(),
      serviceAllocation: fc.record(
        {
          priority: fc.integer({ min: 1, max: 9 }),
          namespaces: fc.constant(['web']),
          serviceSelectors: fc.array(selector, { minLength: 1, maxLength: 1 }),
        },
        { requiredKeys: ['priority'] },
      ),
    },
    { requiredKeys: ['addresses'] },
  );
const setup = fc.integer({ min: 1, max: 4 }).chain((count) =>
  fc.record({
    pools: fc.tuple(...Array.from({ length: count }, (_, block) => poolSpec(block))),
    nodeSelectors: fc.option(fc.array(selector, { minLength: 1, maxLength: 1 })),
    file: fc.string({ unit: anyCharacter, maxLength: 20 }),
  }),
);

const resource = (kind: string, name: string, spec: object): object => ({
  apiVersion: 'metallb.io/v1beta1',
  kind,
  metadata: { name, namespace: 'metallb-system' },
  spec,
});

/** The manifests as JSON, which is YAML: nothing of the product writes what the import reads. */
function manifestsOf({
  pools,
  nodeSelectors,
}: {
  pools: readonly object[];
  nodeSelectors: readonly object[] | null;
}): readonly object[] {
  const names = pools.map((_, index) => `pool-${String(index)}`);
  return [
    ...pools.map((spec, index) => resource('IPAddressPool', names[index] ?? '', spec)),
    resource('L2Advertisement', 'all', { ipAddressPools: names, ...(nodeSelectors === null ? {} : { nodeSelectors }) }),
  ];
}

describe('an import', () => {
  it('renders the very specs that were written, whatever they hold and wherever they were read', async () => {
    const renderer = await openTemplateRenderer();
    const documents = openYamlDocuments();
    fc.assert(
      fc.property(setup, (given) => {
        const manifests = manifestsOf(given);
        const bytes = new TextEncoder().encode(manifests.map((each) => JSON.stringify(each)).join('\n---\n'));
        const { part, where } = importFiles([{ path: given.file, id: JSON.stringify(given), bytes }], documents);
        const { resources } = joinResources({ found: part.resources, home: 'metallb-system', where });
        const draft = importDraft({
          name: 'lab',
          source: given.file,
          context: undefined,
          namespace: 'metallb-system',
          resources,
          settings: [],
          notes: [{ origin: resources[0]?.origin, message: given.file, remedy: '' }],
          install: { value: false, because: given.file },
          where,
        });
        const text = new TextEncoder().encode(environmentText(draft, printYaml));
        const file = { path: 'config-lab.yaml', id: JSON.stringify(given), bytes: text };
        const { environment } = loadEnvironmentFile({ name: 'lab', documents, checker: schemaChecker }, file);
        const rendered = environment === undefined ? [] : renderer.render(environment).map(({ object }) => object);
        const byName = new Map(rendered.map((object) => [object.metadata.name, object]));
        expect(byName.size).toBe(manifests.length);
        for (const manifest of JSON.parse(JSON.stringify(manifests)) as {
          metadata: { name: string };
          spec: object;
        }[]) {
          expect(valueAt(byName.get(manifest.metadata.name) as never, 'spec')).toEqual(manifest.spec);
        }
      }),
      { numRuns: 25 },
    );
  });
});
