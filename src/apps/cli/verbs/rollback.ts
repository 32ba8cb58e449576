import { printPlan } from '../../../domain/plan/print-plan.ts';
import { openNamedCluster } from '../compose/named-cluster.ts';
import { paletteFor } from '../compose/palette.ts';
import { planFor } from '../compose/plan.ts';
import { carryOutRollback, prepareRollback, rollbackCommand } from '../compose/roll-back.ts';
import { syncViewFor } from '../compose/run.ts';
import { exitCode, exitCodeOfRun } from '../exit-code.ts';
import { clusterOptions, environmentOption, runExits, runOptions, sourceOptions } from '../option-sets.ts';
import type { Verb } from '../verb.ts';

const { revision: _, ...sourceOptionsWithoutRevision } = sourceOptions;

export const rollback: Verb = {
  usage: '--env ENV [--to REVISION|RUN] [--reason TEXT] [--dry-run] [--approve HASH]',
  about:
    'Deploys an earlier state that was healthy, read anew from its commit, by the same road as a sync: plan, approval,\nwaves. The state that is taken back is quarantined: no sync deploys it, nor another commit that renders the same,\nuntil `metalwave resume --release REVISION`. Without --to it is the last state that was healthy and differs.',
  options: {
    ...environmentOption,
    to: { type: 'string', value: 'REVISION|RUN', description: 'a run of `metalwave history`, or its revision' },
    reason: { type: 'string', value: 'TEXT', description: 'why, for the history' },
    ...sourceOptionsWithoutRevision,
    ...clusterOptions,
    ...runOptions,
  },
  examples: ['metalwave rollback --env prod', 'metalwave rollback --env prod --to 4f1c2d3 --reason "lost the gateway"'],
  exits: runExits,
  async run(context) {
    const cluster = await openNamedCluster(context);
    const prepared = await prepareRollback(context, cluster, context.options.text('to'));
    if (context.options.flag('dry-run')) {
      const { plan } = await planFor(context, prepared.ready, rollbackCommand(context, prepared));
      context.out(printPlan(plan, paletteFor(context.colourOut)));
      return exitCode.good;
    }
    const view = syncViewFor(context);
    try {
      const reason = context.options.text('reason') ?? 'rolled back';
      return exitCodeOfRun(await carryOutRollback(context, prepared, view, { kind: 'rollback', reason }));
    } finally {
      view.close();
    }
  },
};
