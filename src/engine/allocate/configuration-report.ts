import { Failure } from '../../domain/failure.ts';
import { isJsonObject, type JsonObject, valueAt } from '../../domain/json.ts';
import { asJson, type KubeObject } from '../../domain/manifest/kube-object.ts';
import { objectIdOf } from '../../domain/manifest/object-id.ts';
import {
  configurationStateObject,
  configurationVerdict,
  isSameVerdict,
} from '../../domain/publication/configuration-verdict.ts';
import type { Clock } from '../../ports/clock.ts';
import type { ClusterReader, ClusterWriter } from '../../ports/cluster.ts';
import type { Log } from '../../ports/log.ts';
import type { StatusWriter } from '../../ports/status-writer.ts';
import { throwUnlessAborted } from './aborted.ts';
import type { PoolConfigs } from './pool-configs.ts';

interface Parts {
  readonly reader: ClusterReader;
  readonly writer: ClusterWriter;
  readonly statuses: StatusWriter;
  readonly clock: Clock;
  readonly log: Log;
  readonly pools: PoolConfigs;
  readonly namespace: string;
}

const everyMs = 1_000;
/** After a failure, and where the kind isn't served: MetalLB has it from 0.15.3 on. */
const laterMs = 60_000;

/** Says in the cluster whether the configuration was taken, where there is a kind for it; written only on change. */
export async function reportConfiguration(parts: Parts, signal: AbortSignal): Promise<void> {
  let standing: KubeObject | undefined;
  while (!signal.aborted) {
    let pauseMs = everyMs;
    try {
      const wanted = configurationVerdict(parts.pools.refusal, parts.clock.now());
      if (standing === undefined || !isSameVerdict(statusOf(standing), wanted)) {
        standing = await write(parts, standing, wanted, signal);
        pauseMs = standing === undefined ? laterMs : everyMs;
      }
    } catch (error) {
      if (!(error instanceof Failure)) {
        throwUnlessAborted(error, signal);
        return;
      }
      parts.log.write('debug', 'the ConfigurationState could not be written', { error: error.message });
      [standing, pauseMs] = [undefined, laterMs];
    }
    await parts.clock.sleep(pauseMs, signal).catch(() => undefined);
  }
}

/** What stands then; undefined where the kind isn't served. */
async function write(
  { reader, writer, statuses, namespace }: Parts,
  known: KubeObject | undefined,
  status: JsonObject,
  signal: AbortSignal,
): Promise<KubeObject | undefined> {
  const empty = configurationStateObject(namespace);
  if (known === undefined && (await reader.findKind(empty.apiVersion, empty.kind, signal)) === undefined) {
    return undefined;
  }
  const id = objectIdOf(empty);
  const standing = known ?? (await reader.get(empty.apiVersion, id, signal)) ?? (await writer.apply(empty, {}, signal));
  if (isSameVerdict(statusOf(standing), status)) {
    return standing;
  }
  const { uid = '' } = standing.metadata;
  return statuses.patchStatus({ apiVersion: empty.apiVersion, id, uid, status }, signal);
}

function statusOf(object: KubeObject): JsonObject {
  const status = valueAt(asJson(object), 'status');
  return isJsonObject(status) ? status : {};
}
