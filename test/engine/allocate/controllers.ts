import { setMaxListeners } from 'node:events';
import { sha256 } from '../../../src/adapters/system/digest.ts';
import type { KubeObject } from '../../../src/domain/manifest/kube-object.ts';
import { Controller, type ControllerParts } from '../../../src/engine/allocate/run-controller.ts';
import { addressesOf, type LiveCluster, liveCluster, type Reach } from './live-cluster.ts';
import { type SteppedClock, steppedClock } from './stepped-clock.ts';

export interface Running {
  readonly controller: Controller;
  readonly reach: Reach;
  /** What it logged, a line each. */
  readonly said: string[];
  stop(): Promise<void>;
}

/** A cluster, a clock, and controllers on them. */
export class Scene {
  readonly cluster: LiveCluster = liveCluster();
  readonly clock: SteppedClock = steppedClock();
  private readonly running = new Set<Running>();
  private seed = 7;

  pool(name: string, ...addresses: readonly string[]): KubeObject {
    return this.cluster.put({
      apiVersion: 'metallb.io/v1beta1',
      kind: 'IPAddressPool',
      metadata: { name, namespace: 'metallb-system' },
      spec: { addresses },
    });
  }

  service(
    name: string,
    more: { readonly annotations?: { [key: string]: string }; readonly holds?: string } = {},
  ): KubeObject {
    const ingress = more.holds === undefined ? {} : { ingress: [{ ip: more.holds }] };
    return this.cluster.put({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: {
        name,
        namespace: 'default',
        uid: `uid-${name}`,
        creationTimestamp: '2026-01-01T00:00:00Z',
        annotations: {
          ...more.annotations,
          ...(more.holds === undefined ? {} : { 'metallb.io/ip-allocated-from-pool': 'a' }),
        },
      },
      spec: { type: 'LoadBalancer', clusterIP: '10.96.0.1', clusterIPs: ['10.96.0.1'], ports: [{ port: 80 }] },
      status: { loadBalancer: ingress },
    });
  }

  /** One that asks for an address of both families, and takes no less. */
  dualService(name: string): KubeObject {
    const { spec: _, ...service } = this.service(name);
    const families = { ipFamilies: ['IPv4', 'IPv6'], ipFamilyPolicy: 'RequireDualStack' };
    const cluster = { clusterIP: '10.96.0.1', clusterIPs: ['10.96.0.1', 'fd00:96::1'] };
    return this.cluster.put({
      ...service,
      spec: { type: 'LoadBalancer', ports: [{ port: 80 }], ...cluster, ...families },
    });
  }

  services(count: number): void {
    for (let index = 0; index < count; index += 1) {
      this.service(`s${String(index).padStart(3, '0')}`);
    }
  }

  start(changes: Partial<ControllerParts> = {}, reach: Reach = this.cluster.reach()): Running {
    const said: string[] = [];
    const stopping = new AbortController();
    // As the HTTP client does: many writes share a signal.
    setMaxListeners(0, stopping.signal);
    const parts: ControllerParts = {
      reader: reach,
      writer: reach,
      statuses: reach,
      watcher: reach,
      clock: this.clock,
      digest: sha256,
      random: () => {
        this.seed = (this.seed * 16_807) % 2_147_483_647;
        return this.seed / 2_147_483_647;
      },
      log: {
        write: (level, message, facts) => {
          said.push(`${level} ${message} ${JSON.stringify(facts ?? {})}`);
        },
      },
      namespace: 'metallb-system',
      identity: `controller-${this.running.size}`,
      elects: false,
      allocation: {},
      memberlist: undefined,
      ...changes,
    };
    const controller = new Controller(parts, stopping.signal);
    const ended = controller.run(stopping.signal);
    const running: Running = {
      controller,
      reach,
      said,
      stop: async () => {
        stopping.abort(new Error('stopped by the test'));
        this.running.delete(running);
        await ended;
      },
    };
    this.running.add(running);
    return running;
  }

  /** Deletes the Service that was made first. */
  removeFirst(): void {
    const [first] = this.cluster.services();
    if (first === undefined) {
      throw new Error('there is no Service to delete');
    }
    this.cluster.remove(first);
  }

  async stopAll(): Promise<void> {
    await Promise.all([...this.running].map((running) => running.stop()));
  }

  /** `name=address,address` of every Service that holds something, by name. */
  held(): readonly string[] {
    return this.cluster
      .services()
      .filter((service) => addressesOf(service).length > 0)
      .map((service) => `${service.metadata.name}=${addressesOf(service).join(',')}`)
      .toSorted();
  }

  /** Addresses that are claimed, as keys of their blocks. */
  claimed(): readonly string[] {
    return [...this.cluster.memory.objects.values()]
      .filter(({ kind }) => kind === 'ConfigMap')
      .flatMap(({ metadata, ...rest }) =>
        Object.keys((rest as { data?: object }).data ?? {}).map((key) => `${metadata.name.slice(-8)}/${key}`),
      )
      .toSorted();
  }

  async until(condition: () => boolean): Promise<void> {
    await this.clock.until(condition);
  }
}

/** Requests that write to Services. */
export function serviceWrites({ sent }: Reach): readonly string[] {
  return sent
    .filter(({ verb, target }) => verb === 'status' && target.startsWith('Service/'))
    .map(({ target }) => target);
}

/** Requests that write anything but events and the Lease. */
export function writes({ sent }: Reach): readonly string[] {
  return sent
    .filter(({ verb, target }) => !['get', 'list'].includes(verb) && !/^(Event|Lease)/u.test(target))
    .map(({ verb, target }) => `${verb} ${target}`);
}
