import { systemClock } from '../../../adapters/system/clock.ts';
import { sha256 } from '../../../adapters/system/digest.ts';
import { printRelease } from '../../../domain/adoption/print-release.ts';
import { counted } from '../../../domain/plan/plan-summary.ts';
import { planEnvironmentRelease, releaseEnvironment } from '../../../engine/release-environment.ts';
import { openCluster } from '../compose/cluster.ts';
import { loadOne } from '../compose/environment.ts';
import { tellFailures, whileNobodySyncs } from '../compose/ownership.ts';
import { paletteFor } from '../compose/palette.ts';
import { exitCode } from '../exit-code.ts';
import { clusterOptions, environmentOption, ownershipOptions, sourceOptions } from '../option-sets.ts';
import type { Verb } from '../verb.ts';

export const release: Verb = {
  usage: '--env ENV [--yes] [--object KIND/NAME]…',
  about:
    "Lets go of what an environment owns in its cluster: our field ownership, labels and inventory entries go, and all\nelse stays as it is. Nothing is deleted. Without --yes it shows what it would do. A later sync of the same\nconfiguration takes the objects again, so take them out of it, or don't sync it any more.",
  options: { ...environmentOption, ...sourceOptions, ...clusterOptions, ...ownershipOptions },
  examples: [
    'metalwave release --env prod',
    'metalwave release --env prod --yes',
    'metalwave release --env prod --object IPAddressPool/default --yes',
  ],
  exits: ['0  shown, or let go', '1  errors were found, or a write failed', '2  could not run', '130  interrupted'],
  async run(context) {
    const ready = await loadOne(context);
    if (ready === undefined) {
      return exitCode.failed;
    }
    const cluster = await openCluster(context, ready.environment);
    const work = {
      reader: cluster,
      writer: cluster,
      owners: cluster,
      clock: systemClock,
      digest: sha256,
      signal: context.signal,
      environment: ready.environment.name,
      objects: context.options.texts('object'),
    };
    const planned = await planEnvironmentRelease(work);
    context.out(printRelease(planned.plan, paletteFor(context.colourOut)));
    if (!context.options.flag('yes')) {
      context.err('Nothing was changed. With --yes it is carried out.\n');
      return exitCode.good;
    }
    const result = await whileNobodySyncs(context, ready.environment.name, cluster, (world) =>
      releaseEnvironment({ ...work, ...world }, planned),
    );
    if (!context.quiet) {
      context.err(`${counted(result.done.length, 'object')} let go.\n`);
    }
    return tellFailures(context, result);
  },
};
