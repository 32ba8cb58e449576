import { parseArguments } from '../../../src/apps/cli/arguments.ts';
import { globalOptions } from '../../../src/apps/cli/option-sets.ts';
import type { Verb } from '../../../src/apps/cli/verb.ts';

export interface VerbRun {
  readonly exitCode: number;
  readonly out: string;
  readonly err: string;
}

/** Runs a verb in this process as the command line would, in the given folder. */
export async function runVerb(verb: Verb, args: readonly string[], folder = '/'): Promise<VerbRun> {
  const parsed = parseArguments('verb', args, { ...verb.options, ...globalOptions });
  const [out, err]: [string[], string[]] = [[], []];
  const exitCode = await verb.run({
    ...parsed,
    out: (text) => out.push(text),
    err: (text) => err.push(text),
    colourOut: false,
    colourErr: false,
    live: false,
    columns: 80,
    quiet: false,
    verbose: false,
    env: {},
    folder,
    signal: new AbortController().signal,
  });
  return { exitCode, out: out.join(''), err: err.join('') };
}
