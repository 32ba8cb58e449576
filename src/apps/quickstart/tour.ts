import type { DemoService } from './demo-services.ts';
import type { ExampleRepository } from './example-repository.ts';

/** One command of the tour: the words a user would type after `metalwave`. Gives its exit code. */
export type RunLine = (words: readonly string[]) => Promise<number>;

export interface Tour {
  readonly repository: ExampleRepository;
  readonly run: RunLine;
  readonly say: (text: string) => void;
  /** Puts an application with Services on the cluster of dev. */
  readonly deployShop: () => Promise<readonly DemoService[]>;
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
const wholeRange = '192.168.1.220-192.168.1.229';
const shorterRange = '192.168.1.225-192.168.1.229';

/** A sync that asks for an approval before it writes anything. */
const needsApproval = 3;

async function firstSync({ run, say }: Tour): Promise<number> {
  say('\n1. Every mistake is found before anything happens. Here there is none.\n');
  await run(['validate']);
  say('\n2. The first sync of dev: MetalLB, its pools and its monitoring, in waves that wait for health.\n');
  const dev = await run(['sync', '--env', 'dev']);
  say('\n3. The same for prod, on a cluster of its own.\n');
  const prod = await run(['sync', '--env', 'prod']);
  return Math.max(dev, prod);
}

async function addresses({ say, deployShop }: Tour): Promise<void> {
  say('\n4. A team deploys an application to dev. The controller gives its Services their addresses.\n');
  const services = await deployShop();
  say(services.map(({ name, address }) => `  ${name.padEnd(10)} ${address}\n`).join(''));
}

async function goodChange({ repository, run, say }: Tour): Promise<number> {
  say('\n5. Somebody commits a new pool. The plan says what that means; the sync does just that.\n');
  await repository.change('dev', poolAnchor, newPool, 'Add a pool for the tour');
  await run(['plan', '--env', 'dev']);
  return run(['sync', '--env', 'dev']);
}

async function dangerousChange({ repository, run, say }: Tour): Promise<number> {
  say('\n6. Somebody shortens a range that is in use. The sync stops before it has touched anything.\n');
  await repository.change('dev', wholeRange, shorterRange, 'Shorten the default pool');
  const code = await run(['sync', '--env', 'dev']);
  await repository.change('dev', shorterRange, wholeRange, 'Give the default pool its addresses back');
  return code === needsApproval ? 0 : 1;
}

async function mistake({ repository, run, say }: Tour): Promise<void> {
  say('\n7. Somebody commits a mistake. It is refused with its place and the way out, and nothing is touched.\n');
  await repository.change('dev', poolAnchor, overlappingPool, 'Add a pool that overlaps');
  await run(['sync', '--env', 'dev']);
  await repository.change('dev', overlappingPool, poolAnchor, 'Take the overlapping pool back');
}

/**
 * First sync of both environments, an application, then a change to plan and sync, one that would take addresses away, and
 * a mistake. Gives the worst exit code of what should succeed.
 */
export async function takeTour(tour: Tour): Promise<number> {
  const first = await firstSync(tour);
  if (first !== 0) {
    return first;
  }
  await addresses(tour);
  const changed = await goodChange(tour);
  const stopped = await dangerousChange(tour);
  await mistake(tour);
  return Math.max(changed, stopped);
}

/** Before the first step: what is about to happen, and where. */
export function introduction(repository: ExampleRepository, kubeconfig: string): string {
  return [
    'A tour of Metalwave, in a few seconds: two embedded clusters, dev and prod, run in this process.',
    '',
    `  configuration  ${repository.folder}   (a Git repository)`,
    `  kubeconfig     ${kubeconfig}`,
    '',
  ].join('\n');
}

/** What to try next, as lines to copy. */
export function nextSteps(repository: ExampleRepository, kubeconfig: string): string {
  return [
    '',
    'Now it is yours. Both clusters run until you press Ctrl-C. In another terminal, in this folder:',
    '',
    `  export METALWAVE_CONFIG_REPO=${repository.folder} KUBECONFIG=${kubeconfig}`,
    '',
    `  $EDITOR ${repository.folder}/${repository.configFile('dev')}`,
    '  bin/metalwave validate',
    '  bin/metalwave plan   --env dev',
    '  bin/metalwave sync   --env dev --allow-dirty',
    '  bin/metalwave status --env dev',
    '',
    'If you have kubectl:',
    '',
    '  kubectl --context dev get services -A',
    '  kubectl --context dev get ipaddresspools -A',
    '',
  ].join('\n');
}
