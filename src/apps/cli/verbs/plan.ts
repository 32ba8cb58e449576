import { planJson } from '../../../domain/plan/plan-json.ts';
import { printPlan } from '../../../domain/plan/print-plan.ts';
import { printPlanMarkdown } from '../../../domain/plan/print-plan-markdown.ts';
import { hasChanges } from '../../../domain/plan/plan-summary.ts';
import { loadOne } from '../compose/environment.ts';
import { paletteFor } from '../compose/palette.ts';
import { planFor } from '../compose/plan.ts';
import { exitCode } from '../exit-code.ts';
import { clusterOptions, environmentOption, sourceOptions } from '../option-sets.ts';
import type { Verb } from '../verb.ts';

export const plan: Verb = {
  usage: '--env ENV [--live FILE] [-o text|json|markdown] [--detailed-exitcode]',
  about:
    'Compares the configuration with the cluster and shows what a sync would do, object by object and field by field.\nChanges nothing. With --live it reads a snapshot in place of the cluster.',
  options: {
    ...environmentOption,
    ...sourceOptions,
    ...clusterOptions,
    live: { type: 'string', value: 'FILE', description: 'plan against this snapshot of a cluster' },
    output: {
      type: 'string',
      short: 'o',
      choices: ['text', 'json', 'markdown'],
      description: 'form of the plan (default: text)',
    },
    'detailed-exitcode': { type: 'boolean', description: 'exit with 2 when there are changes' },
  },
  examples: [
    'metalwave plan --env dev',
    'metalwave plan --env prod -o markdown',
    'metalwave plan --env dev --live cluster.json --detailed-exitcode',
  ],
  exits: [
    '0  planned (with --detailed-exitcode: no changes)',
    '1  errors were found',
    '2  could not run (with --detailed-exitcode: there are changes)',
  ],
  async run(context) {
    const ready = await loadOne(context);
    if (ready === undefined) {
      return exitCode.failed;
    }
    const planned = await planFor(context, ready);
    const output = context.options.text('output') ?? 'text';
    if (output === 'json') {
      context.out(`${JSON.stringify(planJson(planned.plan), undefined, 2)}\n`);
    } else if (output === 'markdown') {
      context.out(printPlanMarkdown(planned.plan));
    } else {
      context.out(printPlan(planned.plan, paletteFor(context.colourOut), context.verbose));
    }
    return context.options.flag('detailed-exitcode') && hasChanges(planned.plan) ? exitCode.couldNotRun : exitCode.good;
  },
};
