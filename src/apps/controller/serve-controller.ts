import { randomBytes } from 'node:crypto';
import { type HttpHandler, type HttpServer, startHttpServer } from '../../adapters/http/http-server.ts';
import { findAccess } from '../../adapters/kube/find-access.ts';
import { KubeCluster } from '../../adapters/kube/kube-cluster.ts';
import { KubeWatcher } from '../../adapters/kube/kube-watcher.ts';
import { systemClock } from '../../adapters/system/clock.ts';
import { sha256 } from '../../adapters/system/digest.ts';
import { systemHost } from '../../adapters/system/host.ts';
import { expositionText, expositionType } from '../../domain/metrics/exposition.ts';
import { Controller } from '../../engine/allocate/run-controller.ts';
import type { Log } from '../../ports/log.ts';
import type { ControllerSettings } from './controller-settings.ts';

type Access = Parameters<typeof findAccess>[0];

/** Sixteen for Services, and some for all else, so that a lease is renewed whatever is written. */
const connections = 24;
/** Lists of Services are long, and a page each is a request. */
const pageSize = 1_000;
const requestTimeoutMs = 10_000;

/** Runs a controller until the signal is aborted. Rejects with what no repetition can mend. */
export async function serveController(
  settings: ControllerSettings,
  from: Access,
  log: Log,
  signal: AbortSignal,
): Promise<void> {
  const access = findAccess(from);
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
  const servers = await openServers(settings, controller);
  log.write('info', 'started', { namespace, cluster: cluster.description, election: elects });
  try {
    await controller.run(signal);
  } finally {
    await Promise.all(servers.map((server) => server.close()));
    watcher.close();
    cluster.close();
    log.write('info', 'stopped');
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

async function openServers(
  { bindAddress: host, port, healthPort }: ControllerSettings,
  controller: Controller,
): Promise<readonly HttpServer[]> {
  const health = {
    '/healthz': verdict(() => controller.unhealthy()),
    '/readyz': verdict(() => controller.unready()),
  };
  const metrics: HttpHandler = () => ({
    status: 200,
    contentType: expositionType,
    body: expositionText(controller.metrics()),
  });
  const main = port === 0 ? [] : [await startHttpServer({ host, port, routes: { ...health, '/metrics': metrics } })];
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
