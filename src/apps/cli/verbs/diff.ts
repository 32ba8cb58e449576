import { printDifferences } from '../../../domain/plan/print-differences.ts';
import { loadOne } from '../compose/environment.ts';
import { paletteFor } from '../compose/palette.ts';
import { planFor } from '../compose/plan.ts';
import { exitCode } from '../exit-code.ts';
import { clusterOptions, environmentOption, sourceOptions } from '../option-sets.ts';
import type { Verb } from '../verb.ts';

export const diff: Verb = {
  usage: '--env ENV [--live FILE] [--exit-code]',
  about:
    'Shows where the cluster differs from the configuration: for each object every field, before and after. It is the\nplan without its order and summary, for reading drift. Changes nothing.',
  options: {
    ...environmentOption,
    ...sourceOptions,
    ...clusterOptions,
    live: { type: 'string', value: 'FILE', description: 'compare with this snapshot of a cluster' },
    'exit-code': { type: 'boolean', description: 'exit with 1 when there are differences' },
  },
  examples: ['metalwave diff --env dev', 'metalwave diff --env prod --exit-code'],
  exits: [
    '0  compared (with --exit-code: no differences)',
    '1  errors were found (with --exit-code: or differences)',
    '2  could not run',
  ],
  async run(context) {
    const ready = await loadOne(context);
    if (ready === undefined) {
      return exitCode.failed;
    }
    const { plan } = await planFor(context, ready);
    const text = printDifferences(plan, paletteFor(context.colourOut));
    context.out(text === '' && !context.quiet ? 'No differences.\n' : text);
    return text !== '' && context.options.flag('exit-code') ? exitCode.failed : exitCode.good;
  },
};
