import { planJson } from '../../../domain/plan/plan-json.ts';
import type { Plan } from '../../../domain/plan/plan.ts';
import { printPlan } from '../../../domain/plan/print-plan.ts';
import { printPlanMarkdown } from '../../../domain/plan/print-plan-markdown.ts';
import { hasChanges } from '../../../domain/plan/plan-summary.ts';
import { loadOne } from '../compose/environment.ts';
import { paletteFor } from '../compose/palette.ts';
import { fileOptions, planFiles, refuseMixedOptions } from '../compose/plan-files.ts';
import { planFor } from '../compose/plan.ts';
import { exitCode } from '../exit-code.ts';
import { clusterOptions, environmentOption, sourceOptions } from '../option-sets.ts';
import type { Verb, VerbContext } from '../verb.ts';

export const plan: Verb = {
  usage: '--env ENV | -f FILE|DIR … [--live FILE] [-o text|json|markdown] [--detailed-exitcode]',
  about:
    'Compares the configuration with the cluster and shows what a sync would do, object by object and field by field, and\nwhich Service keeps, moves or loses which address. Changes nothing. With --live it reads a snapshot in place of the\ncluster. With -f it plans plain manifests, which Argo CD, Flux or kubectl apply: resources of metallb.io and Services.',
  options: {
    ...environmentOption,
    ...sourceOptions,
    ...clusterOptions,
    ...fileOptions,
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
    'metalwave plan -f clusters/home/metallb --prune --live cluster.json',
    'kustomize build . | metalwave plan -f -',
  ],
  exits: [
    '0  planned (with --detailed-exitcode: no changes)',
    '1  errors were found',
    '2  could not run (with --detailed-exitcode: there are changes)',
  ],
  async run(context) {
    refuseMixedOptions(context);
    const planned = context.options.texts('file').length > 0 ? await planFiles(context) : await planOne(context);
    if (planned === undefined) {
      return exitCode.failed;
    }
    const output = context.options.text('output') ?? 'text';
    if (output === 'json') {
      context.out(`${JSON.stringify(planJson(planned), undefined, 2)}\n`);
    } else if (output === 'markdown') {
      context.out(printPlanMarkdown(planned));
    } else {
      context.out(printPlan(planned, paletteFor(context.colourOut), context.verbose));
    }
    return context.options.flag('detailed-exitcode') && hasChanges(planned) ? exitCode.couldNotRun : exitCode.good;
  },
};

async function planOne(context: VerbContext): Promise<Plan | undefined> {
  const ready = await loadOne(context);
  return ready === undefined ? undefined : (await planFor(context, ready)).plan;
}
