import { formatRange } from '../../address/ip-range.ts';
import { firstShared, type RangeSet, rangeSetOf, unionOf } from '../../address/range-set.ts';
import { parseAddressEntry } from '../../pool/address-entry.ts';
import type { RuleContext, RuleFinding } from './rule.ts';

interface Special {
  readonly code: 'address-unusable' | 'address-special' | 'address-documentation';
  readonly words: string;
  readonly set: RangeSet;
}

function special(code: Special['code'], words: string, ...blocks: readonly string[]): Special {
  const ranges = blocks.map((block) => {
    const entry = parseAddressEntry(block);
    if (!entry.ok) {
      throw new Error(`bug: ${block} is no block`);
    }
    return entry.value.range;
  });
  return { code, words, set: rangeSetOf(ranges) };
}

/** The IANA registries of special-purpose addresses (RFC 6890), what matters most first. */
const specials: readonly Special[] = [
  special('address-unusable', 'addresses of "this network"', '0.0.0.0/8', '::/128'),
  special('address-unusable', 'loopback addresses, which never leave a machine', '127.0.0.0/8', '::1/128'),
  special('address-unusable', 'multicast addresses, which no Service can have', '224.0.0.0/4', 'ff00::/8'),
  special('address-unusable', 'the broadcast address', '255.255.255.255/32'),
  special('address-special', 'link-local addresses, which no router forwards', '169.254.0.0/16', 'fe80::/10'),
  special('address-special', 'addresses of class E, which many devices refuse', '240.0.0.0/4'),
  special(
    'address-documentation',
    'addresses set aside for documentation',
    '192.0.2.0/24',
    '198.51.100.0/24',
    '203.0.113.0/24',
    '2001:db8::/32',
    '3fff::/20',
  ),
];

const anySpecial = unionOf(...specials.map(({ set }) => set));

/** MetalLB takes all of these, and clients cannot reach them. An entry is told of once, by what matters most. */
export function addressesAreUsable({ pools }: RuleContext): readonly RuleFinding[] {
  return pools.flatMap((pool) =>
    pool.entries.flatMap(({ entry, text, path }) => {
      if (entry === undefined || firstShared(anySpecial, entry.range) === undefined) {
        return [];
      }
      const found = specials.find(({ set }) => firstShared(set, entry.range) !== undefined);
      const shared = found === undefined ? undefined : firstShared(found.set, entry.range);
      return found === undefined || shared === undefined
        ? []
        : [
            {
              code: found.code,
              path,
              message: `${text} of pool ${pool.name} holds ${formatRange(shared)}: ${found.words}.`,
              remedy:
                'Write addresses that clients can reach: those of your own network, or of a block that is routed to you.',
            },
          ];
    }),
  );
}
