import { formatRange, type IpRange, rangeOfAddress } from '../../address/ip-range.ts';
import { parseAddress } from '../../address/parse-address.ts';
import {
  firstShared,
  formatRangeSet,
  intersectionOf,
  type RangeSet,
  rangeSetOf,
  setsOverlap,
} from '../../address/range-set.ts';
import type { FindingCode } from '../../finding/finding-codes.ts';
import { type Json, listAt, valueAt } from '../../json.ts';
import { parseAddressEntry } from '../../pool/address-entry.ts';
import type { Path, PoolFacts, Rule, RuleContext, RuleFinding } from './rule.ts';

type NetworkKey = 'subnets' | 'gateway' | 'dhcp' | 'reserved' | 'podCIDRs' | 'serviceCIDRs';
const networkKeys: readonly NetworkKey[] = ['subnets', 'gateway', 'dhcp', 'reserved', 'podCIDRs', 'serviceCIDRs'];

/** One text of the network section. */
export interface NetworkEntry {
  readonly text: string;
  readonly path: Path;
  /** Undefined where the text is no address, block or range. */
  readonly range: IpRange | undefined;
}

/** What is declared about the network must be readable, or it would be silently left out of every comparison. */
export function networkIsReadable({ config }: RuleContext): readonly RuleFinding[] {
  return networkKeys.flatMap((key) =>
    networkEntries(config, key)
      .filter((entry) => entry.range === undefined)
      .map(({ text, path }) => ({
        code: 'network-address' as const,
        path,
        message: `${text.slice(0, 80)} in network.${key} is no address, CIDR block or range.`,
        remedy:
          'Write an address (192.168.1.1), a CIDR block (192.168.1.0/24) or a range (192.168.1.100-192.168.1.199).',
      })),
  );
}

/** The gateway answers for its own address; a Service with the same one cuts off the whole network. */
export const poolsSpareGateway: Rule = sparing('gateway', 'pool-holds-gateway', 'the gateway');
/** Node-local routes to pods and to cluster IPs win over anything that is announced. */
export const poolsSparePodNetwork: Rule = sparing('podCIDRs', 'pool-in-pod-network', 'the pod network');
export const poolsSpareServiceNetwork: Rule = sparing('serviceCIDRs', 'pool-in-service-network', 'the Service network');
/** Sooner or later the DHCP server gives such an address to another machine. */
export const poolsSpareDhcp: Rule = sparing('dhcp', 'pool-in-dhcp-scope', 'a DHCP scope');
export const poolsSpareReserved: Rule = sparing('reserved', 'pool-in-reserved', 'the reserved addresses');

function sparing(key: NetworkKey, code: FindingCode, words: string): Rule {
  return ({ config, pools }) => {
    const taken = rangeSetOf(networkEntries(config, key).flatMap(({ range }) => range ?? []));
    if (taken.ranges.length === 0) {
      return [];
    }
    const claimed = rangeSetOf(pools.flatMap((pool) => pool.entries.flatMap(({ entry }) => entry?.range ?? [])));
    return setsOverlap(taken, claimed) ? pools.flatMap((pool) => meetings(pool, taken, code, words)) : [];
  };
}

function meetings(pool: PoolFacts, taken: RangeSet, code: FindingCode, words: string): readonly RuleFinding[] {
  return pool.entries.flatMap(({ entry, text, path }) => {
    if (entry === undefined || firstShared(taken, entry.range) === undefined) {
      return [];
    }
    const shared = intersectionOf(rangeSetOf([entry.range]), taken);
    const [first] = shared.ranges;
    if (first === undefined) {
      return [];
    }
    const common = shared.ranges.length > 4 ? `${formatRange(first)} and more` : formatRangeSet(shared);
    return [
      {
        code,
        path,
        message: `${text} of pool ${pool.name} holds ${common} of ${words}.`,
        remedy: `Take ${common} out of the pool, or correct the network section.`,
      },
    ];
  });
}

/** All texts below a key, which may be one or a list; the path is that of the text. */
export function networkEntries(config: Json, key: NetworkKey): readonly NetworkEntry[] {
  const single = valueAt(config, 'network', key);
  const values = typeof single === 'string' ? [single] : listAt(config, 'network', key);
  return values.flatMap((text, index) => {
    const path: Path = typeof single === 'string' ? ['network', key] : ['network', key, index];
    return typeof text === 'string' ? [{ text, path, range: readRange(text) }] : [];
  });
}

function readRange(text: string): IpRange | undefined {
  const address = parseAddress(text);
  if (address.ok) {
    return rangeOfAddress(address.value);
  }
  const entry = parseAddressEntry(text);
  return entry.ok ? entry.value.range : undefined;
}
