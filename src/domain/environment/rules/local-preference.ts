import type { IpFamily } from '../../address/ip-address.ts';
import { listAt, numberAt } from '../../json.ts';
import { nodeReach, surelyMeet, type NodeReach } from './node-reach.ts';
import { itemsOf, type NamedItem, type PoolFacts, type RuleContext, type RuleFinding, textsAt } from './rule.ts';

interface Route {
  readonly advertisement: NamedItem;
  readonly preference: number;
  readonly lengths: { readonly [family in IpFamily]: number };
  /** None for all peers. */
  readonly peers: ReadonlySet<string>;
  readonly reach: NodeReach;
}

/** Comparisons in one run: a thousand advertisements of a thousand different preferences need fewer. */
const mostComparisons = 2_000_000;

/**
 * A route has one LOCAL_PREF. Two advertisements of one pool with different ones are refused unless they make different
 * routes (other lengths), tell different peers, or come from different nodes. Advertisements with service selectors are
 * exempt, as the Services are not known. Which nodes labels select is not known here, so unequal selectors are let pass.
 */
export function localPreferencesAgree(context: RuleContext): readonly RuleFinding[] {
  const plain = itemsOf(context.config, 'bgpAdvertisement').filter(
    ({ value }) => listAt(value, 'serviceSelectors').length === 0,
  );
  const earlier = new RoutesOfPools(context);
  return plain.flatMap((advertisement) => {
    const conflict = earlier.meet(routeOf(advertisement));
    return conflict === undefined ? [] : [disagreement(routeOf(advertisement), conflict)];
  });
}

interface Conflict {
  readonly route: Route;
  readonly pool: PoolFacts;
}

function disagreement(mine: Route, { route, pool }: Conflict): RuleFinding {
  const { advertisement } = mine;
  const written = numberAt(advertisement.value, 'localPref') !== undefined;
  return {
    code: 'bgp-local-pref-conflict',
    path: written ? [...advertisement.path, 'localPref'] : [...advertisement.path, 'name'],
    message: `localPref ${String(mine.preference)} of the BGP advertisement ${advertisement.name} differs from ${String(route.preference)} of ${route.advertisement.name}, and both make the same routes of pool ${pool.name}.`,
    remedy: `Write one localPref in both, or give them different aggregation lengths for each address family of the pool, different peers or different nodes.`,
  };
}

/** The routes already seen, by the pools that they surely are of. */
class RoutesOfPools {
  private readonly byName = new Map<string, { readonly pool: PoolFacts; readonly routes: Route[] }>();
  /** What was found for routes of all pools, and how many routes were known then: a copy of one is not compared again. */
  private readonly ofAll: { readonly route: Route; readonly conflict: Conflict | undefined; readonly known: number }[] =
    [];
  private known = 0;
  private readonly rule014: boolean;
  private left = mostComparisons;

  constructor({ pools, profile }: RuleContext) {
    for (const pool of pools) {
      this.byName.set(pool.name, { pool, routes: [] });
    }
    this.rule014 = profile.line === '0.14';
  }

  /** An earlier route that cannot stand beside this one; then remembers this. */
  meet(route: Route): Conflict | undefined {
    const names = poolNames(route.advertisement);
    this.left -= this.ofAll.length;
    if (names !== undefined) {
      return this.meetIn(names, route);
    }
    const alike = this.ofAll.findLast((each) => isAlike(each.route, route));
    if (alike !== undefined && (alike.conflict !== undefined || alike.known === this.known)) {
      return alike.conflict;
    }
    const conflict = this.meetIn(this.byName.keys(), route);
    this.ofAll.push({ route, conflict, known: this.known });
    return conflict;
  }

  private meetIn(names: Iterable<string>, route: Route): Conflict | undefined {
    let found: Conflict | undefined;
    for (const name of names) {
      if (this.left <= 0) {
        return found;
      }
      const known = this.byName.get(name);
      if (known === undefined) {
        continue;
      }
      const families = familiesOf(known.pool);
      const other = found === undefined ? known.routes.find((each) => this.clash(route, each, families)) : undefined;
      if (other !== undefined) {
        found = { route: other, pool: known.pool };
      }
      this.left -= 1 + known.routes.length;
      if (!known.routes.some((each) => isAlike(each, route))) {
        known.routes.push(route);
        this.known += 1;
      }
    }
    return found;
  }

  private clash(one: Route, other: Route, families: readonly IpFamily[]): boolean {
    this.left -= 1;
    return (
      this.left > 0 &&
      one.preference !== other.preference &&
      !this.lengthsDiffer(one, other, families) &&
      sharePeers(one, other) &&
      surelyMeet(one.reach, other.reach)
    );
  }

  /** 0.14 wants both families' lengths to differ, whatever the pool holds; later releases those of the pool's families. */
  private lengthsDiffer(one: Route, other: Route, families: readonly IpFamily[]): boolean {
    const judged: readonly IpFamily[] = this.rule014 ? ['ipv4', 'ipv6'] : families;
    return judged.every((family) => one.lengths[family] !== other.lengths[family]);
  }
}

/** The pools that it surely covers; undefined for all. */
function poolNames(advertisement: NamedItem): ReadonlySet<string> | undefined {
  const names = textsAt(advertisement, 'ipAddressPools').map(({ text }) => text);
  const selects = listAt(advertisement.value, 'ipAddressPoolSelectors').length > 0;
  return names.length > 0 || selects ? new Set(names) : undefined;
}

function routeOf(advertisement: NamedItem): Route {
  const { value } = advertisement;
  return {
    advertisement,
    preference: numberAt(value, 'localPref') ?? 0,
    lengths: {
      ipv4: numberAt(value, 'aggregationLength') ?? 32,
      ipv6: numberAt(value, 'aggregationLengthV6') ?? 128,
    },
    peers: new Set(textsAt(advertisement, 'peers').map(({ text }) => text)),
    reach: nodeReach(advertisement),
  };
}

function familiesOf(pool: PoolFacts): readonly IpFamily[] {
  return [...new Set(pool.entries.flatMap(({ entry }) => entry?.range.family ?? []))];
}

function sharePeers(one: Route, other: Route): boolean {
  return one.peers.size === 0 || other.peers.size === 0 || [...one.peers].some((peer) => other.peers.has(peer));
}

/** Routes that clash with the same others need to be held once. */
function isAlike(one: Route, other: Route): boolean {
  return (
    one.preference === other.preference &&
    one.lengths.ipv4 === other.lengths.ipv4 &&
    one.lengths.ipv6 === other.lengths.ipv6 &&
    one.peers.size === 0 &&
    other.peers.size === 0 &&
    one.reach.everywhere &&
    other.reach.everywhere
  );
}
