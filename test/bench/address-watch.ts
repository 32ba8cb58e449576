import { readFileSync } from 'node:fs';
import type { ClientRequest, IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { LineSplitter } from '../../src/adapters/kube/line-splitter.ts';
import type { Plane } from '../plane/plane.ts';
import { servicesPath } from './some-services.ts';

/** As much of a watch event as is looked at. */
interface ServiceEvent {
  readonly object: {
    readonly metadata: { readonly name: string };
    readonly status?: { readonly loadBalancer?: { readonly ingress?: readonly unknown[] } };
  };
}

const longestWaitMs = 10_000;

/** Tells when Services got an address, as a speaker would hear of it: by a watch, over those of one label alone. */
export class AddressWatch {
  static readonly label = 'bench';
  private readonly waiting = new Map<string, (at: number) => void>();
  private readonly call: ClientRequest;

  private constructor(call: ClientRequest) {
    this.call = call;
  }

  /** Resolves once the server has begun to answer. */
  static open({ server, adminToken, ca }: Plane, value: string): Promise<AddressWatch> {
    const url = new URL(`${servicesPath}?watch=true&labelSelector=${AddressWatch.label}%3D${value}`, server);
    const headers = { authorization: `Bearer ${adminToken}` };
    const call = request(url, { agent: false, ca: readFileSync(ca), headers });
    const watch = new AddressWatch(call);
    return new Promise((resolve, reject) => {
      call.once('error', reject);
      call.once('response', (incoming) => {
        watch.read(incoming);
        resolve(watch);
      });
      call.setTimeout(60_000, () => call.destroy(new Error('the watch has heard nothing')));
      call.end();
    });
  }

  /** When it has one, by `performance.now()`. Rejects where that takes ten seconds. */
  addressOf(name: string): Promise<number> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        reject(new Error(`${name} got no address within ten seconds`));
      }, longestWaitMs);
      this.waiting.set(name, (at) => {
        clearTimeout(timer);
        resolve(at);
      });
    });
  }

  close(): void {
    this.call.destroy();
  }

  private read(incoming: IncomingMessage): void {
    const lines = new LineSplitter(1 << 20, (line) => {
      const { object } = JSON.parse(line) as ServiceEvent;
      if ((object.status?.loadBalancer?.ingress ?? []).length > 0) {
        this.waiting.get(object.metadata.name)?.(performance.now());
        this.waiting.delete(object.metadata.name);
      }
    });
    incoming.on('data', (chunk: Buffer) => {
      lines.push(chunk);
    });
    // Whoever waits for a name is told by the time it takes.
    incoming.on('error', () => undefined);
  }
}
