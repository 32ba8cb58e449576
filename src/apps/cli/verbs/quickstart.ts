import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { noFaults } from '../../../domain/fault/fault-settings.ts';
import { askedFaults } from '../../quickstart/asked-faults.ts';
import { startDemoClusters } from '../../quickstart/demo-clusters.ts';
import { deployShop } from '../../quickstart/demo-services.ts';
import { makeExampleRepository, tourEnvironments } from '../../quickstart/example-repository.ts';
import { introduction, nextSteps, takeTour, type RunLine } from '../../quickstart/tour.ts';
import { parseArguments } from '../arguments.ts';
import { exitCode, type ExitCode } from '../exit-code.ts';
import { globalOptions } from '../option-sets.ts';
import type { Verb, VerbContext } from '../verb.ts';
import { plan } from './plan.ts';
import { sync } from './sync.ts';
import { validate } from './validate.ts';

const tourVerbs: { readonly [name: string]: Verb } = { plan, sync, validate };

/** The tour's repository and clusters, and nothing of the user's own. */
function tourVariables(env: VerbContext['env'], repository: string, kubeconfig: string): VerbContext['env'] {
  const others = Object.entries(env).filter(([name]) => !/^(METALWAVE|KUBERNETES)_/u.test(name));
  return { ...Object.fromEntries(others), METALWAVE_CONFIG_REPO: repository, KUBECONFIG: kubeconfig };
}

/** The tour is a story for people: told as a whole, in its order, wherever one of the streams is led. */
function oneStream(context: VerbContext): VerbContext {
  return { ...context, out: context.err, colourOut: context.colourErr };
}

/** Runs a command of the tour as the user would, showing its line first. */
function lineRunner(context: VerbContext): RunLine {
  return async (words) => {
    const [name = '', ...args] = words;
    const verb = tourVerbs[name];
    if (verb === undefined) {
      throw new Error(`bug: the tour uses the unknown verb ${name}`);
    }
    context.err(`$ metalwave ${words.join(' ')}\n`);
    const parsed = parseArguments(name, args, { ...verb.options, ...globalOptions });
    return verb.run({ ...context, ...parsed });
  };
}

async function waitForInterrupt(signal: AbortSignal): Promise<void> {
  await new Promise<void>((done) => {
    const keepAlive = setInterval(() => undefined, 60_000);
    signal.addEventListener('abort', () => {
      clearInterval(keepAlive);
      done();
    });
  });
}

export const quickstart: Verb = {
  usage: '[--folder FOLDER] [--once] [--faults FILE|JSON]',
  about:
    'Shows the whole road on embedded control planes: a Git repository with the example environments dev and prod, a first\nsync of both through all waves, Services that get addresses, a change to plan and sync, one that would take addresses\naway, a mistake that is refused. Then it is yours to try, until Ctrl-C. Needs neither Docker nor Kubernetes nor root.',
  options: {
    folder: {
      type: 'string',
      value: 'FOLDER',
      description: 'keep the repository and kubeconfig here (default: a temporary folder)',
    },
    once: { type: 'boolean', description: 'end after the tour instead of waiting for Ctrl-C' },
    faults: {
      type: 'string',
      value: 'FILE|JSON',
      description: 'what the control planes do wrong: latency, errors, cut connections, lost events, nodes down, …',
    },
  },
  examples: [
    'metalwave quickstart',
    'metalwave quickstart --folder ~/metalwave-tour',
    `metalwave quickstart --faults '{"requests":[{"fault":"error","status":503,"every":5}]}'`,
  ],
  exits: ['0  the tour went well', '1  a sync of the tour failed', '2  could not run'],
  async run(context): Promise<ExitCode> {
    const named = context.options.text('folder');
    const asked = context.options.text('faults');
    const faults = asked === undefined ? noFaults : await askedFaults(asked, context.folder);
    const folder = named === undefined ? await mkdtemp(join(tmpdir(), 'metalwave-')) : resolve(context.folder, named);
    const repository = await makeExampleRepository(join(folder, 'config'), context.signal);
    const clusters = await startDemoClusters(folder, tourEnvironments, faults);
    const { kubeconfig } = clusters;
    try {
      context.err(introduction(repository, kubeconfig));
      const code = await takeTour({
        repository,
        run: lineRunner({ ...oneStream(context), env: tourVariables(context.env, repository.folder, kubeconfig) }),
        say: context.err,
        deployShop: () => deployShop(kubeconfig, 'dev', context.signal),
      });
      if (code !== exitCode.good) {
        return exitCode.failed;
      }
      if (!context.options.flag('once')) {
        context.err(nextSteps(repository, kubeconfig));
        await waitForInterrupt(context.signal);
        context.err('\nStopping.\n');
      }
      return exitCode.good;
    } finally {
      await clusters.stop();
      if (named === undefined) {
        await rm(folder, { recursive: true, force: true });
      }
    }
  },
};
