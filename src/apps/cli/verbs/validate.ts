import { hasErrors } from '../../../domain/finding/finding.ts';
import { printFindings } from '../../../domain/finding/print-findings.ts';
import { loadAll, readTree } from '../compose/environment.ts';
import { findingsFormats, formatFindings, machineFormat } from '../compose/findings-output.ts';
import { exitCode } from '../exit-code.ts';
import { environmentOption, sourceOptions } from '../option-sets.ts';
import type { Verb } from '../verb.ts';

export const validate: Verb = {
  usage: '[--env ENV …] [-o FORM]',
  about:
    'Reads the environments and shows every mistake at once: place, cause and way out. Without --env all environments are\nread. Needs no cluster.',
  options: {
    env: { ...environmentOption.env, multiple: true, description: 'only this environment; may be given several times' },
    ...sourceOptions,
    output: {
      type: 'string',
      short: 'o',
      choices: findingsFormats,
      description: 'form of the findings (default: text)',
    },
  },
  examples: [
    'metalwave validate',
    'metalwave validate --env prod -o json',
    'metalwave validate -o sarif > metalwave.sarif',
    'metalwave validate --config-repo https://git.example.com/lb.git --revision main',
  ],
  exits: ['0  nothing worse than warnings', '1  errors were found', '2  could not run'],
  async run(context) {
    const tree = await readTree(context, { versioned: false });
    const loaded = loadAll(tree, context.options.texts('env'));
    const findings = loaded.flatMap((one) => one.findings);
    const format = machineFormat(context.options.text('output'));
    if (format !== undefined) {
      const files = tree.files
        .map((file) => file.path)
        .filter((path) => loaded.some(({ name }) => path.startsWith(`environments/${name}/`)));
      context.out(await formatFindings(format, { files, findings }));
    } else {
      context.out(printFindings(findings, { colour: context.colourOut }));
      if (!context.quiet && findings.length === 0) {
        const names = loaded.map((one) => one.name).join(', ');
        context.out(`${names}: no findings.\n`);
      }
    }
    return hasErrors(findings) ? exitCode.failed : exitCode.good;
  },
};
