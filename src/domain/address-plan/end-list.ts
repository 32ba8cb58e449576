import { compareAddresses, formatAddress, type IpAddress, type IpFamily } from '../address/ip-address.ts';
import { commonOwner, type PoolConfig } from '../allocation/pool-config.ts';
import { textOf } from './address-texts.ts';
import type { Possibilities } from './contest/explore.ts';

/** The possible ends of a Service in order, with what is told of them. Services that are alike have one list. */
export interface EndList {
  readonly ends: readonly (readonly IpAddress[])[];
  readonly texts: readonly (readonly string[])[];
  /** Every address among them, by family, in order. */
  readonly addresses: { readonly [family in IpFamily]: readonly IpAddress[] };
  /** Names of the pools that hold them, sorted. */
  readonly pools: readonly string[];
}

/** Makes lists of ends, each once for all Services that are alike. */
export class EndLists {
  private readonly config: PoolConfig;
  private readonly known = new Map<Possibilities, EndList>();

  /** `config` holds the addresses afterwards. */
  constructor(config: PoolConfig) {
    this.config = config;
  }

  of(possible: Possibilities, held: readonly IpAddress[]): EndList {
    if (possible.keeps && !possible.ends.has(textOf(held))) {
      return this.make([held, ...possible.ends.values()]);
    }
    const list = this.known.get(possible) ?? this.make([...possible.ends.values()]);
    this.known.set(possible, list);
    return list;
  }

  private make(unsorted: readonly (readonly IpAddress[])[]): EndList {
    const ends = unsorted.toSorted(compareSets);
    const all = distinct(ends.flat());
    return {
      ends,
      texts: ends.map((end) => end.map((address) => formatAddress(address))),
      addresses: {
        ipv4: all.filter(({ family }) => family === 'ipv4'),
        ipv6: all.filter(({ family }) => family === 'ipv6'),
      },
      pools: [...new Set(ends.flatMap((end) => commonOwner(this.config, end)?.name ?? []))].toSorted(),
    };
  }
}

function compareSets(left: readonly IpAddress[], right: readonly IpAddress[]): number {
  for (const [index, address] of left.entries()) {
    const other = right[index];
    const order = other === undefined ? 1 : compareAddresses(address, other);
    if (order !== 0) {
      return order;
    }
  }
  return left.length - right.length;
}

function distinct(addresses: readonly IpAddress[]): readonly IpAddress[] {
  const sorted = addresses.toSorted(compareAddresses);
  return sorted.filter((address, index) => {
    const previous = sorted[index - 1];
    return previous === undefined || compareAddresses(previous, address) !== 0;
  });
}
