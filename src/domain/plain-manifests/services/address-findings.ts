import { formatAddress } from '../../address/ip-address.ts';
import { rangeSetOf, type RangeSet, setContains, unionOf } from '../../address/range-set.ts';
import type { RuleContext } from '../../environment/rules/rule.ts';
import { proposer } from '../../environment/rules/names.ts';
import type { DocumentPlace, Finding } from '../../finding/finding.ts';
import { isJsonObject, valueAt } from '../../json.ts';
import { findingAt, originBelow } from '../origin.ts';
import { isPlaceholder } from '../placeholders.ts';
import { annotatedAddresses, type AskedAddress, type ServiceFacts, specAddress } from './service-facts.ts';

/** The pools that Services are judged by. */
export interface KnownPools {
  readonly names: readonly string[];
  readonly byName: ReadonlyMap<string, RangeSet>;
  readonly all: RangeSet;
  /** False where there is no pool, or one whose name or addresses are not known: then absence proves nothing. */
  readonly namesAreKnown: boolean;
  readonly addressesAreKnown: boolean;
}

export function knownPools({ pools }: RuleContext): KnownPools {
  const byName = new Map(
    pools.map((pool) => [
      pool.name,
      rangeSetOf(pool.entries.flatMap(({ entry }) => (entry === undefined ? [] : [entry.range]))),
    ]),
  );
  return {
    names: pools.map((pool) => pool.name),
    byName,
    all: unionOf(...byName.values()),
    namesAreKnown: pools.length > 0 && !pools.some((pool) => isPlaceholder(pool.name)),
    addressesAreKnown:
      pools.length > 0 && pools.every(({ entries }) => entries.every((each) => each.entry !== undefined)),
  };
}

/** The address and the pool that a Service asks for must be readable, and there. */
export function addressFindings(facts: ServiceFacts, pools: KnownPools): readonly Finding<DocumentPlace>[] {
  const pool = poolFindings(facts, pools);
  return [
    ...misspelt(facts),
    ...askedTwice(facts),
    ...unreadable(facts),
    ...pool,
    ...(pool.length > 0 ? [] : facts.addresses.flatMap((asked) => outside(facts, asked, pools))),
  ];
}

/** Kubernetes drops a key in the wrong letter case. */
function misspelt({ service }: ServiceFacts): readonly Finding<DocumentPlace>[] {
  const spec = valueAt(service.value, 'spec');
  const keys = isJsonObject(spec) ? Object.keys(spec) : [];
  return keys
    .filter((key) => key !== 'loadBalancerIP' && /^loadbalancerips?$/i.test(key))
    .map((key) =>
      findingAt(originBelow(service.origin, 'spec', key), {
        code: 'unknown-key',
        part: 'key',
        message: `${JSON.stringify(key)} is no key of a Service's spec.`,
        remedy: 'Did you mean loadBalancerIP?',
      }),
    );
}

function askedTwice({ service, name }: ServiceFacts): readonly Finding<DocumentPlace>[] {
  const single = specAddress(service);
  return single === undefined || annotatedAddresses(service) === undefined
    ? []
    : [
        findingAt(single.origin, {
          code: 'service-address-twice',
          message: `The Service ${name} has both spec.loadBalancerIP and the annotation loadBalancerIPs; MetalLB gives it no address.`,
          remedy: 'Remove spec.loadBalancerIP.',
        }),
      ];
}

function unreadable(facts: ServiceFacts): readonly Finding<DocumentPlace>[] {
  const { asked, addresses, name } = facts;
  const wrong = asked.filter((each) => !addresses.some((good) => good.text === each.text));
  const findings = wrong.map((each) =>
    findingAt(each.origin, {
      code: 'service-address-syntax',
      message: `${JSON.stringify(each.text)}, which the Service ${name} asks for, is no IP address.`,
      remedy: 'Write one address, or an IPv4 and an IPv6 address with a comma between.',
    }),
  );
  const families = new Set(addresses.map(({ address }) => address.family));
  const [first] = asked;
  return first === undefined || addresses.length <= families.size
    ? findings
    : [
        ...findings,
        findingAt(first.origin, {
          code: 'service-address-syntax',
          message: `The Service ${name} asks for two addresses of one family; MetalLB gives one of each.`,
          remedy: 'Keep one address of each family.',
        }),
      ];
}

function poolFindings({ pool, name }: ServiceFacts, pools: KnownPools): readonly Finding<DocumentPlace>[] {
  return pool === undefined || pool.text === '' || !pools.namesAreKnown || pools.byName.has(pool.text)
    ? []
    : [
        findingAt(pool.origin, {
          code: 'service-pool-unknown',
          message: `The Service ${name} asks for pool ${pool.text}, which is not among these files: it gets no address.`,
          remedy: `${proposer(pools.names)(pool.text)}.`,
        }),
      ];
}

function outside(
  { pool, name }: ServiceFacts,
  { address, origin }: AskedAddress,
  pools: KnownPools,
): readonly Finding<DocumentPlace>[] {
  const text = formatAddress(address);
  const named = pool === undefined ? undefined : pools.byName.get(pool.text);
  if (named !== undefined && pool !== undefined && !setContains(named, address) && setContains(pools.all, address)) {
    const message = `The Service ${name} asks for ${text} and for pool ${pool.text}, which does not hold it: it gets no address.`;
    const remedy = 'Remove the annotation address-pool, or ask for an address of that pool.';
    return [findingAt(origin, { code: 'service-address-outside', message, remedy })];
  }
  if (!pools.addressesAreKnown || setContains(pools.all, address)) {
    return [];
  }
  const message = `No pool among these files holds ${text}, which the Service ${name} asks for: it gets no address.`;
  const remedy = 'Ask for an address of a pool, or add the address to one.';
  return [findingAt(origin, { code: 'service-address-outside', message, remedy })];
}
