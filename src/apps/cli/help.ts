import { globalOptions } from './option-sets.ts';
import type { OptionSpec, OptionTable, Verb } from './verb.ts';
import { verbTable } from './verb-table.ts';

function optionLabel(name: string, spec: OptionSpec): string {
  const short = spec.short === undefined ? '    ' : `-${spec.short}, `;
  const value = spec.choices?.join('|') ?? spec.value;
  return `${short}--${name}${value === undefined ? '' : ` ${value}`}`;
}

function optionLines(table: OptionTable): readonly string[] {
  const entries = Object.entries(table).map(([name, spec]) => ({ label: optionLabel(name, spec), spec }));
  const width = Math.max(...entries.map((entry) => entry.label.length));
  return entries.map(({ label, spec }) => `  ${label.padEnd(width)}  ${spec.description}`);
}

/** The page of `metalwave --help`. */
export function mainHelp(version: string): string {
  const width = Math.max(...verbTable.map((verb) => verb.name.length));
  return [
    `metalwave ${version}: load balancing for bare-metal Kubernetes, run from Git.`,
    '',
    'Usage: metalwave VERB [OPTIONS]',
    '',
    ...verbTable.map((verb) => `  ${verb.name.padEnd(width)}  ${verb.summary}`),
    '',
    'Every verb takes:',
    ...optionLines(globalOptions),
    '',
    'metalwave VERB --help shows one verb with examples. metalwave --version prints the version.',
    '',
  ].join('\n');
}

/** The page of `metalwave VERB --help`. */
export function verbHelp(name: string, verb: Verb): string {
  const { help, ...others } = globalOptions;
  return [
    `Usage: metalwave ${name} ${verb.usage}`.trimEnd(),
    '',
    verb.about,
    '',
    'Options:',
    ...optionLines({ ...verb.options, ...others, help }),
    '',
    'Examples:',
    ...verb.examples.map((example) => `  ${example}`),
    '',
    'Exit codes:',
    ...verb.exits.map((line) => `  ${line}`),
    '',
  ].join('\n');
}
