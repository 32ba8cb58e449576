import { systemClock } from '../../../adapters/system/clock.ts';
import { sha256 } from '../../../adapters/system/digest.ts';
import { jsonLinesView, liveView, plainView, type SyncView } from '../../../adapters/terminal/sync-view.ts';
import { Failure } from '../../../domain/failure.ts';
import type { RunOutcome } from '../../../domain/report/run-event.ts';
import { printPlan } from '../../../domain/plan/print-plan.ts';
import { syncEnvironment } from '../../../engine/sync.ts';
import { openCluster } from '../compose/cluster.ts';
import { loadOne } from '../compose/environment.ts';
import { paletteFor } from '../compose/palette.ts';
import { manifestsFor, planFor } from '../compose/plan.ts';
import { exitCode, type ExitCode } from '../exit-code.ts';
import { clusterOptions, environmentOption, sourceOptions } from '../option-sets.ts';
import type { Verb, VerbContext } from '../verb.ts';

const outcomeCodes: { readonly [outcome in RunOutcome]: ExitCode } = {
  healthy: exitCode.good,
  failed: exitCode.failed,
  unhealthy: exitCode.failed,
  refused: exitCode.failed,
  cancelled: exitCode.interrupted,
};

/** The view for this call; `-q` hears only of the end. */
export function syncViewFor(context: VerbContext): SyncView {
  if (context.options.text('output') === 'jsonl') {
    return jsonLinesView(context.out);
  }
  const screen = { write: context.err, colour: context.colourErr, columns: context.columns, clock: systemClock };
  const view = context.live ? liveView(screen) : plainView(screen);
  return context.quiet
    ? {
        close: view.close,
        show: (event) => {
          if (['run-finished', 'wave-stopped', 'object-failed'].includes(event.type)) {
            view.show(event);
          }
        },
      }
    : view;
}

function refuseDirtyTree(context: VerbContext, revision: string): void {
  if (revision.endsWith('+dirty') && !context.options.flag('allow-dirty')) {
    throw new Failure({
      code: 'usage',
      retry: 'never',
      message: `the configuration has changes that are not committed (${revision})`,
      remedy: 'Commit them, or sync all the same with --allow-dirty.',
    });
  }
}

export const sync: Verb = {
  usage: '--env ENV [--dry-run] [-o text|jsonl]',
  about:
    'Applies an environment to its cluster: wave by wave, within a step in parallel, and each step waits until what it\napplied is healthy. Stopping it is safe at any time; running it again goes on from there.',
  options: {
    ...environmentOption,
    ...sourceOptions,
    ...clusterOptions,
    'dry-run': { type: 'boolean', description: 'show the plan and stop' },
    'allow-dirty': { type: 'boolean', description: 'sync a working tree with uncommitted changes' },
    output: {
      type: 'string',
      short: 'o',
      choices: ['text', 'jsonl'],
      description: 'form of the progress (default: text)',
    },
  },
  examples: [
    'metalwave sync --env dev',
    'metalwave sync --env prod --revision v12 -o jsonl',
    'metalwave sync --env dev --dry-run',
  ],
  exits: [
    '0  applied and healthy',
    '1  failed, refused, or not healthy in time',
    '2  could not run',
    '130  interrupted',
  ],
  async run(context) {
    const ready = await loadOne(context);
    if (ready === undefined) {
      return exitCode.failed;
    }
    if (context.options.flag('dry-run')) {
      context.out(printPlan((await planFor(context, ready)).plan, paletteFor(context.colourOut)));
      return exitCode.good;
    }
    refuseDirtyTree(context, ready.revision);
    const cluster = await openCluster(context, ready.environment);
    const view = syncViewFor(context);
    try {
      const result = await syncEnvironment({
        reader: cluster,
        writer: cluster,
        clock: systemClock,
        digest: sha256,
        signal: context.signal,
        emit: view.show,
        environment: ready.environment,
        revision: ready.revision,
        manifests: await manifestsFor(context, ready.environment, cluster),
      });
      return outcomeCodes[result.outcome];
    } finally {
      view.close();
    }
  },
};
