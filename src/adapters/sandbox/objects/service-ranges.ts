import { parseAddress } from '../../../domain/address/parse-address.ts';
import { listAt, numberAt } from '../../../domain/json.ts';
import type { Json } from '../../../domain/json.ts';
import { asJson, type KubeObject } from '../../../domain/manifest/kube-object.ts';
import type { ServiceFamily } from '../../../domain/object-rules/service/service-families.ts';
import { StatusError } from '../answers/status-error.ts';
import type { ObjectStore } from './object-store.ts';

/** What no Service holds, always the lowest: cluster addresses of 10.96.0.0/16 and fd00:96::/112, and node ports from 30000. */
export interface ServiceRanges {
  /** Of the addresses that Services may have, the preset one first. */
  readonly families: readonly ServiceFamily[];
  freeClusterAddress(family: ServiceFamily): string;
  freeNodePort(taken: readonly number[]): number;
  /** Why a Service cannot have the address that it asks for; undefined where it can. */
  whyNotAddress(address: string): string | undefined;
  /** The same of a node port; `taken` are held by the Service itself already. */
  whyNotNodePort(port: number, taken: readonly number[]): string | undefined;
}

const firstNodePort = 30_000;
const lastNodePort = 32_767;
const lastHost = 65_534;
/** 10.96.0.0 and fd00:96::. */
const firstOfIpv4 = 0x0a60_0000n;
const firstOfIpv6 = 0xfd00_0096n << 96n;
const allocated = 'provided IP is already allocated';

/** Follows the store from now on: what is free costs the same whatever number of Services there is. */
export function serviceRanges(store: ObjectStore, families: readonly ServiceFamily[]): ServiceRanges {
  const addresses = { IPv4: new Range(1, lastHost, 'serviceIP'), IPv6: new Range(1, lastHost, 'serviceIP') };
  const nodePorts = new Range(firstNodePort, lastNodePort, 'nodePort');
  const count = (service: KubeObject | undefined, by: 1 | -1): void => {
    const json = service === undefined ? undefined : asJson(service);
    for (const address of listAt(json, 'spec', 'clusterIPs')) {
      const place = placeOf(address);
      if (place !== undefined) {
        addresses[place.family].count(place.host, by);
      }
    }
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
    families,
    freeClusterAddress(family) {
      const host = addresses[family].lowestFree([]);
      return family === 'IPv4' ? `10.96.${host >> 8}.${host & 255}` : `fd00:96::${host.toString(16)}`;
    },
    freeNodePort: (taken) => nodePorts.lowestFree(taken),
    whyNotAddress(address) {
      const place = placeOf(address);
      if (place === undefined || place.host > lastHost || place.host === 0) {
        return 'the provided network does not match the current range';
      }
      return addresses[place.family].isHeld(place.host) ? allocated : undefined;
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

/** An address of one of the ranges by its number there. */
interface Place {
  readonly family: ServiceFamily;
  readonly host: number;
}

function placeOf(text: Json): Place | undefined {
  const read = parseAddress(typeof text === 'string' ? text : '');
  if (!read.ok) {
    return undefined;
  }
  const { family, value } = read.value;
  const host = value - (family === 'ipv4' ? firstOfIpv4 : firstOfIpv6);
  return host >= 0n && host <= 65_535n
    ? { family: family === 'ipv4' ? 'IPv4' : 'IPv6', host: Number(host) }
    : undefined;
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
