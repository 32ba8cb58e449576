import { freePorts } from '../plane/free-ports.ts';
import { applyUpstreamCrds } from '../plane/metallb.ts';
import { manyServices } from '../plane/plane-arguments.ts';
import { type Plane, startPlane } from '../plane/plane.ts';
import { controllerProgram } from '../road/controller-program.ts';
import type { Child } from '../plane/child.ts';
import { BareClient } from './bare-client.ts';
import { namespace, service, servicesPath } from './some-services.ts';
import { until } from './until.ts';

/** What a running controller counts. */
type Counter = 'metalwave_controller_services_published_total' | 'metallb_k8s_client_updates_total';

/** Says how far a long measurement is. The table itself goes to the standard output. */
export function progress(words: string): void {
  console.error(`  ${new Date().toISOString().slice(11, 19)} ${words}`);
}

/** A control plane with MetalLB's definitions, and one controller of ours on it. */
export class ControllerScene {
  readonly plane: Plane;
  readonly client: BareClient;
  private readonly port: number;
  private started = 0;

  private constructor(plane: Plane, port: number) {
    this.plane = plane;
    this.client = new BareClient(plane);
    this.port = port;
  }

  static async open(): Promise<ControllerScene> {
    const plane = await startPlane({
      audit: 'writes',
      serviceRange: '10.144.0.0/18',
      apiServerArguments: manyServices,
    });
    const [port = 0] = await freePorts(1);
    await plane.kubectl('create', 'namespace', namespace);
    await applyUpstreamCrds(plane, '0.15.2');
    progress('the control plane is up');
    return new ControllerScene(plane, port);
  }

  async close(): Promise<void> {
    this.client.close();
    await this.plane.stop();
  }

  startController(): Promise<Child> {
    this.started += 1;
    return controllerProgram(this.plane, { name: `controller-${this.started}`, port: this.port });
  }

  async count(name: Counter): Promise<number> {
    const text = await fetch(`http://127.0.0.1:${this.port}/metrics`, { signal: AbortSignal.timeout(10_000) }).then(
      (answer) => answer.text(),
      () => '',
    );
    return Number(new RegExp(`^${name} (.*)$`, 'mu').exec(text)?.[1] ?? Number.NaN);
  }

  /** As the other, once the controller answers. */
  private async countOfRunning(name: Counter): Promise<number> {
    let value = Number.NaN;
    await until(async () => {
      value = await this.count(name);
      return !Number.isNaN(value);
    });
    return value;
  }

  /** Runs the work, and waits until the controller has written that many statuses since it began. */
  async published(writes: number, work: () => Promise<unknown>): Promise<void> {
    const before = await this.countOfRunning('metalwave_controller_services_published_total');
    await work();
    await until(async () => (await this.count('metalwave_controller_services_published_total')) >= before + writes);
  }

  /** Makes Services and waits until the controller has written each once. */
  async serve(count: number, prefix: string, metadata: object = {}): Promise<void> {
    const atOnce = 1_000;
    for (let made = 0; made < count; made += atOnce) {
      const now = Math.min(atOnce, count - made);
      await this.published(now, () =>
        this.client.all(now, (index) =>
          this.client.send('POST', servicesPath, service(`${prefix}-${made + index}`, {}, metadata)),
        ),
      );
      progress(`${made + now} of ${count} Services "${prefix}" are made and seen to`);
    }
  }
}
