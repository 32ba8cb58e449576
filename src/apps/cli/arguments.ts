import { parseArgs } from 'node:util';
import { Failure } from '../../domain/failure.ts';
import { nearestName } from '../../domain/finding/nearest-name.ts';
import type { OptionTable, OptionValues } from './verb.ts';

export interface ParsedArguments {
  readonly options: OptionValues;
  readonly operands: readonly string[];
}

function usageFailure(message: string, verb: string): Failure {
  return new Failure({
    code: 'usage',
    retry: 'never',
    message,
    remedy: `metalwave ${verb} --help lists what it takes.`,
  });
}

function explain(error: unknown, table: OptionTable, verb: string): Failure {
  const text = error instanceof Error ? error.message : String(error);
  const unknown = /Unknown option '(-{1,2}[^']+)'/u.exec(text)?.[1];
  if (unknown === undefined) {
    return usageFailure(text.split('. ')[0] ?? text, verb);
  }
  const nearest = nearestName(unknown.replace(/^-+/u, ''), Object.keys(table));
  const hint = nearest === undefined ? '' : `; did you mean --${nearest}?`;
  return usageFailure(`unknown option ${unknown}${hint}`, verb);
}

function checkChoices(values: ReadonlyMap<string, readonly string[]>, table: OptionTable, verb: string): void {
  for (const [name, given] of values) {
    const choices = table[name]?.choices;
    const wrong = given.find((value) => choices !== undefined && !choices.includes(value));
    if (choices !== undefined && wrong !== undefined) {
      throw usageFailure(`--${name} ${wrong}: it is one of ${choices.join(', ')}`, verb);
    }
  }
}

/** Options and operands of one verb; anything it does not know is a `usage` failure that names the nearest option. */
export function parseArguments(verb: string, args: readonly string[], table: OptionTable): ParsedArguments {
  let parsed: { readonly values: Record<string, unknown>; readonly positionals: string[] };
  try {
    parsed = parseArgs({
      args: [...args],
      options: Object.fromEntries(
        Object.entries(table).map(([name, spec]) => [
          name,
          {
            type: spec.type,
            multiple: spec.multiple ?? false,
            ...(spec.short === undefined ? {} : { short: spec.short }),
          },
        ]),
      ),
      allowPositionals: true,
      strict: true,
    });
  } catch (error) {
    throw explain(error, table, verb);
  }
  const texts = new Map<string, readonly string[]>();
  for (const [name, value] of Object.entries(parsed.values)) {
    const all: readonly unknown[] = Array.isArray(value) ? value : [value];
    texts.set(
      name,
      all.filter((one) => typeof one === 'string'),
    );
  }
  checkChoices(texts, table, verb);
  return {
    operands: parsed.positionals,
    options: {
      text: (name) => texts.get(name)?.at(-1),
      texts: (name) => texts.get(name) ?? [],
      flag: (name) => parsed.values[name] === true,
    },
  };
}
