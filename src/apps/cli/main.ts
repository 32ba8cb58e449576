import type { Sandbox } from '../../adapters/sandbox/start-sandbox.ts';
import { Failure, isFailure } from '../../domain/failure.ts';
import { nearestName } from '../../domain/finding/nearest-name.ts';
import { parseArguments } from './arguments.ts';
import { contextFor } from './compose/context.ts';
import { exitCode, exitCodeOf, type ExitCode } from './exit-code.ts';
import { mainHelp, verbHelp } from './help.ts';
import { globalOptions } from './option-sets.ts';
import { productVersion as version } from '../../domain/product-version.generated.ts';
import type { Verb } from './verb.ts';
import { verbTable, type VerbEntry } from './verb-table.ts';

/** A reader that went away (`metalwave plan | head`) ends the program quietly. */
function surviveClosedPipes(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') {
        process.exit(exitCode.good);
      }
      throw error;
    });
  }
}

function causesOf(error: Error): readonly string[] {
  const { cause } = error;
  return cause instanceof Error ? [`  cause: ${cause.message}\n`, ...causesOf(cause)] : [];
}

function reportError(error: unknown, verbose: boolean): ExitCode {
  if (error instanceof Failure) {
    const help = error.remedy === undefined ? '' : `  help: ${error.remedy}\n`;
    const causes = verbose ? causesOf(error).join('') : '';
    process.stderr.write(`metalwave: ${error.message}\n${help}${causes}`);
    return exitCodeOf(error);
  }
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`metalwave: this is a bug, please report it.\n${text}\n`);
  return exitCode.couldNotRun;
}

/** The first Ctrl-C lets the verb stop cleanly and say what stands; a second one ends the program at once. */
function interruptSignal(): AbortSignal {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.on(name, () => {
      if (controller.signal.aborted) {
        process.exit(exitCode.interrupted);
      }
      controller.abort(new Error(`interrupted by ${name}`));
    });
  }
  return controller.signal;
}

function findVerb(name: string): VerbEntry {
  const entry = verbTable.find((candidate) => candidate.name === name);
  if (entry !== undefined) {
    return entry;
  }
  const nearest = nearestName(
    name,
    verbTable.map((verb) => verb.name),
  );
  const hint = nearest === undefined ? '' : `; did you mean ${nearest}?`;
  const remedy = 'metalwave --help lists the verbs.';
  throw new Failure({ code: 'usage', retry: 'never', message: `unknown verb ${name}${hint}`, remedy });
}

async function runVerb(name: string, verb: Verb, args: readonly string[]): Promise<ExitCode> {
  const parsed = parseArguments(name, verb.rewrite?.(args) ?? args, { ...verb.options, ...globalOptions });
  const [operand] = parsed.operands;
  if (verb.operands === undefined && operand !== undefined) {
    const message = `${name} takes no operands, and ${operand} was given`;
    throw new Failure({
      code: 'usage',
      retry: 'never',
      message,
      remedy: `metalwave ${name} --help shows its options.`,
    });
  }
  const signal = interruptSignal();
  try {
    return await verb.run(contextFor(parsed, signal));
  } catch (error) {
    if (signal.aborted && !isFailure(error)) {
      process.stderr.write('metalwave: interrupted\n');
      return exitCode.interrupted;
    }
    throw error;
  }
}

async function showHelp(name: string | undefined): Promise<ExitCode> {
  const entry = name === undefined ? undefined : findVerb(name);
  process.stdout.write(entry === undefined ? mainHelp(version) : verbHelp(entry.name, await entry.load()));
  return exitCode.good;
}

async function dispatch(args: readonly string[]): Promise<ExitCode> {
  const [first, ...rest] = args;
  switch (first) {
    case undefined:
      process.stderr.write(mainHelp(version));
      return exitCode.couldNotRun;
    case '--version':
    case 'version':
      process.stdout.write(`metalwave ${version}\n`);
      return exitCode.good;
    case '--help':
    case '-h':
      return showHelp(undefined);
    case 'help':
      return showHelp(rest[0]);
    default: {
      const entry = findVerb(first);
      const asked = rest.includes('--help') || rest.includes('-h');
      return asked ? showHelp(first) : runVerb(entry.name, await entry.load(), rest);
    }
  }
}

/** Runs one command line and gives its exit code. Nothing is thrown. */
export async function main(args: readonly string[]): Promise<ExitCode> {
  surviveClosedPipes();
  try {
    return await dispatch(args);
  } catch (error) {
    return reportError(error, args.includes('-v') || args.includes('--verbose'));
  }
}

/** Starts an embedded control plane in this process: for who measures it, and for the code cache that is made of its start. */
export async function startEmbedded(): Promise<Sandbox> {
  const [{ startSandbox }, { systemClock }] = await Promise.all([
    import('../../adapters/sandbox/start-sandbox.ts'),
    import('../../adapters/system/clock.ts'),
  ]);
  return startSandbox({ clock: systemClock, nodes: 1 });
}
