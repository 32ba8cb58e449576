import { releaseRevisions, resume as resumed } from '../../../domain/history/change-history.ts';
import { everyRevision, quarantinedRevisions } from '../../../domain/history/quarantined-revisions.ts';
import type { Quarantined } from '../../../domain/history/history.ts';
import { shortRevision } from '../../../domain/history/rollback-target.ts';
import { readHistory, updateHistory } from '../../../engine/keep-history.ts';
import { openNamedCluster } from '../compose/named-cluster.ts';
import { exitCode } from '../exit-code.ts';
import { clusterOptions, environmentOption, sourceOptions } from '../option-sets.ts';
import type { Verb } from '../verb.ts';

function namesOf(revisions: readonly Quarantined[]): string {
  return revisions.map(({ revision }) => shortRevision(revision)).join(', ');
}

export const resume: Verb = {
  usage: '--env ENV [--release REVISION|all]',
  about:
    'Lets syncs of a suspended environment run again. With --release it also releases a quarantined revision, or all of\nthem: the next sync may deploy what a rollback had taken back. A suspension is ended by it too.',
  options: {
    ...environmentOption,
    release: {
      type: 'string',
      value: `REVISION|${everyRevision}`,
      description: 'release this quarantined revision (seven digits suffice), or all of them',
    },
    ...sourceOptions,
    ...clusterOptions,
  },
  examples: ['metalwave resume --env prod', 'metalwave resume --env prod --release 4f1c2d3'],
  exits: ['0  resumed', '2  could not run'],
  async run(context) {
    const cluster = await openNamedCluster(context);
    const name = context.options.text('release');
    const before = await readHistory(cluster);
    const released = name === undefined ? [] : quarantinedRevisions(before, name);
    await updateHistory(cluster, (history) => {
      const running = history.suspension === undefined ? history : resumed(history);
      return released.length > 0 ? releaseRevisions(running, released) : running;
    });
    const { environment } = cluster;
    const was = before.suspension === undefined ? 'was not suspended' : 'is no longer suspended';
    context.err(`${environment} ${was}.\n`);
    const still = before.quarantine.filter((one) => !released.includes(one));
    if (released.length > 0) {
      context.err(`Released: ${namesOf(released)}.\n`);
    }
    if (still.length > 0) {
      context.err(`Still quarantined: ${namesOf(still)}; --release REVISION releases one, --release all all.\n`);
    }
    return exitCode.good;
  },
};
