import { systemClock } from '../../../adapters/system/clock.ts';
import { sha256 } from '../../../adapters/system/digest.ts';
import { adoptionsOf } from '../../../domain/adoption/adoption.ts';
import { printAdoption } from '../../../domain/adoption/print-adoption.ts';
import { counted } from '../../../domain/plan/plan-summary.ts';
import { adoptEnvironment } from '../../../engine/adopt-environment.ts';
import { planAdoption } from '../../../engine/adopt-plan.ts';
import { openCluster } from '../compose/cluster.ts';
import { loadOne } from '../compose/environment.ts';
import { tellFailures, whileNobodySyncs } from '../compose/ownership.ts';
import { paletteFor } from '../compose/palette.ts';
import { manifestsFor } from '../compose/plan.ts';
import { exitCode } from '../exit-code.ts';
import { clusterOptions, environmentOption, ownershipOptions, sourceOptions } from '../option-sets.ts';
import type { Verb } from '../verb.ts';

export const adopt: Verb = {
  usage: '--env ENV [--yes] [--allow-changes] [--from MANAGER]… [--object KIND/NAME]…',
  about:
    'Takes over what the configuration describes and the cluster has already, field by field, from kubectl, Helm and the\nlike. Without --yes it shows who owns what now, what becomes ours and what stays with whom, and changes nothing. It\nnever changes a value, and never takes a field from a controller that is at work.',
  options: {
    ...environmentOption,
    ...sourceOptions,
    ...clusterOptions,
    ...ownershipOptions,
    'allow-changes': {
      type: 'boolean',
      description: 'adopt objects whose values differ too; the next sync changes the values',
    },
    from: {
      type: 'string',
      multiple: true,
      value: 'MANAGER',
      description: 'this field manager runs no longer: its fields may be taken',
    },
  },
  examples: [
    'metalwave adopt --env prod',
    'metalwave adopt --env prod --yes',
    'metalwave adopt --env prod --object IPAddressPool/default --from argocd-controller --yes',
  ],
  exits: [
    '0  shown, or adopted',
    '1  errors were found, something is in the way (then nothing is changed), or a write failed',
    '2  could not run',
    '130  interrupted',
  ],
  async run(context) {
    const ready = await loadOne(context);
    if (ready === undefined) {
      return exitCode.failed;
    }
    const { environment, revision } = ready;
    const cluster = await openCluster(context, environment);
    const work = {
      reader: cluster,
      writer: cluster,
      owners: cluster,
      clock: systemClock,
      digest: sha256,
      signal: context.signal,
      environment: environment.name,
      revision,
      manifests: await manifestsFor(context, environment, cluster),
      choices: {
        allowChanges: context.options.flag('allow-changes'),
        letGo: new Set(context.options.texts('from')),
      },
      objects: context.options.texts('object'),
    };
    const planned = await planAdoption(work);
    context.out(printAdoption(planned.plan, paletteFor(context.colourOut)));
    const blocked = adoptionsOf(planned.plan, 'blocked').length > 0;
    if (blocked || !context.options.flag('yes')) {
      context.err('Nothing was changed. With --yes it is carried out, once nothing is in the way.\n');
      return blocked ? exitCode.failed : exitCode.good;
    }
    const result = await whileNobodySyncs(context, environment.name, cluster, (world) =>
      adoptEnvironment({ ...work, ...world }, planned),
    );
    if (!context.quiet) {
      context.err(`${counted(result.done.length, 'object')} adopted.\n`);
    }
    return tellFailures(context, result);
  },
};
