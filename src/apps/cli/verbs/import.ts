import { printFindings } from '../../../domain/finding/print-findings.ts';
import { composeImport, writeAndProve } from '../compose/import.ts';
import { readImportSource } from '../compose/import-source.ts';
import { newEnvironmentOptions, placeOf } from '../compose/new-environment.ts';
import { exitCode } from '../exit-code.ts';
import { clusterOptions } from '../option-sets.ts';
import type { Verb } from '../verb.ts';

export const importVerb: Verb = {
  usage: '[FILE|DIR|- …] [--env ENV] [-o FILE|-] [--dry-run]',
  about:
    "Writes an environment from what is there, with comments that say where each part was read, and proves that what it\nrenders is what was there. Without FILE it reads the cluster: its resources, and which MetalLB runs. With FILE it reads\nresources of metallb.io of every version, the ConfigMap of MetalLB before 0.13, values of MetalLB's Helm chart (also in a\nHelmRelease, HelmChart or Application), and the variables of Kubespray and k3s-ansible, all as one configuration.\nWhatever has no place in an environment is told: where, why, and what to do. Changes nothing in the cluster.",
  operands: 'FILE',
  options: {
    env: { type: 'string', short: 'e', value: 'ENV', description: 'name of the new environment (default: default)' },
    ...newEnvironmentOptions,
    ...clusterOptions,
    namespace: {
      type: 'string',
      short: 'n',
      value: 'NAMESPACE',
      description: "MetalLB's namespace (default: where it is found)",
    },
  },
  examples: [
    'metalwave import --env prod --context home',
    'metalwave import clusters/home/metallb --env home',
    'kustomize build overlays/prod | metalwave import - --env prod',
    'metalwave import values.yaml --env lab --dry-run',
    'metalwave import inventory/group_vars/all.yml --env lab -o lab.yaml',
  ],
  exits: [
    '0  written, and what is rendered is what was there',
    '1  errors in what was read or written, or what is rendered differs',
    '2  could not run',
  ],
  async run(context) {
    const target = placeOf(context, context.options.text('env') ?? 'default');
    const source = await readImportSource(context);
    const composed = composeImport(context, source, target.name);
    if (composed.problems.length > 0) {
      context.err(printFindings(composed.problems, { colour: context.colourErr }));
      context.err('Nothing was written: what was read cannot be trusted to be the whole.\n');
      return exitCode.failed;
    }
    return writeAndProve(context, target, source, composed);
  },
};
