import { printYaml } from '../../../adapters/yaml/print-yaml.ts';
import { asJson } from '../../../domain/manifest/kube-object.ts';
import { loadOne } from '../compose/environment.ts';
import { exitCode } from '../exit-code.ts';
import { environmentOption, sourceOptions } from '../option-sets.ts';
import type { Verb } from '../verb.ts';
import { openRenderer } from '../compose/renderer.ts';

export const render: Verb = {
  usage: '--env ENV [-o yaml|json]',
  about:
    'Prints the manifests that a sync would apply, in the order of its waves. The same configuration gives the same bytes.',
  options: {
    ...environmentOption,
    ...sourceOptions,
    output: {
      type: 'string',
      short: 'o',
      choices: ['yaml', 'json'],
      description: 'form of the manifests (default: yaml)',
    },
  },
  examples: ['metalwave render --env dev', 'metalwave render --env prod -o json | jq -r .items[].kind'],
  exits: ['0  rendered', '1  errors were found in the configuration', '2  could not run'],
  async run(context) {
    const loaded = await loadOne(context, 'offline');
    if (loaded === undefined) {
      return exitCode.failed;
    }
    const manifests = (await openRenderer()).render(loaded.environment);
    const items = manifests.map(({ object }) => asJson(object));
    if (context.options.text('output') === 'json') {
      context.out(`${JSON.stringify({ apiVersion: 'v1', kind: 'List', items }, undefined, 2)}\n`);
    } else {
      context.out(items.map((item) => `---\n${printYaml(item)}`).join(''));
    }
    return exitCode.good;
  },
};
