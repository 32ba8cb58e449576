import type { Labels } from '../../domain/allocation/label-selector.ts';
import { compilePools, type PoolConfig } from '../../domain/allocation/pool-config.ts';
import { decodePool, type PoolView } from '../../domain/allocation/pool-view.ts';
import { isJsonObject, type JsonObject, valueAt } from '../../domain/json.ts';
import { asJson, type KubeObject } from '../../domain/manifest/kube-object.ts';
import { isOlderVersion } from '../../domain/manifest/resource-version.ts';

/** A pool as it was last seen. */
export interface SeenPool {
  readonly uid: string;
  readonly version: string;
  readonly view: PoolView;
  readonly status: JsonObject;
}

/** Pools and namespaces as they stand, and the last configuration of them that could be used. */
export class PoolConfigs {
  readonly pools: Map<string, SeenPool> = new Map();
  private readonly namespaces = new Map<string, Labels>();
  private readonly onChange: () => void;
  private isDirty = true;
  private taken: { readonly config: PoolConfig; readonly fingerprint: string } | undefined;
  private problem: string | undefined;

  constructor(onChange: () => void) {
    this.onChange = onChange;
  }

  /** The last good one; undefined before there was any. */
  get config(): PoolConfig | undefined {
    return this.taken?.config;
  }

  /** Why what stands now is refused, and the last good one goes on to count; undefined where it is good. */
  get refusal(): string | undefined {
    return this.problem;
  }

  /** Looks at what changed since the last time. True where another configuration counts now. */
  refresh(): boolean {
    if (!this.isDirty) {
      return false;
    }
    this.isDirty = false;
    const views = [...this.pools.values()].map(({ view }) => view);
    const namespaces = [...this.namespaces].map(([name, labels]) => ({ name, labels }));
    const config = compilePools(views, namespaces, 'native');
    this.problem = config.refusal;
    const fingerprint = JSON.stringify(config.pools.map((pool) => [pool.name, pool.fingerprint]));
    if (config.refusal !== undefined || fingerprint === this.taken?.fingerprint) {
      return false;
    }
    this.taken = { config, fingerprint };
    return true;
  }

  replacePools(objects: readonly KubeObject[]): void {
    const listed = new Set(objects.map(({ metadata }) => metadata.name));
    for (const name of this.pools.keys()) {
      if (!listed.has(name)) {
        this.losePool(name);
      }
    }
    for (const object of objects) {
      this.seePool(object);
    }
  }

  /** Takes a state of a pool, unless a later one is known. */
  seePool(object: KubeObject): void {
    const { name, uid = '', resourceVersion = '' } = object.metadata;
    const known = this.pools.get(name);
    if (known !== undefined && known.uid === uid && isOlderVersion(resourceVersion, known.version)) {
      return;
    }
    const status = valueAt(asJson(object), 'status');
    const view = decodePool(object);
    this.pools.set(name, { uid, version: resourceVersion, view, status: isJsonObject(status) ? status : {} });
    this.touch();
  }

  losePool(name: string): void {
    this.pools.delete(name);
    this.touch();
  }

  replaceNamespaces(objects: readonly KubeObject[]): void {
    const listed = new Set(objects.map(({ metadata }) => metadata.name));
    for (const name of this.namespaces.keys()) {
      if (!listed.has(name)) {
        this.loseNamespace(name);
      }
    }
    for (const object of objects) {
      this.seeNamespace(object);
    }
  }

  seeNamespace({ metadata: { name, labels = {} } }: KubeObject): void {
    const known = this.namespaces.get(name);
    if (known === undefined || JSON.stringify(known) !== JSON.stringify(labels)) {
      this.namespaces.set(name, labels);
      this.touch();
    }
  }

  loseNamespace(name: string): void {
    this.namespaces.delete(name);
    this.touch();
  }

  private touch(): void {
    this.isDirty = true;
    this.onChange();
  }
}
