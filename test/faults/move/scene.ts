import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openKubeCluster } from '../../../src/adapters/kube/open-cluster.ts';
import { startSandbox } from '../../../src/adapters/sandbox/start-sandbox.ts';
import { systemClock } from '../../../src/adapters/system/clock.ts';
import type { Environment } from '../../../src/domain/environment/environment.ts';
import { environmentLabel } from '../../../src/domain/identity.ts';
import { keyOf, objectIdOf, type ObjectKey } from '../../../src/domain/manifest/object-id.ts';
import type { KubeObject } from '../../../src/domain/manifest/kube-object.ts';
import { temporaryFolder } from '../../git/repository.ts';
import { metallbController } from '../../plane/metallb.ts';
import { type Plane, startPlane } from '../../plane/plane.ts';
import { ClusterState } from '../../road/cluster-state.ts';
import { installMetalLb } from '../../road/existing-metallb.ts';
import {
  type Fault,
  type FaultProxy,
  type ProxiedRequest,
  startFaultProxy,
  startProxyBefore,
} from '../../road/fault-proxy.ts';
import { Road } from '../../road/road.ts';
import { after, before, deletable } from './configuration.ts';
import { environmentOf, syncOnce } from './in-process.ts';
import { ServiceWatch } from './service-watch.ts';
import { differences, doubledNow, type Ending, losesNow, readEnding, readServices } from './verdict.ts';

const metallb = 'metallb.io/v1beta1';
const signal = new AbortController().signal;

/** What one disturbed move came to. */
export interface Verdict {
  /** Everything in which its end differs from an undisturbed one. */
  readonly wrong: readonly string[];
  readonly wronglyDeleted: number;
  readonly lost: number;
  readonly doubled: number;
}

/** Decides about a request: on its way to the server, or on the way back. */
export type Hook = (request: ProxiedRequest) => Fault | undefined | Promise<Fault | undefined>;

interface Server {
  readonly proxy: FaultProxy;
  readonly token: string;
  readonly kubeconfig: string;
  readonly stop: () => Promise<void>;
}

export function isWrite({ method, path }: ProxiedRequest): boolean {
  return method !== 'GET' && !path.includes('dryRun=All');
}

/** A cluster with MetalLB, Services and somebody else's pool, in which the same move is made again and again. */
export class MoveScene {
  readonly road: Road;
  readonly proxy: FaultProxy;
  private readonly server: Server;
  private readonly direct: ClusterState;
  private readonly proxied: string;
  private readonly folder: ReturnType<typeof temporaryFolder>;
  private readonly old: Environment;
  private readonly wanted: Environment;
  /** Of what stood before the move. */
  private uids: ReadonlyMap<ObjectKey, string | undefined> = new Map();
  private watch: ServiceWatch | undefined;
  private lost = 0;

  private constructor(server: Server, folder: MoveScene['folder'], old: Environment, wanted: Environment) {
    this.server = server;
    this.folder = folder;
    this.old = old;
    this.wanted = wanted;
    this.proxy = server.proxy;
    this.proxied = join(folder.path, 'kubeconfig-proxy');
    writeFileSync(this.proxied, server.proxy.kubeconfigText(server.token), { mode: 0o600 });
    this.direct = new ClusterState(server.kubeconfig);
    this.road = new Road(this.proxied, after);
  }

  static async embedded(): Promise<MoveScene> {
    const folder = temporaryFolder();
    const sandbox = await startSandbox({ clock: systemClock, podsAnswer: false, nodes: 1, podStartMs: 1 });
    const kubeconfig = join(folder.path, 'kubeconfig');
    writeFileSync(kubeconfig, sandbox.kubeconfigText(), { mode: 0o600 });
    const proxy = await startFaultProxy({ server: sandbox.server, ca: sandbox.certificate });
    return MoveScene.open({ proxy, token: sandbox.token, kubeconfig, stop: () => sandbox.stop() }, folder);
  }

  static async real(): Promise<MoveScene> {
    const plane = await startPlane({ nodes: 1 });
    return MoveScene.on(plane, () => plane.stop());
  }

  /** On a real control plane that others use before or after, with MetalLB's own controller, which stays. */
  static async on(plane: Plane, stop: () => Promise<void> = async () => undefined): Promise<MoveScene> {
    const proxy = await startProxyBefore(plane);
    const server = { proxy, token: plane.adminToken, kubeconfig: plane.kubeconfig, stop };
    const scene = await MoveScene.open(server, temporaryFolder());
    await metallbController(plane, '0.14.9');
    return scene;
  }

  private static async open(server: Server, folder: MoveScene['folder']): Promise<MoveScene> {
    const scene = new MoveScene(server, folder, await environmentOf(before), await environmentOf(after));
    await installMetalLb(server.kubeconfig);
    await scene.writeDirectly(
      {
        apiVersion: metallb,
        kind: 'IPAddressPool',
        metadata: { name: 'theirs', namespace: 'metallb-system' },
        spec: { addresses: ['10.20.9.0/28'], autoAssign: false },
      },
      ...['10.20.0.1', '10.20.0.2', '10.20.1.1'].map((address, index) => ({
        apiVersion: 'v1',
        kind: 'Service',
        // The address decides in which pool's name the Service ends: else runs could not be compared.
        metadata: {
          name: `service-${index}`,
          namespace: 'default',
          annotations: { 'metallb.io/loadBalancerIPs': address },
        },
        spec: { type: 'LoadBalancer', ports: [{ port: 80 }] },
      })),
    );
    return scene;
  }

  async close(): Promise<void> {
    this.watch?.close();
    this.road.close();
    this.direct.close();
    await this.proxy.stop();
    await this.server.stop();
    this.folder.remove();
  }

  /** Puts everything back to how it was before the move, by way of the proxy, which keeps its first answers from then on. */
  async prepare(): Promise<void> {
    this.proxy.reset();
    this.proxy.forget();
    await this.clear();
    const { outcome, why } = await syncOnce(this.proxied, this.old, 'before');
    if (outcome !== 'healthy') {
      throw new Error(`the state before the move can't be made: ${outcome} ${why}`);
    }
    await this.settled();
    const objects = await this.direct.objects();
    this.uids = new Map([...objects].map(([key, { metadata }]) => [key, metadata.uid]));
    this.watch?.close();
    this.watch = await ServiceWatch.start(this.server.kubeconfig);
    this.proxy.reset();
  }

  /** The hash under which the move needs an approval. */
  async planHash(): Promise<string> {
    const { why, planHash } = await syncOnce(this.server.kubeconfig, this.wanted, 'after');
    if (planHash === undefined || !why.startsWith('approval-needed')) {
      throw new Error(`the move asks for no approval: ${why}`);
    }
    return planHash;
  }

  /** Lets requests through these, and looks at every write that is made whether it costs an address. */
  disturb(onRequest: Hook, onAnswer: Hook = () => undefined): void {
    this.proxy.reset();
    this.lost = 0;
    this.proxy.onRequest = onRequest;
    this.proxy.onAnswer = async (request) => {
      if (isWrite(request) && request.path.includes('/metallb.io/')) {
        this.lost += (await losesNow(this.direct)) ? 1 : 0;
      }
      return onAnswer(request);
    };
  }

  /** One sync to the end of the move, inside this process. */
  async move(approve?: string): Promise<Awaited<ReturnType<typeof syncOnce>>> {
    return syncOnce(this.proxied, this.wanted, 'after', approve);
  }

  async ending(): Promise<Ending> {
    return readEnding(this.direct);
  }

  async judge(undisturbed: Ending): Promise<Verdict> {
    const deletions = this.proxy.requests.filter(({ method, path }) => method === 'DELETE' && !isAllowed(path));
    const objects = await this.direct.objects();
    const replaced = [...this.uids].filter(
      ([key, uid]) => uid !== undefined && !isDeletable(key) && objects.get(key)?.metadata.uid !== uid,
    );
    return {
      wrong: differences(await this.ending(), undisturbed),
      wronglyDeleted: deletions.length + replaced.length,
      lost: this.lost + ((await this.watch?.changed(this.direct)) ?? 0),
      doubled: await doubledNow(this.direct),
    };
  }

  private async clear(): Promise<void> {
    const cluster = openKubeCluster({
      kubeconfig: this.server.kubeconfig,
      context: undefined,
      inCluster: false,
      env: {},
    });
    try {
      const ours = [...(await this.direct.objects()).values()].filter(
        ({ kind, metadata }) => kind !== 'Namespace' && metadata.labels?.[environmentLabel] === 'dev',
      );
      const leases = await this.direct.list('coordination.k8s.io/v1', 'Lease', 'metalwave-system');
      for (const object of [...ours, ...leases]) {
        const uid = object.metadata.uid ?? '';
        await cluster.delete(object.apiVersion, objectIdOf(object), { uid }, signal);
      }
    } finally {
      cluster.close();
    }
  }

  private async writeDirectly(...objects: readonly KubeObject[]): Promise<void> {
    const cluster = openKubeCluster({
      kubeconfig: this.server.kubeconfig,
      context: undefined,
      inCluster: false,
      env: {},
    });
    try {
      for (const object of objects) {
        await cluster.apply(object, {}, signal);
      }
    } finally {
      cluster.close();
    }
  }

  /** Nothing is under way any more: every Service has an address and reads the same twice, with a pause. */
  private async settled(): Promise<void> {
    let last = '';
    for (let same = 0, tries = 0; same < 2; tries += 1) {
      const services = [...(await readServices(this.direct)).values()];
      const now = services.join();
      same = now === last && !services.some((line) => line.startsWith('none ')) ? same + 1 : 0;
      last = now;
      if (tries > 2000) {
        throw new Error(`the Services do not come to rest: ${now}`);
      }
      await systemClock.sleep(15, signal);
    }
  }
}

function isAllowed(path: string): boolean {
  const [, kind, name = ''] = /\/([^/?]+)\/([^/?]+)(?:\?|$)/u.exec(path) ?? [];
  return kind === 'ipaddresspools' && deletable.has(name);
}

function isDeletable(key: ObjectKey): boolean {
  return [...deletable].some(
    (name) =>
      key === keyOf({ apiVersion: metallb, kind: 'IPAddressPool', metadata: { name, namespace: 'metallb-system' } }),
  );
}
