import type { ExitCode } from './exit-code.ts';

/** One option of a verb, in the form the parser and the help page read. */
export interface OptionSpec {
  readonly type: 'string' | 'boolean';
  readonly short?: string;
  readonly multiple?: boolean;
  /** Placeholder for the value in the help page. */
  readonly value?: string;
  /** Values that are accepted; all others are refused with this list. */
  readonly choices?: readonly string[];
  readonly description: string;
}

export type OptionTable = { readonly [name: string]: OptionSpec };

/** Parsed options by name. Absent ones are undefined. */
export interface OptionValues {
  text(name: string): string | undefined;
  texts(name: string): readonly string[];
  flag(name: string): boolean;
}

/** Where a verb writes and what surrounds it. Machine output goes to `out`, everything else to `err`. */
export interface VerbContext {
  readonly options: OptionValues;
  readonly operands: readonly string[];
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Colour is only for a terminal without NO_COLOR and --no-color. */
  readonly colourOut: boolean;
  readonly colourErr: boolean;
  /** True where `err` is a terminal that can redraw lines. */
  readonly live: boolean;
  readonly columns: number;
  readonly quiet: boolean;
  readonly verbose: boolean;
  readonly env: { readonly [name: string]: string | undefined };
  readonly folder: string;
  readonly signal: AbortSignal;
}

export interface Verb {
  /** What follows the verb in the usage line. */
  readonly usage: string;
  /** A paragraph for the help page. */
  readonly about: string;
  readonly options: OptionTable;
  /** Brings arguments that are written in another program's style into ours. */
  readonly rewrite?: (args: readonly string[]) => readonly string[];
  /** Name of the operands for messages; undefined where the verb takes none. */
  readonly operands?: string;
  readonly examples: readonly string[];
  readonly exits: readonly string[];
  run(context: VerbContext): Promise<ExitCode>;
}
