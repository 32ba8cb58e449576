import type { KubeObject } from '../../domain/manifest/kube-object.ts';
import { textAt } from '../../domain/json.ts';
import { asJson } from '../../domain/manifest/kube-object.ts';
import type { ObjectStore, StoredChange } from './objects/object-store.ts';

export interface PodAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

/** A real program that stands for the containers of a pod. */
export interface PodProgram {
  /** What it answers to a GET of a path on one of its ports; undefined where nobody listens. */
  get(port: number, path: string): Promise<PodAnswer | undefined>;
  /** The last lines that it has logged. */
  log(): string;
  /** Ends it as SIGTERM does. */
  stop(): Promise<void>;
}

/** How a program of a pod reaches the cluster: as in a pod, with the rights of its service account. */
export interface PodAccess {
  readonly server: string;
  /** PEM. */
  readonly certificate: string;
  /** A bearer token; each call gives one that holds for some time from now. */
  readonly newToken: () => string;
}

/** Starts what a pod runs; undefined for a pod whose programs are only simulated. */
export type StartProgram = (pod: KubeObject, access: PodAccess) => PodProgram | undefined;

/** Runs the programs of pods: each from the moment its pod runs until the pod goes. */
export class PodPrograms {
  readonly #start: StartProgram;
  readonly #accessFor: (pod: KubeObject) => PodAccess;
  readonly #running = new Map<string, PodProgram>();
  readonly #ending = new Set<Promise<void>>();
  readonly #unsubscribe: () => void;

  constructor(store: ObjectStore, start: StartProgram, accessFor: (pod: KubeObject) => PodAccess) {
    this.#start = start;
    this.#accessFor = accessFor;
    this.#unsubscribe = store.subscribe((change) => {
      this.#look(change);
    });
  }

  /** The program of a pod that runs one. */
  find(namespace: string, name: string): PodProgram | undefined {
    return this.#running.get(`${namespace}/${name}`);
  }

  /** Ends them all. */
  async stop(): Promise<void> {
    this.#unsubscribe();
    for (const key of this.#running.keys()) {
      this.#end(key);
    }
    await Promise.all(this.#ending);
  }

  #look({ type, object }: StoredChange): void {
    if (object.kind !== 'Pod') {
      return;
    }
    const key = `${object.metadata.namespace ?? ''}/${object.metadata.name}`;
    const isWanted =
      type !== 'DELETED' &&
      object.metadata.deletionTimestamp === undefined &&
      textAt(asJson(object), 'status', 'phase') === 'Running';
    if (!isWanted) {
      this.#end(key);
    } else if (!this.#running.has(key)) {
      const program = this.#start(object, this.#accessFor(object));
      if (program !== undefined) {
        this.#running.set(key, program);
      }
    }
  }

  #end(key: string): void {
    const program = this.#running.get(key);
    if (program === undefined) {
      return;
    }
    this.#running.delete(key);
    const ending = program.stop().finally(() => {
      this.#ending.delete(ending);
    });
    this.#ending.add(ending);
  }
}
