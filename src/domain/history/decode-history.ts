import { isJsonObject, listAt, numberAt, textAt, valueAt, type Json } from '../json.ts';
import { asJson, type KubeObject } from '../manifest/kube-object.ts';
import { emptyHistory, type AffectedServices, type Deployed, type History, type RunRecord } from './history.ts';
import { historyFormat } from './encode-history.ts';

/** What a stored ConfigMap gives. An unusable history is never taken for an empty one: it may hold a quarantine. */
export type DecodedHistory =
  | { readonly state: 'usable'; readonly history: History }
  | { readonly state: 'unusable'; readonly reason: string; readonly remedy: string };

/** Thrown and caught within this file: one place where reading ends. */
class Unreadable extends Error {}

const kinds = ['sync', 'rollback', 'automatic-rollback'] as const;
const outcomes = [
  'healthy',
  'failed',
  'unhealthy',
  'cancelled',
  'refused',
  'running',
  'interrupted',
] as const satisfies readonly RunRecord['outcome'][];

function text(value: Json, field: string): string {
  const found = textAt(value, field);
  if (found === undefined) {
    throw new Unreadable(`an entry has no ${field}`);
  }
  return found;
}

function count(value: Json, field: string): number {
  const found = numberAt(value, field);
  if (found === undefined) {
    throw new Unreadable(`an entry has no number ${field}`);
  }
  return found;
}

function oneOf<T extends string>(value: Json, field: string, known: readonly T[]): T {
  const found = text(value, field);
  const match = known.find((one) => one === found);
  if (match === undefined) {
    throw new Unreadable(`an entry has the unknown ${field} ${JSON.stringify(found)}`);
  }
  return match;
}

function deployed(value: Json): Deployed {
  return { revision: text(value, 'revision'), renderedHash: text(value, 'renderedHash') };
}

function services(value: Json | undefined): AffectedServices | undefined {
  if (value === undefined) {
    return undefined;
  }
  const names = listAt(value, 'names').filter((name) => typeof name === 'string');
  return { count: count(value, 'count'), names };
}

function counts(value: Json | undefined): RunRecord['counts'] {
  const entries = isJsonObject(value) ? Object.entries(value) : [];
  return Object.fromEntries(entries.filter((entry): entry is [string, number] => typeof entry[1] === 'number'));
}

function runOf(value: Json): RunRecord {
  const replaces = valueAt(value, 'replaces');
  return {
    ...deployed(value),
    id: text(value, 'id'),
    kind: oneOf(value, 'kind', kinds),
    planHash: text(value, 'planHash'),
    by: text(value, 'by'),
    signer: textAt(value, 'signer'),
    attempt: count(value, 'attempt'),
    startedAt: count(value, 'startedAt'),
    durationMs: numberAt(value, 'durationMs'),
    outcome: oneOf(value, 'outcome', outcomes),
    reason: textAt(value, 'reason'),
    counts: counts(valueAt(value, 'counts')),
    waves: listAt(value, 'waves').map((wave) => ({
      wave: count(wave, 'wave'),
      name: text(wave, 'name'),
      durationMs: numberAt(wave, 'durationMs'),
    })),
    services: services(valueAt(value, 'services')),
    replaces: replaces === undefined ? undefined : deployed(replaces),
  };
}

interface Words {
  readonly reason: string;
  readonly by: string;
  readonly at: number;
}

function words(value: Json): Words {
  return { reason: text(value, 'reason'), by: text(value, 'by'), at: count(value, 'at') };
}

function parseLine(line: string): Json {
  try {
    return JSON.parse(line) as Json;
  } catch {
    throw new Unreadable('it holds a line that is no JSON');
  }
}

function linesOf(configMap: KubeObject, key: string): readonly Json[] {
  const data = textAt(asJson(configMap), 'data', key);
  if (data === undefined) {
    throw new Unreadable(`it has no ${key}`);
  }
  return data === '' ? [] : data.split('\n').map((line) => parseLine(line));
}

function corrupt(reason: string): DecodedHistory {
  return {
    state: 'unusable',
    reason,
    remedy:
      'Restore the ConfigMap from a backup of the cluster, or delete it: past runs, quarantined revisions and a suspension are forgotten then.',
  };
}

function read(environment: string, configMap: KubeObject): DecodedHistory {
  const format = textAt(asJson(configMap), 'data', 'format') ?? '';
  if (!/^[1-9]\d{0,5}$/u.test(format)) {
    return corrupt(`its format ${JSON.stringify(format)} is no version`);
  }
  if (Number(format) > historyFormat) {
    return {
      state: 'unusable',
      reason: `it is written in format ${format}, and this version of Metalwave reads up to ${historyFormat}`,
      remedy: 'Use the newer version of Metalwave that wrote it.',
    };
  }
  const owner = textAt(asJson(configMap), 'data', 'environment');
  if (owner !== environment) {
    return corrupt(`it belongs to environment ${JSON.stringify(owner ?? null)}`);
  }
  const history: History = {
    environment,
    runs: linesOf(configMap, 'runs').map((line) => runOf(line)),
    approvals: linesOf(configMap, 'approvals').map((line) => ({
      planHash: text(line, 'planHash'),
      by: text(line, 'by'),
      at: count(line, 'at'),
      run: text(line, 'run'),
    })),
    quarantine: linesOf(configMap, 'quarantine').map((line) => ({ ...deployed(line), ...words(line) })),
    suspension: linesOf(configMap, 'suspension').map((line) => words(line))[0],
  };
  return { state: 'usable', history };
}

/** Reads an environment's history; no ConfigMap is an empty one. */
export function decodeHistory(environment: string, configMap: KubeObject | undefined): DecodedHistory {
  if (configMap === undefined) {
    return { state: 'usable', history: emptyHistory(environment) };
  }
  try {
    return read(environment, configMap);
  } catch (error) {
    if (error instanceof Unreadable) {
      return corrupt(error.message);
    }
    throw error;
  }
}
