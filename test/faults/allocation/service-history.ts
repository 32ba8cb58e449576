import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { request } from 'node:https';
import type { IncomingMessage } from 'node:http';
import type { ApiPlace } from '../../plane/plane.ts';
import { linesOf } from '../../road/fault-watch.ts';

/** What a Service says at one resourceVersion. */
export interface Seen {
  readonly uid: string;
  readonly name: string;
  readonly version: string;
  /** Of type LoadBalancer, and without a class of somebody else's. */
  readonly asks: boolean;
  readonly addresses: readonly string[];
  /** That the addresses are said to be from. */
  readonly pool: string;
  /** Two with one key that is not empty, one backend and no port in common may hold one address. */
  readonly sharing: string;
  readonly backend: string;
  readonly ports: readonly string[];
}

interface RawService {
  readonly metadata: {
    readonly uid: string;
    readonly name: string;
    readonly resourceVersion: string;
    readonly annotations?: { readonly [key: string]: string };
  };
  readonly spec: {
    readonly type: string;
    readonly loadBalancerClass?: string;
    readonly externalTrafficPolicy?: string;
    readonly selector?: { readonly [key: string]: string };
    readonly ports: readonly { readonly port: number; readonly protocol: string }[];
  };
  readonly status: { readonly loadBalancer?: { readonly ingress?: readonly { readonly ip?: string }[] } };
}

type WatchEvent =
  | { readonly type: 'ADDED' | 'MODIFIED' | 'DELETED'; readonly object: RawService }
  | {
      readonly type: 'BOOKMARK';
      readonly object: { readonly metadata: { readonly resourceVersion: string; readonly annotations?: object } };
    }
  | { readonly type: 'ERROR'; readonly object: { readonly message: string } };

function seenIn({ metadata, spec, status }: RawService): Seen {
  const { uid, name, resourceVersion, annotations = {} } = metadata;
  return {
    uid,
    name,
    version: resourceVersion,
    asks: spec.type === 'LoadBalancer' && spec.loadBalancerClass === undefined,
    addresses: (status.loadBalancer?.ingress ?? []).flatMap(({ ip }) => ip ?? []),
    pool: annotations['metallb.io/ip-allocated-from-pool'] ?? '',
    sharing: annotations['metallb.io/allow-shared-ip'] ?? '',
    backend: spec.externalTrafficPolicy === 'Local' ? JSON.stringify(spec.selector ?? {}) : '',
    ports: spec.ports.map(({ port, protocol }) => `${protocol} ${port}`),
  };
}

function mayShare(one: Seen, other: Seen): boolean {
  return (
    one.sharing !== '' &&
    one.sharing === other.sharing &&
    one.backend === other.backend &&
    one.ports.every((port) => !other.ports.includes(port))
  );
}

/**
 * Every state of every Service, in the order in which the server made them, told by a watch of its own that goes round all
 * that stands between a controller and the server. It knows nothing of controllers, claims or pools.
 */
export class ServiceHistory {
  /** Each address that two held at one version though they may not share it, in words. */
  readonly doubled: string[] = [];
  /** Each address that was taken from a Service that was there and could have kept it, in words. */
  readonly lost: string[] = [];
  /** All Services as they are now, by uid. */
  readonly services: Map<string, Seen> = new Map();
  events = 0;
  /** How many ask, and how many of them have an address. */
  asked = 0;
  served = 0;
  /** Whether a Service may lose an address: because of an edit, or because its pool is gone. */
  mayLose: (service: Seen, address: string) => boolean = () => false;
  private readonly holders = new Map<string, Set<string>>();
  private readonly plane: ApiPlace;
  private version = '0';
  private failure: Error | undefined;
  private watch: IncomingMessage | undefined;
  private isClosed = false;

  private constructor(plane: ApiPlace) {
    this.plane = plane;
  }

  /** Begins with what there is now. */
  static async start(plane: ApiPlace): Promise<ServiceHistory> {
    const history = new ServiceHistory(plane);
    const list = await history.get('/api/v1/services');
    let text = '';
    for await (const chunk of list.setEncoding('utf8')) {
      text += String(chunk);
    }
    const { metadata, items } = JSON.parse(text) as {
      readonly metadata: { readonly resourceVersion: string };
      readonly items: readonly RawService[];
    };
    for (const item of items) {
      history.put(seenIn(item));
    }
    history.version = metadata.resourceVersion;
    void history.follow().catch((error: unknown) => {
      history.failure = error instanceof Error ? error : new Error(String(error));
    });
    return history;
  }

  close(): void {
    this.isClosed = true;
    this.watch?.destroy();
  }

  /** True when everything up to a version was seen. Throws where something was missed. */
  hasSeen(version: string): boolean {
    this.assertWhole();
    return BigInt(this.version) >= BigInt(version);
  }

  /** Throws where the watch could not be gone on with: then nothing is proven. */
  assertWhole(): void {
    if (this.failure !== undefined) {
      throw new Error(`the history of the Services has a gap: ${this.failure.message}`, { cause: this.failure });
    }
  }

  /** Those that ask for an address, by name. */
  asking(): readonly Seen[] {
    return [...this.services.values()].filter(({ asks }) => asks);
  }

  /** Forgets what was wrong so far. */
  forgive(): void {
    this.doubled.length = 0;
    this.lost.length = 0;
  }

  private async follow(): Promise<void> {
    while (!this.isClosed) {
      const query = `watch=true&allowWatchBookmarks=true&timeoutSeconds=3600&resourceVersion=${this.version}`;
      this.watch = await this.get(`/api/v1/services?${query}`);
      try {
        for await (const line of linesOf(this.watch)) {
          this.take(JSON.parse(line) as WatchEvent);
        }
      } catch (error) {
        // A broken connection is taken up from where it was; an event that says no is not.
        if (this.failure !== undefined || error instanceof SyntaxError) {
          throw error;
        }
      }
    }
  }

  private take(event: WatchEvent): void {
    if (event.type === 'ERROR') {
      this.failure = new Error(event.object.message);
      throw this.failure;
    }
    this.version = event.object.metadata.resourceVersion;
    if (event.type === 'BOOKMARK') {
      return;
    }
    this.events += 1;
    const seen = seenIn(event.object);
    if (event.type === 'DELETED') {
      this.release(seen.uid);
    } else {
      this.judge(seen);
      this.put(seen);
      this.judgeHolders(seen);
    }
  }

  private judge(seen: Seen): void {
    const before = this.services.get(seen.uid);
    for (const address of before?.addresses ?? []) {
      if (before?.asks === true && seen.asks && !seen.addresses.includes(address) && !this.mayLose(seen, address)) {
        this.lost.push(`${seen.name} lost ${address} at ${seen.version}, and has ${seen.addresses.join() || 'none'}`);
      }
    }
  }

  private judgeHolders(seen: Seen): void {
    for (const address of seen.addresses) {
      for (const uid of this.holders.get(address) ?? []) {
        const other = this.services.get(uid);
        if (other !== undefined && uid !== seen.uid && !mayShare(seen, other)) {
          this.doubled.push(`${address} is of ${seen.name} and ${other.name} at ${seen.version}`);
        }
      }
    }
  }

  private put(seen: Seen): void {
    this.release(seen.uid);
    this.services.set(seen.uid, seen);
    this.count(seen, 1);
    for (const address of seen.addresses) {
      const holders = this.holders.get(address) ?? new Set();
      this.holders.set(address, holders.add(seen.uid));
    }
  }

  private release(uid: string): void {
    const before = this.services.get(uid);
    if (before === undefined) {
      return;
    }
    this.services.delete(uid);
    this.count(before, -1);
    for (const address of before.addresses) {
      this.holders.get(address)?.delete(uid);
    }
  }

  private count({ asks, addresses }: Seen, step: 1 | -1): void {
    this.asked += asks ? step : 0;
    this.served += asks && addresses.length > 0 ? step : 0;
  }

  private async get(path: string): Promise<IncomingMessage> {
    const { server, ca, adminToken } = this.plane;
    const headers = { authorization: `Bearer ${adminToken}` };
    const call = request(new URL(path, server), { headers, ca: readFileSync(ca) });
    call.end();
    const [incoming] = (await once(call, 'response')) as [IncomingMessage];
    if (incoming.statusCode !== 200) {
      incoming.destroy();
      throw new Error(`${path} answered ${incoming.statusCode ?? 0}`);
    }
    return incoming;
  }
}
