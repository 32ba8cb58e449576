import type { ExampleRepository } from './example-repository.ts';

/** One command of the tour: the words a user would type after `metalwave`. */
export type RunLine = (words: readonly string[]) => Promise<number>;

export interface Tour {
  readonly repository: ExampleRepository;
  readonly kubeconfig: string;
  readonly run: RunLine;
  readonly say: (text: string) => void;
}

/** What the tour changes, as text in the example's file. */
const poolAnchor = '  ipAddressPool:\n';
const newPool = `${poolAnchor}    - name: tour
      addresses:
        - 192.168.1.230-192.168.1.234
`;
const overlappingPool = `${poolAnchor}    - name: mistake
      addresses:
        - 192.168.1.225-192.168.1.235
`;

async function firstSync({ run, say }: Tour, where: readonly string[]): Promise<number> {
  say('\n1. Every mistake is found before anything happens.\n');
  await run(['validate', ...where.slice(0, 2)]);
  say('\n2. The first sync of dev: MetalLB, its pools and its monitoring, in waves that wait for health.\n');
  const dev = await run(['sync', '--env', 'dev', '--context', 'dev', ...where]);
  say('\n3. The same for prod, on a cluster of its own.\n');
  const prod = await run(['sync', '--env', 'prod', '--context', 'prod', ...where]);
  return Math.max(dev, prod);
}

async function goodChange({ repository, run, say }: Tour, where: readonly string[]): Promise<number> {
  say('\n4. Somebody commits a new pool to dev. The plan says what that means; the sync does just that.\n');
  await repository.change('dev', poolAnchor, newPool, 'Add a pool for the tour');
  await run(['plan', '--env', 'dev', '--context', 'dev', ...where]);
  return run(['sync', '--env', 'dev', '--context', 'dev', ...where]);
}

async function badChange({ repository, run, say }: Tour, where: readonly string[]): Promise<void> {
  say('\n5. Somebody commits a mistake. It is refused with its place and the way out, and nothing is touched.\n');
  await repository.change('dev', poolAnchor, overlappingPool, 'Add a pool that overlaps');
  await run(['sync', '--env', 'dev', '--context', 'dev', ...where]);
  await repository.change('dev', overlappingPool, poolAnchor, 'Take the overlapping pool back');
}

/**
 * First sync of both environments, then a change to plan and sync, then a mistake. Gives the worst exit code of the syncs
 * that should succeed.
 */
export async function takeTour(tour: Tour): Promise<number> {
  const where = ['--config-repo', tour.repository.folder, '--kubeconfig', tour.kubeconfig];
  const first = await firstSync(tour, where);
  if (first !== 0) {
    return first;
  }
  const changed = await goodChange(tour, where);
  await badChange(tour, where);
  return changed;
}

/** What to try next, as lines to copy. */
export function nextSteps(repository: ExampleRepository, kubeconfig: string): string {
  return [
    '',
    'Now it is yours. Both clusters run until you press Ctrl-C. In another terminal, in this folder:',
    '',
    `  export METALWAVE_CONFIG_REPO=${repository.folder} KUBECONFIG=${kubeconfig}`,
    '',
    `  edit ${repository.folder}/${repository.configFile('dev')}`,
    '  bin/metalwave validate',
    '  bin/metalwave plan   --env dev --context dev',
    '  bin/metalwave sync   --env dev --context dev --allow-dirty',
    '  bin/metalwave status --env dev --context dev',
    '  kubectl --context dev get ipaddresspools -A      (if you have kubectl)',
    '',
  ].join('\n');
}
