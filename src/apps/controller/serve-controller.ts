import { randomBytes } from 'node:crypto';
import { type HttpHandler, type HttpServer, startHttpServer } from '../../adapters/http/http-server.ts';
import type { ClusterAccess } from '../../adapters/kube/access.ts';
import { KubeCluster } from '../../adapters/kube/kube-cluster.ts';
import { KubeWatcher } from '../../adapters/kube/kube-watcher.ts';
import { systemClock } from '../../adapters/system/clock.ts';
import { sha256 } from '../../adapters/system/digest.ts';
import { systemHost } from '../../adapters/system/host.ts';
import { expositionText, expositionType } from '../../domain/metrics/exposition.ts';
import { Controller } from '../../engine/allocate/run-controller.ts';
import type { Log } from '../../ports/log.ts';
import type { ControllerSettings } from './controller-settings.ts';

/** Sixteen for Services, and some for all else, so that a lease is renewed whatever is written. */
const connections = 24;
/** Lists of Services are long, and a page each is a request. */
const pageSize = 1_000;
const requestTimeoutMs = 10_000;

/** A controller that is made and not started yet. */
export interface OpenedController {
  /** What it answers over HTTP, by path. */
  readonly health: Readonly<Record<string, HttpHandler>>;
  readonly metrics: Readonly<Record<string, HttpHandler>>;
  /** Runs until the signal is aborted. Rejects with what no repetition can mend. */
  run(): Promise<void>;
}

export function openController(
  settings: ControllerSettings,
  access: ClusterAccess,
  log: Log,
  signal: AbortSignal,
): OpenedController {
  const cluster = new KubeCluster(access, { connections, pageSize, timeoutMs: requestTimeoutMs });
  const watcher = new KubeWatcher(access, { reader: cluster, clock: systemClock, random });
  const { namespace, elects, lbClass, reservation, memberlistSecret } = settings;
  const controller = new Controller(
    {
      reader: cluster,
      writer: cluster,
      statuses: cluster,
      watcher,
      clock: systemClock,
      digest: sha256,
      random,
      log,
      namespace,
      identity: identityOf(settings),
      elects,
      allocation: { lbClass, reservation },
      memberlist: memberlistSecret === undefined ? undefined : { secret: memberlistSecret, newKey },
    },
    signal,
  );
  async function run(): Promise<void> {
    log.write('info', 'started', { namespace, cluster: cluster.description, election: elects });
    try {
      await controller.run(signal);
    } finally {
      watcher.close();
      cluster.close();
      log.write('info', 'stopped');
    }
  }
  return { ...routesOf(controller), run };
}

/** Runs a controller with its ports until the signal is aborted. Rejects with what no repetition can mend. */
export async function serveController(
  settings: ControllerSettings,
  access: ClusterAccess,
  log: Log,
  signal: AbortSignal,
): Promise<void> {
  const controller = openController(settings, access, log, signal);
  const servers = await openServers(settings, controller);
  try {
    await controller.run();
  } finally {
    await Promise.all(servers.map((server) => server.close()));
  }
}

function random(): number {
  return systemHost.random();
}

/** Two processes never have the same, whatever their pods are called. */
function identityOf({ podName }: ControllerSettings): string {
  return `${podName ?? systemHost.by}_${systemHost.processId}_${systemHost.randomId()}`;
}

function newKey(): string {
  return randomBytes(16).toString('base64').replaceAll('=', '');
}

function routesOf(controller: Controller): Pick<OpenedController, 'health' | 'metrics'> {
  return {
    health: {
      '/healthz': verdict(() => controller.unhealthy()),
      '/readyz': verdict(() => controller.unready()),
    },
    metrics: {
      '/metrics': () => ({
        status: 200,
        contentType: expositionType,
        body: expositionText(controller.metrics()),
      }),
    },
  };
}

async function openServers(
  { bindAddress: host, port, healthPort }: ControllerSettings,
  { health, metrics }: OpenedController,
): Promise<readonly HttpServer[]> {
  const main = port === 0 ? [] : [await startHttpServer({ host, port, routes: { ...health, ...metrics } })];
  const isApart = healthPort !== 0 && healthPort !== port;
  return isApart ? [...main, await startHttpServer({ host, port: healthPort, routes: health })] : main;
}

/** `problem` says why not. */
function verdict(problem: () => string | undefined): HttpHandler {
  return () => {
    const text = problem();
    return {
      status: text === undefined ? 200 : 503,
      contentType: 'text/plain; charset=utf-8',
      body: `${text ?? 'ok'}\n`,
    };
  };
}
