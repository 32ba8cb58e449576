import { listAt, numberAt, textAt } from '../../../domain/json.ts';
import { asJson, type KubeObject } from '../../../domain/manifest/kube-object.ts';
import { StatusError } from '../answers/status-error.ts';
import type { ObjectStore } from './object-store.ts';

/** What no Service holds, always the lowest: cluster addresses of 10.96.0.0/16 and node ports from 30000. */
export interface ServiceRanges {
  freeClusterAddress(): string;
  freeNodePort(taken: readonly number[]): number;
  /** Why a Service cannot have the address that it asks for; undefined where it can. */
  whyNotAddress(address: string): string | undefined;
  /** The same of a node port; `taken` are held by the Service itself already. */
  whyNotNodePort(port: number, taken: readonly number[]): string | undefined;
}

const firstNodePort = 30_000;
const lastNodePort = 32_767;
const lastHost = 65_534;
const allocated = 'provided IP is already allocated';

/** Follows the store from now on: what is free costs the same whatever number of Services there is. */
export function serviceRanges(store: ObjectStore): ServiceRanges {
  const addresses = new Range(1, lastHost, 'serviceIP');
  const nodePorts = new Range(firstNodePort, lastNodePort, 'nodePort');
  const count = (service: KubeObject | undefined, by: 1 | -1): void => {
    const json = service === undefined ? undefined : asJson(service);
    addresses.count(hostOf(textAt(json, 'spec', 'clusterIP')), by);
    for (const port of listAt(json, 'spec', 'ports')) {
      nodePorts.count(numberAt(port, 'nodePort'), by);
    }
    nodePorts.count(numberAt(json, 'spec', 'healthCheckNodePort'), by);
  };
  for (const service of store.list('services')) {
    count(service, 1);
  }
  store.subscribe(({ type, collection, object, previous }) => {
    if (collection === 'services') {
      count(previous, -1);
      count(type === 'DELETED' ? undefined : object, 1);
    }
  });
  return {
    freeClusterAddress() {
      const host = addresses.lowestFree([]);
      return `10.96.${host >> 8}.${host & 255}`;
    },
    freeNodePort: (taken) => nodePorts.lowestFree(taken),
    whyNotAddress(address) {
      const host = hostOf(address);
      if (host === undefined || host > lastHost || host === 0) {
        return 'the provided network does not match the current range';
      }
      return addresses.isHeld(host) ? allocated : undefined;
    },
    whyNotNodePort(port, taken) {
      if (port < firstNodePort || port > lastNodePort) {
        const range = `The range of valid ports is ${firstNodePort}-${lastNodePort}`;
        return `provided port is not in the valid range. ${range}`;
      }
      return taken.includes(port) || nodePorts.isHeld(port) ? 'provided port is already allocated' : undefined;
    },
  };
}

function hostOf(address: string | undefined): number | undefined {
  const [, third, fourth] = /^10\.96\.(\d+)\.(\d+)$/u.exec(address ?? '') ?? [];
  return third === undefined || fourth === undefined ? undefined : Number(third) * 256 + Number(fourth);
}

class Range {
  readonly #first: number;
  readonly #last: number;
  readonly #what: string;
  /** How many hold a number: two Services may have asked for the same one. */
  readonly #holders = new Map<number, number>();
  /** All below it are held. */
  #lowest: number;

  constructor(first: number, last: number, what: string) {
    this.#first = first;
    this.#lowest = first;
    this.#last = last;
    this.#what = what;
  }

  count(value: number | undefined, by: 1 | -1): void {
    if (value === undefined || value < this.#first || value > this.#last) {
      return;
    }
    const holders = (this.#holders.get(value) ?? 0) + by;
    if (holders > 0) {
      this.#holders.set(value, holders);
    } else {
      this.#holders.delete(value);
      this.#lowest = Math.min(this.#lowest, value);
    }
  }

  isHeld(value: number): boolean {
    return this.#holders.has(value);
  }

  lowestFree(taken: readonly number[]): number {
    while (this.#holders.has(this.#lowest)) {
      this.#lowest += 1;
    }
    let value = this.#lowest;
    while (this.#holders.has(value) || taken.includes(value)) {
      value += 1;
    }
    if (value > this.#last) {
      const message = `Internal error occurred: failed to allocate a ${this.#what}: range is full`;
      throw new StatusError(500, 'InternalError', message);
    }
    return value;
  }
}
