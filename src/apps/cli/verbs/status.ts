import { systemClock } from '../../../adapters/system/clock.ts';
import { sha256 } from '../../../adapters/system/digest.ts';
import { pruneScopeOf } from '../../../domain/prune/prune-scope.ts';
import { operationsJson } from '../../../domain/history/history-json.ts';
import { printOperations } from '../../../domain/history/print-history.ts';
import { printStatus, statusJson } from '../../../domain/report/print-status.ts';
import { assessStatus } from '../../../engine/assess-status.ts';
import { readOperations } from '../../../engine/read-operations.ts';
import { openCluster } from '../compose/cluster.ts';
import { loadOne } from '../compose/environment.ts';
import { paletteFor } from '../compose/palette.ts';
import { manifestsFor } from '../compose/plan.ts';
import { exitCode } from '../exit-code.ts';
import { clusterOptions, environmentOption, sourceOptions } from '../option-sets.ts';
import type { Verb } from '../verb.ts';

export const status: Verb = {
  usage: '--env ENV [-o text|json]',
  about:
    'Says whether the cluster is what the configuration says (Synced, OutOfSync) and how healthy it is (Healthy,\nProgressing, Degraded, Missing), with every object that is not as it should be, and whether MetalLB has taken the\nconfiguration that is stored. Changes nothing.',
  options: {
    ...environmentOption,
    ...sourceOptions,
    ...clusterOptions,
    output: {
      type: 'string',
      short: 'o',
      choices: ['text', 'json'],
      description: 'form of the status (default: text)',
    },
  },
  examples: ['metalwave status --env dev', 'metalwave status --env prod -o json'],
  exits: ['0  Synced and Healthy', '1  anything else', '2  could not run'],
  async run(context) {
    const ready = await loadOne(context);
    if (ready === undefined) {
      return exitCode.failed;
    }
    const reader = await openCluster(context, ready.environment);
    const found = await assessStatus({
      reader,
      clock: systemClock,
      digest: sha256,
      signal: context.signal,
      environment: ready.environment.name,
      revision: ready.revision,
      pruning: pruneScopeOf(ready.environment),
      metallb: ready.environment.metallb,
      manifests: await manifestsFor(context, ready.environment, reader),
    });
    const { signal } = context;
    const scope = { reader, clock: systemClock, signal, environment: ready.environment.name };
    const { history, holder } = await readOperations(scope);
    if (context.options.text('output') === 'json') {
      const whole = { ...statusJson(found), ...operationsJson(history, holder) };
      context.out(`${JSON.stringify(whole, undefined, 2)}\n`);
    } else {
      const at = new Date(found.verifiedAt).toISOString();
      context.out(printStatus(found, { paint: paletteFor(context.colourOut), at, all: context.verbose }));
      context.out(printOperations(history, holder, paletteFor(context.colourOut)));
    }
    return found.sync === 'Synced' && found.health === 'Healthy' ? exitCode.good : exitCode.failed;
  },
};
