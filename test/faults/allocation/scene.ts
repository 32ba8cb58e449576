import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseAddress } from '../../../src/domain/address/parse-address.ts';
import { BareClient } from '../../bench/bare-client.ts';
import { namespace, poolsPath, servicesPath } from '../../bench/some-services.ts';
import type { Child } from '../../plane/child.ts';
import { freePorts } from '../../plane/free-ports.ts';
import { applyUpstreamCrds } from '../../plane/metallb.ts';
import { manyServices } from '../../plane/plane-arguments.ts';
import { type ApiPlace, type Plane, startPlane } from '../../plane/plane.ts';
import { controllerProgram } from '../../road/controller-program.ts';
import { type FaultProxy, startProxyBefore } from '../../road/fault-proxy.ts';
import type { Verdict } from '../move/scene.ts';
import { type InProcessController, startInProcess, type InProcessOptions } from './in-process-controller.ts';
import { ServiceHistory } from './service-history.ts';

/** Room for as many Services as 65,536 addresses ask for, and little more: the server writes the whole range at each of them. */
const serviceRange = '10.144.0.0/15,fd00:144::/112';
const claimsPath = `/api/v1/namespaces/${namespace}/configmaps`;
const leasePath = `/apis/coordination.k8s.io/v1/namespaces/${namespace}/leases/metalwave-controller`;
const marker = 'marker';

interface Listed {
  readonly items: readonly {
    readonly metadata: { readonly name: string };
    readonly data?: { readonly [key: string]: string };
  }[];
}

export interface ProcessOptions {
  readonly through: 'proxy' | 'server';
  readonly elects: boolean;
}

/** What a scene needs of a control plane; its Services may have addresses of both families. */
export type AllocationPlane = ApiPlace & Pick<Plane, 'folder' | 'kubeconfig' | 'start' | 'stop'>;

/** A control plane with MetalLB's resources, a recorder of all Services, and a proxy that does harm to controllers. */
export class AllocationScene {
  readonly plane: AllocationPlane;
  readonly proxy: FaultProxy;
  readonly history: ServiceHistory;
  readonly client: BareClient;
  /** Is told how far a long course is. */
  onProgress: (line: string) => void = () => undefined;
  private readonly proxied: string;
  private started = 0;
  private running: InProcessController[] = [];
  private processes: Child[] = [];

  private constructor(plane: AllocationPlane, parts: Pick<AllocationScene, 'proxy' | 'history' | 'client'>) {
    this.plane = plane;
    this.proxy = parts.proxy;
    this.history = parts.history;
    this.client = parts.client;
    this.proxied = join(plane.folder, 'kubeconfig-proxy');
    writeFileSync(this.proxied, this.proxy.kubeconfigText(plane.adminToken), { mode: 0o600 });
  }

  /** On a plane of its own, which goes with it. */
  static async open(services: 'few' | 'many' = 'few'): Promise<AllocationScene> {
    const apiServerArguments = services === 'many' ? manyServices : [];
    const plane = await startPlane({ serviceRange, apiServerArguments, audit: 'writes' });
    await plane.kubectl('create', 'namespace', namespace);
    await applyUpstreamCrds(plane, '0.15.2');
    return AllocationScene.on(plane);
  }

  /** On a control plane that has the resources; it goes with the scene. */
  static async on(plane: AllocationPlane): Promise<AllocationScene> {
    const [proxy, history] = await Promise.all([startProxyBefore(plane), ServiceHistory.start(plane)]);
    const scene = new AllocationScene(plane, { proxy, history, client: new BareClient(plane) });
    await scene.client.send('POST', servicesPath, {
      metadata: { name: marker },
      spec: { ports: [{ port: 80 }], clusterIP: 'None' },
    });
    return scene;
  }

  async close(): Promise<void> {
    await this.stopAll();
    this.history.close();
    this.client.close();
    await this.proxy.stop();
    await this.plane.stop();
  }

  /** A controller inside this process. */
  start(through: 'proxy' | 'server', options: InProcessOptions = {}): InProcessController {
    const controller = startInProcess(through === 'proxy' ? this.proxied : this.plane.kubeconfig, options);
    this.running.push(controller);
    return controller;
  }

  /** A controller as a process of its own. */
  async startProcess({ through, elects }: ProcessOptions): Promise<Child> {
    this.started += 1;
    const [port = 0] = await freePorts(1);
    const kubeconfig = through === 'proxy' ? this.proxied : this.plane.kubeconfig;
    const child = await controllerProgram(
      { start: (...args) => this.plane.start(...args), kubeconfig },
      { name: `controller-${this.started}`, port, args: [`--leader-elect=${String(elects)}`] },
    );
    this.processes.push(child);
    return child;
  }

  async stopAll(): Promise<void> {
    const [running, processes] = [this.running, this.processes];
    this.running = [];
    this.processes = [];
    await Promise.all(running.map((each) => each.stop()));
    await Promise.all(processes.map((each) => each.stop(5_000)));
  }

  /** Nothing of an earlier run is left, and everything that happened was seen. */
  async reset(): Promise<void> {
    await this.stopAll();
    this.proxy.reset();
    const names = this.history.asking().map(({ name }) => name);
    await this.client.all(names.length, (index) => this.remove(`${servicesPath}/${names[index] ?? ''}`));
    for (const service of this.history.services.values()) {
      if (service.addresses.length > 0 || service.name.startsWith('plain')) {
        await this.remove(`${servicesPath}/${service.name}`);
      }
    }
    for (const path of [claimsPath, poolsPath]) {
      await this.client.send('DELETE', path);
    }
    await this.remove(leasePath);
    await this.seen();
    this.history.mayLose = () => false;
    this.history.forgive();
  }

  /** Waits until the recorder has seen everything that has happened until now. */
  async seen(): Promise<void> {
    const patch = { metadata: { annotations: { moment: String(performance.now()) } } };
    const text = await this.client.send('PATCH', `${servicesPath}/${marker}`, patch, 'application/merge-patch+json');
    const { metadata } = JSON.parse(text) as { readonly metadata: { readonly resourceVersion: string } };
    await this.until(() => this.history.hasSeen(metadata.resourceVersion), 60_000);
  }

  /** Stops every controller and tells what came of it all, with what else was found wrong. */
  async verdict(wrong: readonly string[]): Promise<Verdict> {
    await this.stopAll();
    await this.seen();
    const { doubled, lost } = this.history;
    return { wrong: [...wrong, ...doubled, ...lost], wronglyDeleted: 0, lost: lost.length, doubled: doubled.length };
  }

  /** False where it does not come true in that time. */
  async comes(condition: () => boolean | Promise<boolean>, limitMs: number, pauseMs: number = 15): Promise<boolean> {
    const end = performance.now() + limitMs;
    while (!(await condition())) {
      this.history.assertWhole();
      if (performance.now() > end) {
        return false;
      }
      await sleep(pauseMs);
    }
    return true;
  }

  async until(condition: () => boolean | Promise<boolean>, limitMs: number): Promise<void> {
    if (!(await this.comes(condition, limitMs))) {
      throw new Error(`it did not come true within ${limitMs} ms: ${condition.toString()}`);
    }
  }

  /** In what the claims differ from what Services have; undefined where each address is claimed by who has it, and no other is. */
  async claimsDiffer(): Promise<string | undefined> {
    const query = `?labelSelector=${encodeURIComponent('metalwave.io/state=claims')}`;
    const { items } = JSON.parse(await this.client.send('GET', `${claimsPath}${query}`)) as Listed;
    const claimed = new Set(items.flatMap(({ metadata, data }) => holdersIn(metadata.name, data ?? {})));
    const held = new Set(
      [...this.history.services.values()].flatMap(({ uid, addresses }) =>
        addresses.map((text) => `${numberOf(text)} ${uid}`),
      ),
    );
    const unclaimed = [...held].find((each) => !claimed.has(each));
    const unused = [...claimed].find((each) => !held.has(each));
    if (unclaimed === undefined && unused === undefined) {
      return undefined;
    }
    return `claims: ${claimed.size}, addresses held: ${held.size}, not claimed ${unclaimed ?? 'none'}, not held ${unused ?? 'none'}`;
  }

  private async remove(path: string): Promise<void> {
    await this.client.send('DELETE', path).catch((error: unknown) => {
      if (!String(error).includes('answered 404')) {
        throw error;
      }
    });
  }
}

function numberOf(text: string): string {
  const read = parseAddress(text);
  if (!read.ok) {
    throw new Error(`a Service has ${text} as its address`);
  }
  return `${read.value.family} ${read.value.value}`;
}

/** The block's name says where it begins, a key how far from there; docs/claims.md has the form. */
function holdersIn(name: string, data: { readonly [key: string]: string }): readonly string[] {
  const start = /^metalwave-claims-([0-9a-f]+)$/u.exec(name)?.[1] ?? '';
  const family = start.length === 8 ? 'ipv4' : 'ipv6';
  return Object.entries(data).flatMap(([key, text]) =>
    (JSON.parse(text) as readonly { readonly uid: string }[]).map(
      ({ uid }) => `${family} ${BigInt(`0x${start}`) + BigInt(`0x${key}`)} ${uid}`,
    ),
  );
}
