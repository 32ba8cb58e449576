import { systemHost } from '../../../adapters/system/host.ts';
import { Failure } from '../../../domain/failure.ts';
import { suspend as suspended } from '../../../domain/history/change-history.ts';
import { updateHistory } from '../../../engine/keep-history.ts';
import { openNamedCluster } from '../compose/named-cluster.ts';
import { exitCode } from '../exit-code.ts';
import { clusterOptions, environmentOption, sourceOptions } from '../option-sets.ts';
import type { Verb } from '../verb.ts';

export const suspend: Verb = {
  usage: '--env ENV --reason TEXT',
  about:
    'Stops syncs of an environment until `metalwave resume`: each one ends with who stopped it, since when and why. A run\nthat is at work goes on to its end. A rollback by hand is still possible.',
  options: {
    ...environmentOption,
    reason: { type: 'string', value: 'TEXT', description: 'why; everybody whose sync is refused reads it' },
    ...sourceOptions,
    ...clusterOptions,
  },
  examples: ['metalwave suspend --env prod --reason "switch upgrade until Friday"'],
  exits: ['0  suspended', '2  could not run'],
  async run(context) {
    const reason = context.options.text('reason')?.trim() ?? '';
    if (reason === '') {
      throw new Failure({
        code: 'usage',
        retry: 'never',
        message: 'suspend needs a reason',
        remedy: 'Say why with --reason, for those whose sync is refused.',
      });
    }
    const cluster = await openNamedCluster(context);
    const at = cluster.clock.now();
    await updateHistory(cluster, (history) => suspended(history, { reason, by: systemHost.by, at }));
    context.err(`${cluster.environment} is suspended. metalwave resume --env ${cluster.environment} ends it.\n`);
    return exitCode.good;
  },
};
