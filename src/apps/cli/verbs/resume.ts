import { releaseAll, resume as resumed } from '../../../domain/history/change-history.ts';
import { shortRevision } from '../../../domain/history/rollback-target.ts';
import { readHistory, updateHistory } from '../../../engine/keep-history.ts';
import { openNamedCluster } from '../compose/named-cluster.ts';
import { exitCode } from '../exit-code.ts';
import { clusterOptions, environmentOption, sourceOptions } from '../option-sets.ts';
import type { Verb } from '../verb.ts';

export const resume: Verb = {
  usage: '--env ENV [--release]',
  about:
    'Lets syncs of a suspended environment run again. With --release it also releases every quarantined revision: the\nnext sync may deploy what a rollback had taken back.',
  options: {
    ...environmentOption,
    release: { type: 'boolean', description: 'release quarantined revisions too' },
    ...sourceOptions,
    ...clusterOptions,
  },
  examples: ['metalwave resume --env prod', 'metalwave resume --env prod --release'],
  exits: ['0  resumed', '2  could not run'],
  async run(context) {
    const cluster = await openNamedCluster(context);
    const release = context.options.flag('release');
    const before = await readHistory(cluster);
    await updateHistory(cluster, (history) => {
      const running = history.suspension === undefined ? history : resumed(history);
      return release && running.quarantine.length > 0 ? releaseAll(running) : running;
    });
    const { environment } = cluster;
    const was = before.suspension === undefined ? 'was not suspended' : 'is no longer suspended';
    context.err(`${environment} ${was}.\n`);
    const names = before.quarantine.map(({ revision }) => shortRevision(revision)).join(', ');
    if (names !== '') {
      context.err(release ? `Released: ${names}.\n` : `Still quarantined: ${names}; --release releases them.\n`);
    }
    return exitCode.good;
  },
};
