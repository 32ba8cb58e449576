import type { ParsedArguments } from '../arguments.ts';
import type { VerbContext } from '../verb.ts';

function colourFor(stream: NodeJS.WriteStream, refused: boolean): boolean {
  const noColour = process.env['NO_COLOR'] ?? '';
  return stream.isTTY && !refused && noColour === '' && process.env['TERM'] !== 'dumb';
}

const fallbackColumns = 80;

/** A terminal that doesn't know its width says 0 or nothing. */
function columnsOf(stream: NodeJS.WriteStream): number {
  return stream.isTTY && stream.columns > 20 ? stream.columns : fallbackColumns;
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
    columns: columnsOf(process.stderr),
    quiet: options.flag('quiet'),
    verbose: options.flag('verbose'),
    env: process.env,
    folder: process.cwd(),
    signal,
  };
}
