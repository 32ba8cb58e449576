import { existsSync, readFileSync, statSync } from 'node:fs';
import { delimiter, dirname, resolve } from 'node:path';
import { load } from 'js-yaml';
import { Failure } from '../../domain/failure.ts';
import { isJsonObject, type Json, type JsonObject, listAt, textAt, valueAt } from '../../domain/json.ts';

/** One context with its cluster and user, as kubeconfig has them. Paths in it are absolute. */
export interface KubeconfigContext {
  readonly name: string;
  readonly cluster: JsonObject;
  readonly user: JsonObject;
  readonly userName: string;
}

const largestKubeconfig = 1024 * 1024;
const pathFields: ReadonlySet<string> = new Set([
  'certificate-authority',
  'client-certificate',
  'client-key',
  'tokenFile',
]);

export function kubeconfigFailure(message: string, remedy: string, cause?: unknown): Failure {
  return new Failure({ code: 'kubeconfig-invalid', retry: 'never', message, remedy, cause });
}

/** The files to read, as kubectl finds them: the named one, else KUBECONFIG (a list), else ~/.kube/config. */
export function kubeconfigPaths(
  named: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
): readonly string[] {
  if (named !== undefined) {
    if (!existsSync(named)) {
      throw kubeconfigFailure(`There is no kubeconfig at ${named}`, 'Name a file that exists by --kubeconfig.');
    }
    return [named];
  }
  const fromEnv = (env['KUBECONFIG'] ?? '').split(delimiter).filter((path) => path !== '');
  const home = env['HOME'] ?? '';
  const candidates = fromEnv.length === 0 && home !== '' ? [resolve(home, '.kube', 'config')] : fromEnv;
  return candidates.filter((path) => existsSync(path));
}

/** Reads kubeconfig files as one: of two entries with one name the first counts, as kubectl has it. */
export function readContext(paths: readonly string[], wanted: string | undefined): KubeconfigContext {
  const files = paths.map((path) => readKubeconfig(path));
  const current = files.map((file) => textAt(file, 'current-context') ?? '').find((name) => name !== '');
  const name = wanted ?? current;
  const where = paths.join(', ');
  if (name === undefined) {
    throw kubeconfigFailure(
      `${where} has no current context`,
      'Name one by --context, or set it by `kubectl config use-context`.',
    );
  }
  const context = entryOf(files, 'contexts', 'context', name);
  if (context === undefined) {
    const known = namesOf(files, 'contexts');
    throw kubeconfigFailure(
      `${where} has no context "${name}"`,
      known.length === 0 ? 'It has no context at all.' : `It has: ${known.join(', ')}.`,
    );
  }
  const clusterName = textAt(context, 'cluster') ?? '';
  const cluster = entryOf(files, 'clusters', 'cluster', clusterName);
  if (cluster === undefined) {
    throw kubeconfigFailure(
      `Context "${name}" names cluster "${clusterName}", which ${where} lacks`,
      'Add the cluster.',
    );
  }
  const userName = textAt(context, 'user') ?? '';
  const user = userName === '' ? {} : entryOf(files, 'users', 'user', userName);
  if (user === undefined) {
    throw kubeconfigFailure(`Context "${name}" names user "${userName}", which ${where} lacks`, 'Add the user.');
  }
  return { name, cluster, user, userName };
}

function readKubeconfig(path: string): JsonObject {
  let value: unknown;
  try {
    if (statSync(path).size > largestKubeconfig) {
      throw new Error('larger than 1 MiB');
    }
    value = load(readFileSync(path, 'utf8'));
  } catch (error) {
    // The parser's message quotes lines of the file, which may hold credentials: only where, never what.
    const reason = isSystemError(error) ? (error.code ?? 'unreadable') : 'it is no valid YAML';
    throw kubeconfigFailure(`Cannot read kubeconfig ${path}: ${reason}`, 'Check the file by `kubectl config view`.');
  }
  const parsed = value as Json | undefined;
  if (!isJsonObject(parsed)) {
    throw kubeconfigFailure(`Kubeconfig ${path} is empty or no mapping`, 'Check the file by `kubectl config view`.');
  }
  return absolutePaths(parsed, dirname(resolve(path)));
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error;
}

/** Paths in a kubeconfig are relative to its own folder. */
function absolutePaths(file: JsonObject, folder: string): JsonObject {
  const absolute = (value: Json): Json => {
    if (Array.isArray(value)) {
      return value.map((item: Json) => absolute(item));
    }
    if (!isJsonObject(value)) {
      return value;
    }
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [
        key,
        pathFields.has(key) && typeof item === 'string' && item !== '' ? resolve(folder, item) : absolute(item),
      ]),
    );
  };
  const changed = absolute(file);
  return isJsonObject(changed) ? changed : file;
}

function entryOf(files: readonly JsonObject[], list: string, key: string, name: string): JsonObject | undefined {
  for (const file of files) {
    for (const entry of listAt(file, list)) {
      if (textAt(entry, 'name') === name) {
        const value = valueAt(entry, key);
        return isJsonObject(value) ? value : {};
      }
    }
  }
  return undefined;
}

function namesOf(files: readonly JsonObject[], list: string): readonly string[] {
  return files.flatMap((file) => listAt(file, list)).map((entry) => textAt(entry, 'name') ?? '');
}
