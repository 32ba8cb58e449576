import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Failure } from '../../domain/failure.ts';
import type { FaultSettings } from '../../domain/fault/fault-settings.ts';
import { readFaultSettings } from '../../domain/fault/read-fault-settings.ts';
import type { Json } from '../../domain/json.ts';

/** The faults that `--faults` asks for: JSON itself, or the name of a file that holds it. */
export async function askedFaults(given: string, folder: string): Promise<FaultSettings> {
  const isText = given.trimStart().startsWith('{');
  const json = parse(isText ? given : await textOf(resolve(folder, given)), isText ? 'its JSON' : given);
  const read = readFaultSettings(json);
  if (!read.ok) {
    throw refusal(read.mistakes.join('; '));
  }
  return read.settings;
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw refusal(`${file} cannot be read`, error);
  }
}

function parse(text: string, name: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    throw refusal(`${name} is broken: ${error instanceof Error ? error.message : String(error)}`, error);
  }
}

function refusal(why: string, cause?: unknown): Failure {
  const remedy = 'docs/embedded-control-plane.md lists the faults and their fields.';
  return new Failure({ code: 'usage', retry: 'never', message: `--faults: ${why}`, remedy, cause });
}
