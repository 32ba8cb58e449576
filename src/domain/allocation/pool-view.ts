import type { IpRange } from '../address/ip-range.ts';
import { rangeSetOf } from '../address/range-set.ts';
import { canonicalJson, isJsonArray, isJsonObject, type Json, listAt, numberAt, valueAt } from '../json.ts';
import { asJson, type KubeObject } from '../manifest/kube-object.ts';
import { parseAddressEntry } from '../pool/address-entry.ts';
import type { PoolAddresses } from '../pool/pool-addresses.ts';
import { decodeSelector, type Labels, labelsAt, type LabelSelector } from './label-selector.ts';

/** Who may use a pool. Empty lists do not limit. */
export interface ServiceAllocation {
  /** The lowest number above 0 is tried first; 0 comes last. */
  readonly priority: number;
  readonly namespaces: readonly string[];
  readonly namespaceSelectors: readonly LabelSelector[];
  readonly serviceSelectors: readonly LabelSelector[];
}

/** What MetalLB reads of an IPAddressPool. */
export interface PoolView {
  readonly name: string;
  readonly labels: Labels;
  /** The entries as they are written: MetalLB takes a pool that is written otherwise for a changed one. */
  readonly written: string;
  /** In the order in which they are written, which is the order of allocation. */
  readonly ranges: readonly IpRange[];
  readonly addresses: PoolAddresses;
  readonly autoAssign: boolean;
  readonly allocation: ServiceAllocation | undefined;
  /** Why MetalLB refuses the pool, and with it the whole configuration; undefined where it does not. */
  readonly refusal: string | undefined;
}

/** Reads a pool as MetalLB does. Never throws: what cannot be read is the pool's `refusal`. */
export function decodePool(object: KubeObject): PoolView {
  const spec = valueAt(asJson(object), 'spec');
  const { ranges, refusal } = decodeEntries(object.metadata.name, spec);
  const allocation = decodeAllocation(object.metadata.name, valueAt(spec, 'serviceAllocation'));
  return {
    name: object.metadata.name,
    labels: object.metadata.labels ?? {},
    written: canonicalJson(listAt(spec, 'addresses')),
    ranges,
    addresses: { set: rangeSetOf(ranges), avoidBuggyIPs: valueAt(spec, 'avoidBuggyIPs') === true },
    autoAssign: valueAt(spec, 'autoAssign') !== false,
    allocation: allocation.value,
    refusal: refusal ?? allocation.refusal,
  };
}

function decodeEntries(
  pool: string,
  spec: Json | undefined,
): { readonly ranges: readonly IpRange[]; readonly refusal: string | undefined } {
  const entries = listAt(spec, 'addresses');
  if (entries.length === 0) {
    return { ranges: [], refusal: `pool ${pool} has no addresses` };
  }
  const ranges: IpRange[] = [];
  for (const entry of entries) {
    const text = typeof entry === 'string' ? entry : canonicalJson(entry);
    const read = parseAddressEntry(text);
    if (read.ok) {
      ranges.push(read.value.range);
    } else if (read.reason.code !== 'range-mixed-families' || text.indexOf(':') < text.indexOf('-')) {
      // A range from IPv4 to IPv6 is an empty set to MetalLB; the other way round it is refused.
      return { ranges: [], refusal: `entry ${text.slice(0, 80)} of pool ${pool} ${read.reason.cause}` };
    }
  }
  return { ranges, refusal: undefined };
}

interface DecodedAllocation {
  readonly value: ServiceAllocation | undefined;
  readonly refusal: string | undefined;
}

function decodeAllocation(pool: string, value: Json | undefined): DecodedAllocation {
  if (!isJsonObject(value)) {
    return { value: undefined, refusal: undefined };
  }
  const namespaces = listAt(value, 'namespaces').filter((each) => typeof each === 'string');
  const [ofNamespaces, ofServices] = [selectorsAt(value, 'namespaceSelectors'), selectorsAt(value, 'serviceSelectors')];
  return {
    value: {
      priority: numberAt(value, 'priority') ?? 0,
      namespaces,
      namespaceSelectors: ofNamespaces?.selectors ?? [],
      serviceSelectors: ofServices?.selectors ?? [],
    },
    refusal:
      repeated(namespaces) || ofNamespaces?.refused === true || ofServices?.refused === true
        ? `serviceAllocation of pool ${pool} holds a value twice or a selector that is none`
        : undefined,
  };
}

interface DecodedSelectors {
  readonly selectors: readonly LabelSelector[];
  readonly refused: boolean;
}

/** The selectors of a list. MetalLB refuses one that is invalid, stands twice, or holds a condition or a value twice. */
function selectorsAt(value: Json, key: string): DecodedSelectors | undefined {
  const list = valueAt(value, key);
  if (!isJsonArray(list)) {
    return undefined;
  }
  const selectors = list.flatMap((each) => decodeSelector(each) ?? []);
  const inner = list.some(
    (each) =>
      repeated(listAt(each, 'matchExpressions').map((condition) => sortedText(condition))) ||
      listAt(each, 'matchExpressions').some((condition) =>
        repeated(listAt(condition, 'values').map((item) => canonicalJson(item))),
      ),
  );
  const refused = selectors.length < list.length || repeated(list.map((each) => sortedText(each))) || inner;
  return { selectors, refused };
}

/** Equal for selectors and conditions that MetalLB takes for one: only the order of `values` counts for nothing. */
function sortedText(value: Json): string {
  if (!isJsonObject(value)) {
    return canonicalJson(value);
  }
  const conditions = valueAt(value, 'matchExpressions');
  const values = valueAt(value, 'values');
  return canonicalJson({
    ...value,
    labels: { ...labelsAt(value, 'matchLabels') },
    ...(isJsonArray(conditions) ? { matchExpressions: conditions.map((each) => sortedText(each)) } : {}),
    ...(isJsonArray(values) ? { values: values.map((each) => canonicalJson(each)).toSorted() } : {}),
  });
}

function repeated(texts: readonly string[]): boolean {
  return new Set(texts).size < texts.length;
}
