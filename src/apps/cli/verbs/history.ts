import { tellInterrupted } from '../../../domain/history/abandoned-runs.ts';
import { historyJson } from '../../../domain/history/history-json.ts';
import { printHistory } from '../../../domain/history/print-history.ts';
import { readOperations } from '../../../engine/read-operations.ts';
import { openNamedCluster } from '../compose/named-cluster.ts';
import { paletteFor } from '../compose/palette.ts';
import { exitCode } from '../exit-code.ts';
import { clusterOptions, environmentOption, sourceOptions } from '../option-sets.ts';
import type { Verb } from '../verb.ts';

export const history: Verb = {
  usage: '--env ENV [-o text|json]',
  about:
    'Shows the last runs of an environment, as its cluster remembers them: what was deployed by whom and how it ended,\nwhich plans were approved, which revisions are quarantined. Changes nothing.',
  options: {
    ...environmentOption,
    ...sourceOptions,
    ...clusterOptions,
    output: {
      type: 'string',
      short: 'o',
      choices: ['text', 'json'],
      description: 'form of the history (default: text)',
    },
  },
  examples: ['metalwave history --env prod', 'metalwave history --env prod -o json'],
  exits: ['0  shown', '2  could not run'],
  async run(context) {
    const cluster = await openNamedCluster(context);
    const operations = await readOperations(cluster);
    const found = tellInterrupted(operations.history, operations.holder, cluster.clock.now());
    if (context.options.text('output') === 'json') {
      context.out(`${JSON.stringify(historyJson(found), undefined, 2)}\n`);
    } else {
      context.out(printHistory(found, paletteFor(context.colourOut)));
    }
    return exitCode.good;
  },
};
