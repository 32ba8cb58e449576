import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { systemClock } from '../../../adapters/system/clock.ts';
import { sha256 } from '../../../adapters/system/digest.ts';
import { Failure, isFailure } from '../../../domain/failure.ts';
import { defaultNamespace } from '../../../domain/environment/metallb-defaults.ts';
import { objectIdOf } from '../../../domain/manifest/object-id.ts';
import type { Manifest } from '../../../domain/manifest/manifest.ts';
import { readRole } from '../../../domain/snapshot/read-role.ts';
import { snapshotJson } from '../../../domain/snapshot/snapshot-json.ts';
import type { Snapshot } from '../../../domain/snapshot/snapshot.ts';
import { readInventory } from '../../../engine/keep-inventory.ts';
import type { ObservedWorld, Wanted } from '../../../engine/observe.ts';
import { comparedLists, takeSnapshot } from '../../../engine/take-snapshot.ts';
import { openCluster } from '../compose/cluster.ts';
import { loadOne, type ReadyEnvironment } from '../compose/environment.ts';
import { manifestsFor } from '../compose/plan.ts';
import { exitCode } from '../exit-code.ts';
import { clusterOptions, environmentOption, sourceOptions } from '../option-sets.ts';
import type { Verb, VerbContext } from '../verb.ts';

export const snapshot: Verb = {
  usage: '[--env ENV] [-o FILE] [--role]',
  about:
    'Keeps in a file what plans need of a cluster: pools, advertisements, peers, Services, namespaces, nodes and endpoints, and\nwhich MetalLB runs there. Reads only, and no Secrets; passwords are masked. `metalwave plan --live FILE` plans against it\nanywhere. With --env it also holds what a plan of that environment compares.',
  options: {
    ...environmentOption,
    ...sourceOptions,
    ...clusterOptions,
    'metallb-namespace': {
      type: 'string',
      value: 'NAME',
      description: `where MetalLB runs (default: the environment's, else ${defaultNamespace})`,
    },
    role: { type: 'boolean', description: 'print the ClusterRole that this needs, and stop' },
    output: { type: 'string', short: 'o', value: 'FILE', description: 'where to write it (default: standard output)' },
  },
  examples: [
    'metalwave snapshot -o cluster.json',
    'metalwave snapshot --env prod -o prod.json',
    'metalwave snapshot --role | kubectl apply -f -',
  ],
  exits: ['0  taken', '1  errors were found in the environment', '2  could not run, or may not read all of it'],
  async run(context) {
    const ready = context.options.text('env') === undefined ? undefined : await loadOne(context);
    if (ready === undefined && context.options.text('env') !== undefined) {
      return exitCode.failed;
    }
    if (context.options.flag('role')) {
      context.out(await roleFor(context, ready));
      return exitCode.good;
    }
    await write(context, await take(context, ready));
    return exitCode.good;
  },
};

function namespaceOf({ options }: VerbContext, ready: ReadyEnvironment | undefined): string {
  return options.text('metallb-namespace') ?? ready?.environment.metallb.namespace ?? defaultNamespace;
}

function wantedOf(manifests: readonly Manifest[]): readonly Wanted[] {
  return manifests.map(({ object }) => ({ apiVersion: object.apiVersion, id: objectIdOf(object) }));
}

/** Worked out without the cluster, which may not be readable yet. */
async function roleFor(context: VerbContext, ready: ReadyEnvironment | undefined): Promise<string> {
  if (ready === undefined) {
    return readRole();
  }
  const { openRenderer } = await import('../compose/renderer.ts');
  const manifests = (await openRenderer()).render(ready.environment);
  return readRole(comparedLists(wantedOf(manifests), namespaceOf(context, ready)));
}

/** What a plan of the environment compares with the cluster: what is rendered, and what was applied earlier. */
async function comparedOf(
  context: VerbContext,
  ready: ReadyEnvironment,
  world: ObservedWorld,
): Promise<readonly Wanted[]> {
  const manifests = await manifestsFor(context, ready.environment, world.reader);
  const { inventory } = await readInventory({ ...world, digest: sha256, environment: ready.environment.name });
  return [...wantedOf(manifests), ...inventory.entries.values()];
}

async function take(context: VerbContext, ready: ReadyEnvironment | undefined): Promise<Snapshot> {
  const reader = await openCluster(context, ready?.environment);
  const world = { reader, clock: systemClock, signal: context.signal };
  try {
    return await takeSnapshot({
      ...world,
      takenAt: `${new Date(systemClock.now()).toISOString().slice(0, 19)}Z`,
      namespace: namespaceOf(context, ready),
      compared: ready === undefined ? [] : await comparedOf(context, ready, world),
    });
  } catch (error) {
    if (isFailure(error, 'cluster-forbidden') && !context.quiet) {
      context.err(`This ClusterRole allows it:\n\n${await roleFor(context, ready)}\n`);
    }
    throw error;
  }
}

async function write(context: VerbContext, taken: Snapshot): Promise<void> {
  const text = `${JSON.stringify(snapshotJson(taken), undefined, 1)}\n`;
  const file = context.options.text('output');
  if (file === undefined) {
    context.out(text);
    return;
  }
  try {
    await writeFile(path.resolve(context.folder, file), text, { mode: 0o600 });
  } catch (cause) {
    const message = `the snapshot can't be written to ${file}`;
    throw new Failure({ code: 'output-failed', retry: 'never', message, cause });
  }
  if (!context.quiet) {
    const { metallb, lists = [], objects } = taken;
    const found = metallb === undefined ? 'no MetalLB found' : `MetalLB ${metallb.version} (${metallb.backend})`;
    const services = lists.find(({ kind }) => kind === 'Service')?.items ?? 0;
    context.err(`${file}: ${taken.cluster}, ${found}, ${services} Services, ${objects.length} objects in all.\n`);
  }
}
