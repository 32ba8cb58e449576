import type { HttpAnswer } from '../../adapters/http/http-server.ts';
import type { ClusterAccess, CredentialSource } from '../../adapters/kube/access.ts';
import type { PodAccess, PodProgram } from '../../adapters/sandbox/pod-programs.ts';
import { systemClock } from '../../adapters/system/clock.ts';
import { type Json, listAt, textAt } from '../../domain/json.ts';
import { asJson, type KubeObject } from '../../domain/manifest/kube-object.ts';
import type { Log } from '../../ports/log.ts';
import { parseArguments } from '../cli/arguments.ts';
import { globalOptions } from '../cli/option-sets.ts';
import { controller } from '../cli/verbs/controller.ts';
import { type ControllerSettings, controllerSettings } from '../controller/controller-settings.ts';
import { jsonLog } from '../controller/json-log.ts';
import { type OpenedController, openController } from '../controller/serve-controller.ts';

const mostLogLines = 500;
/** As a kubelet does with a container that ends, though it waits longer and longer. */
const restartMs = 1_000;

/**
 * Runs what a pod of our controller runs, in this process: by the arguments and environment of its container, and with the
 * rights of its service account. undefined for any other pod.
 */
export function startControllerPod(pod: KubeObject, access: PodAccess): PodProgram | undefined {
  const container = listAt(asJson(pod), 'spec', 'containers')[0];
  const [program, verb, ...rest] = ['command', 'args'].flatMap((field) => textsAt(container, field));
  return program === 'metalwave' && verb === 'controller'
    ? new ControllerPod(settingsOf(rest, environmentOf(pod, container)), clusterAccess(access))
    : undefined;
}

class ControllerPod implements PodProgram {
  private readonly settings: ControllerSettings;
  private readonly stopping = new AbortController();
  private readonly lines: string[] = [];
  private readonly ended: Promise<void>;
  private opened: OpenedController | undefined;

  constructor(settings: ControllerSettings, access: ClusterAccess) {
    this.settings = settings;
    this.ended = this.run(access);
  }

  async get(port: number, path: string): Promise<HttpAnswer | undefined> {
    const { settings, opened } = this;
    if (opened === undefined || (port !== settings.port && port !== settings.healthPort)) {
      return undefined;
    }
    const handler = { ...opened.health, ...(port === settings.port ? opened.metrics : {}) }[path];
    return handler === undefined
      ? { status: 404, contentType: 'text/plain; charset=utf-8', body: 'not found\n' }
      : handler();
  }

  log(): string {
    return this.lines.join('');
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.ended;
  }

  private async run(access: ClusterAccess): Promise<void> {
    const { signal } = this.stopping;
    const log = jsonLog(this.settings.logLevel, systemClock, (line) => {
      this.lines.push(line);
      this.lines.splice(0, this.lines.length - mostLogLines);
    });
    while (!signal.aborted) {
      await this.runOnce(access, log);
      await systemClock.sleep(restartMs, signal).catch(() => undefined);
    }
  }

  private async runOnce(access: ClusterAccess, log: Log): Promise<void> {
    try {
      this.opened = openController(this.settings, access, log, this.stopping.signal);
      await this.opened.run();
    } catch (error) {
      log.write('error', 'ended', { error: error instanceof Error ? error.message : String(error) });
    }
    this.opened = undefined;
  }
}

function settingsOf(args: readonly string[], env: { readonly [name: string]: string }): ControllerSettings {
  const table = { ...controller.options, ...globalOptions };
  const { options } = parseArguments('controller', controller.rewrite?.(args) ?? args, table);
  return controllerSettings({ options, env, podNamespace: undefined });
}

function textsAt(container: Json | undefined, field: string): readonly string[] {
  return listAt(container, field).filter((one) => typeof one === 'string');
}

/** The container's variables; those that stand for fields of the pod are looked up. */
function environmentOf(pod: KubeObject, container: Json | undefined): { readonly [name: string]: string } {
  const entries = listAt(container, 'env').map((one): readonly [string, string] => {
    const path = textAt(one, 'valueFrom', 'fieldRef', 'fieldPath')?.split('.') ?? [];
    const field = path.length === 0 ? undefined : textAt(asJson(pod), ...path);
    return [textAt(one, 'name') ?? '', textAt(one, 'value') ?? field ?? ''];
  });
  return Object.fromEntries(entries);
}

function clusterAccess({ server, certificate, newToken }: PodAccess): ClusterAccess {
  return {
    description: `the pod's own cluster at ${server}`,
    server: new URL(server),
    ca: certificate,
    verifyCertificate: true,
    serverName: undefined,
    credentials: renewedToken(newToken),
  };
}

/** A token that is replaced when the server refuses it, as it does when it has ended. */
function renewedToken(newToken: () => string): CredentialSource {
  let token = newToken();
  const bearer = (): string => `Bearer ${token}`;
  return {
    current: () => Promise.resolve({ headers: { authorization: bearer() }, certificate: undefined, key: undefined }),
    refused: ({ headers }) => {
      if (headers['authorization'] === bearer()) {
        token = newToken();
      }
      return true;
    },
  };
}
