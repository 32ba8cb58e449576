import { Failure } from '../domain/failure.ts';
import { decodeHistory } from '../domain/history/decode-history.ts';
import { encodeHistory, historyId } from '../domain/history/encode-history.ts';
import type { History } from '../domain/history/history.ts';
import { describeObject } from '../domain/manifest/object-id.ts';
import type { KubeObject } from '../domain/manifest/kube-object.ts';
import type { Clock } from '../ports/clock.ts';
import type { ClusterReader, ClusterWriter } from '../ports/cluster.ts';
import { compareAndSwap } from './compare-and-swap.ts';
import { ensureStateNamespace } from './state-namespace.ts';
import { firstContactRetry, withRetry } from './with-retry.ts';

export interface HistoryRequest {
  readonly reader: ClusterReader;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly environment: string;
}

interface Stored {
  readonly history: History;
  readonly configMap: KubeObject | undefined;
}

/** Runs and people that write at the same time each get their turn; more than this many at once is no coincidence. */
const swapsTried = 12;
const pauseMs = 50;

async function readStored(request: HistoryRequest): Promise<Stored> {
  const { reader, environment, signal } = request;
  const id = historyId(environment);
  const contact = { ...request, policy: firstContactRetry };
  const configMap = await withRetry(() => reader.get('v1', id, signal), contact);
  const decoded = decodeHistory(environment, configMap);
  if (decoded.state === 'unusable') {
    throw new Failure({
      code: 'history-unusable',
      retry: 'never',
      message: `The history in ${describeObject(id)} can't be used: ${decoded.reason}`,
      remedy: decoded.remedy,
    });
  }
  return { history: decoded.history, configMap };
}

/** What the cluster remembers of an environment's runs. Unreadable is a failure, never an empty history. */
export async function readHistory(request: HistoryRequest): Promise<History> {
  return (await readStored(request)).history;
}

/**
 * Changes the history on top of what stands at that moment: what others write meanwhile is kept. Gives what stands then;
 * a change that changes nothing costs no write.
 */
export async function updateHistory(
  request: HistoryRequest & { readonly writer: ClusterWriter },
  change: (history: History) => History,
): Promise<History> {
  for (let tried = 1; tried <= swapsTried; tried += 1) {
    const { history, configMap } = await readStored(request);
    const next = change(history);
    if (next === history) {
      return history;
    }
    if (configMap === undefined) {
      await ensureStateNamespace(request, request.writer);
    }
    const saved = await compareAndSwap(request, configMap, encodeHistory(next));
    if (saved !== undefined) {
      return next;
    }
    await request.clock.sleep(pauseMs * tried, request.signal);
  }
  throw new Failure({
    code: 'object-changed',
    retry: 'later',
    message: `${describeObject(historyId(request.environment))} was changed by others each time it was to be written`,
    remedy: 'Look who writes it (metadata.managedFields), then run again.',
  });
}
