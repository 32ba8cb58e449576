import { setMaxListeners } from 'node:events';
import { findAccess } from '../../../src/adapters/kube/find-access.ts';
import { KubeCluster } from '../../../src/adapters/kube/kube-cluster.ts';
import { KubeWatcher } from '../../../src/adapters/kube/kube-watcher.ts';
import { systemClock } from '../../../src/adapters/system/clock.ts';
import { sha256 } from '../../../src/adapters/system/digest.ts';
import { Controller } from '../../../src/engine/allocate/run-controller.ts';
import type { Clock } from '../../../src/ports/clock.ts';
import { namespace } from '../../bench/some-services.ts';

export interface InProcessOptions {
  readonly elects?: boolean;
  readonly clock?: Clock;
}

export interface InProcessController {
  /** What it logged, a line each; the oldest are forgotten. */
  readonly said: readonly string[];
  /** Ends it as SIGTERM would. Throws what it ended with, where it ended by itself. */
  stop(): Promise<void>;
}

let started = 0;
const random = (): number => Math.random();

/** Puts together what `metalwave controller` puts together, with another clock where one is given. */
export function startInProcess(
  kubeconfig: string,
  { elects = true, clock = systemClock }: InProcessOptions,
): InProcessController {
  started += 1;
  const ending = new AbortController();
  setMaxListeners(0, ending.signal);
  const said: string[] = [];
  const access = findAccess({ kubeconfig, context: undefined, inCluster: false, env: {} });
  const cluster = new KubeCluster(access, { connections: 24, pageSize: 1_000, timeoutMs: 10_000 });
  const watcher = new KubeWatcher(access, { reader: cluster, clock, random });
  const log = {
    write: (level: string, message: string, facts?: unknown): void => {
      said.push(`${level} ${message} ${JSON.stringify(facts ?? {})}`);
      said.splice(0, said.length - 200);
    },
  };
  const roles = { reader: cluster, writer: cluster, statuses: cluster, watcher, clock, digest: sha256, random, log };
  const own = { namespace, identity: `in-process-${started}`, elects, allocation: {}, memberlist: undefined };
  const controller = new Controller({ ...roles, ...own }, ending.signal);
  const run = controller.run(ending.signal).finally(() => {
    watcher.close();
    cluster.close();
  });
  // Whoever stops it hears of its end.
  run.catch(() => undefined);
  return {
    said,
    stop: async () => {
      ending.abort();
      await run;
    },
  };
}
