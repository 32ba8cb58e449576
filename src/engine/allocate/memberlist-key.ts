import { Failure, isFailure } from '../../domain/failure.ts';
import type { KubeObject } from '../../domain/manifest/kube-object.ts';
import type { Clock } from '../../ports/clock.ts';
import type { ClusterWriter } from '../../ports/cluster.ts';
import type { Log } from '../../ports/log.ts';
import { absentVersion } from '../compare-and-swap.ts';
import { throwUnlessAborted } from './aborted.ts';

/** The key with which upstream's speakers talk to each other. */
export interface MemberlistKey {
  /** Name of the Secret. */
  readonly secret: string;
  /** A new key in the form that MetalLB writes: 16 random bytes in base64 without padding. */
  readonly newKey: () => string;
}

interface Parts {
  readonly writer: ClusterWriter;
  readonly clock: Clock;
  readonly log: Log;
  readonly namespace: string;
  readonly memberlist: MemberlistKey | undefined;
}

const pauseMs = 10_000;

/** Makes the Secret where there is none; one that is there is never read nor changed. */
export async function keepMemberlistKey(parts: Parts, signal: AbortSignal): Promise<void> {
  const { memberlist, writer, clock, log, namespace } = parts;
  if (memberlist === undefined) {
    return;
  }
  while (!signal.aborted) {
    const secret: KubeObject = {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: memberlist.secret, namespace },
      stringData: { secretkey: memberlist.newKey() },
    };
    try {
      await writer.apply(secret, { resourceVersion: absentVersion }, signal);
      log.write('info', 'made the key of the speakers', { secret: memberlist.secret });
      return;
    } catch (error) {
      if (isFailure(error, 'object-changed', 'object-conflict', 'field-conflict')) {
        return;
      }
      if (!(error instanceof Failure)) {
        throwUnlessAborted(error, signal);
        return;
      }
      log.write('warn', 'the key of the speakers could not be made', { error: error.message });
    }
    await clock.sleep(pauseMs, signal).catch(() => undefined);
  }
}
