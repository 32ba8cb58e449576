import { startSandbox } from '../../../src/adapters/sandbox/start-sandbox.ts';
import type { Sandbox, SandboxOptions } from '../../../src/adapters/sandbox/start-sandbox.ts';
import { systemClock } from '../../../src/adapters/system/clock.ts';
import { ApiClient } from '../../contracts/kube-api/api-client.ts';
import type { ApiAnswer, ApiCall } from '../../contracts/kube-api/api-client.ts';
import { at } from '../../contracts/kube-api/fixtures.ts';

export const core = '/api/v1/namespaces/default';
export const apps = '/apis/apps/v1/namespaces/default';

/** An embedded control plane with a client of its one user. */
export class SmallCluster {
  readonly sandbox: Sandbox;
  readonly client: ApiClient;

  constructor(sandbox: Sandbox) {
    this.sandbox = sandbox;
    this.client = new ApiClient(sandbox.server, sandbox.token, sandbox.certificate);
  }

  static async start(options: Partial<SandboxOptions> = {}): Promise<SmallCluster> {
    return new SmallCluster(await startSandbox({ clock: systemClock, nodes: 2, podStartMs: 1, ...options }));
  }

  async call(method: ApiCall['method'], path: string, body?: unknown, type?: string): Promise<ApiAnswer> {
    return this.client.call({
      method,
      path,
      ...(body === undefined ? {} : { body }),
      ...(type === undefined ? {} : { type }),
    });
  }

  async get(path: string): Promise<ApiAnswer> {
    return this.call('GET', path);
  }

  /** Throws where the object was not created. */
  async create(path: string, body: unknown): Promise<ApiAnswer> {
    const answer = await this.call('POST', path, body);
    if (answer.code !== 201) {
      throw new Error(`${path}: ${answer.text}`);
    }
    return answer;
  }

  async merge(path: string, body: unknown): Promise<ApiAnswer> {
    return this.call('PATCH', path, body, 'application/merge-patch+json');
  }

  /** The answer of a path once it is as wanted; throws with the last one after half a minute. */
  async until(path: string, isWanted: (answer: ApiAnswer) => boolean): Promise<ApiAnswer> {
    const signal = AbortSignal.timeout(30_000);
    for (;;) {
      const answer = await this.get(path);
      if (isWanted(answer)) {
        return answer;
      }
      await systemClock.sleep(10, signal).catch(() => {
        throw new Error(`${path} stays ${answer.text}`);
      });
    }
  }

  async untilField(path: string, field: string, wanted: unknown): Promise<ApiAnswer> {
    return this.until(path, (answer) => JSON.stringify(at(answer, field)) === JSON.stringify(wanted));
  }

  async stop(): Promise<void> {
    this.client.close();
    await this.sandbox.stop();
  }
}

/** A Deployment or DaemonSet of one container that listens on one port. */
export function workload(kind: string, name: string, labels: object, port: number, spec: object = {}): object {
  const template = {
    metadata: { labels },
    spec: { containers: [{ name, image: 'x:1', ports: [{ name: 'monitoring', containerPort: port }] }] },
  };
  const whole = { selector: { matchLabels: labels }, template, ...spec };
  return { apiVersion: 'apps/v1', kind, metadata: { name, labels }, spec: whole };
}
