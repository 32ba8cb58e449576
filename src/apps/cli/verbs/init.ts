import { Failure } from '../../../domain/failure.ts';
import { answersOfOptions, answersOfPerson, beginEnvironment } from '../compose/init.ts';
import { interview } from '../compose/interview.ts';
import { newEnvironmentOptions, placeOf } from '../compose/new-environment.ts';
import type { Verb } from '../verb.ts';

export const init: Verb = {
  usage: '[--range RANGE[,RANGE…]] [--env ENV] [-o FILE|-]',
  about:
    'Writes the configuration of a new environment, with comments. With --range it asks nothing; without, it asks a few\nquestions on the terminal. A range is what `microk8s enable metallb:RANGE` takes: first-last or a CIDR block, several\nwith commas between, IPv4 and IPv6. For a cluster that has MetalLB already, metalwave import writes what is there.',
  options: {
    env: { type: 'string', short: 'e', value: 'ENV', description: 'name of the environment (default: default)' },
    range: {
      type: 'string',
      multiple: true,
      value: 'RANGE',
      description: 'addresses for Services; may be given several times',
    },
    gateway: { type: 'string', value: 'ADDRESS', description: 'gateway of their network: it must be none of them' },
    interface: {
      type: 'string',
      multiple: true,
      value: 'NAME',
      description: 'announce on this interface alone; may be given several times (default: all)',
    },
    ...newEnvironmentOptions,
  },
  examples: [
    'metalwave init',
    'metalwave init --range 192.168.1.220-192.168.1.250',
    'metalwave init --env prod --range 10.0.0.0/28,fd00:10::/120 --gateway 10.0.0.1',
    'metalwave init --range 192.168.1.240/28 --interface eth0 --dry-run',
  ],
  exits: ['0  written', '1  errors in what would be written; nothing was', '2  could not run'],
  async run(context) {
    if (context.options.texts('range').length > 0) {
      return beginEnvironment(context, answersOfOptions(context));
    }
    if (!process.stdin.isTTY || !context.live) {
      throw new Failure({
        code: 'usage',
        retry: 'never',
        message: 'there is no terminal to ask on, and no --range',
        remedy: 'Give the addresses, for example --range 192.168.1.220-192.168.1.250.',
      });
    }
    const name = context.options.text('env');
    if (name !== undefined) {
      placeOf(context, name);
    }
    const answers = await interview(context.signal, (ask) => answersOfPerson(context, ask));
    return beginEnvironment(context, answers);
  },
};
