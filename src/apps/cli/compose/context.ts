import type { ParsedArguments } from '../arguments.ts';
import type { VerbContext } from '../verb.ts';

function colourFor(stream: NodeJS.WriteStream, refused: boolean): boolean {
  const noColour = process.env['NO_COLOR'] ?? '';
  return stream.isTTY && !refused && noColour === '' && process.env['TERM'] !== 'dumb';
}

/** What surrounds a verb in this process. */
export function contextFor({ options, operands }: ParsedArguments, signal: AbortSignal): VerbContext {
  const refused = options.flag('no-color');
  return {
    options,
    operands,
    out: (text) => {
      process.stdout.write(text);
    },
    err: (text) => {
      process.stderr.write(text);
    },
    colourOut: colourFor(process.stdout, refused),
    colourErr: colourFor(process.stderr, refused),
    live: process.stderr.isTTY && process.env['TERM'] !== 'dumb',
    columns: process.stderr.isTTY ? process.stderr.columns : 100,
    quiet: options.flag('quiet'),
    verbose: options.flag('verbose'),
    env: process.env,
    folder: process.cwd(),
    signal,
  };
}
