import { formatAddress, ipAddress } from '../../address/ip-address.ts';
import { formatPrefix } from '../../address/ip-range.ts';
import { isJsonArray, valueAt } from '../../json.ts';
import { type EntryFacts, type RuleContext, type RuleFinding } from './rule.ts';

/** Every entry must be one that MetalLB reads. */
export function entryIsReadable({ pools }: RuleContext): readonly RuleFinding[] {
  return pools.flatMap((pool) =>
    pool.entries.flatMap(({ text, path, problem }) =>
      problem === undefined
        ? []
        : [{ code: problem.code, path, message: `${shown(text)} ${problem.cause}.`, remedy: problem.remedy }],
    ),
  );
}

/** `10.0.0.5/24` is the whole of 10.0.0.0/24 to MetalLB, which is seldom what was meant. */
export function entryHasNoHostBits({ pools }: RuleContext): readonly RuleFinding[] {
  return pools.flatMap((pool) => pool.entries.flatMap((entry) => hostBits(entry)));
}

function hostBits({ text, path, entry }: EntryFacts): readonly RuleFinding[] {
  if (entry?.hostBitsOf === undefined || entry.prefix === undefined) {
    return [];
  }
  const { family, first, last } = entry.range;
  const [block, address] = [formatPrefix(entry.prefix), formatAddress(entry.hostBitsOf)];
  const [from, to] = [formatAddress(ipAddress(family, first)), formatAddress(ipAddress(family, last))];
  return [
    {
      code: 'address-host-bits',
      path,
      message: `${text} has host bits set: it means all of ${block}, from ${from} to ${to}.`,
      remedy: `Write ${block} for the block, or ${address}/${family === 'ipv4' ? '32' : '128'} for the one address.`,
    },
  ];
}

/** A pool must have addresses: MetalLB refuses the whole configuration for one that has none. */
export function poolHasAddresses({ config, pools }: RuleContext): readonly RuleFinding[] {
  return pools.flatMap((pool) => {
    const addresses = valueAt(config, ...pool.path, 'addresses');
    return isJsonArray(addresses) && addresses.length === 0
      ? [
          {
            code: 'pool-without-addresses' as const,
            path: [...pool.path, 'addresses'],
            message: `Pool ${pool.name} has no addresses.`,
            remedy: 'Give it a range such as 192.168.1.220-192.168.1.250, or remove the pool.',
          },
        ]
      : [];
  });
}

function shown(text: string): string {
  const short = text.length > 80 ? `${text.slice(0, 80)}…` : text;
  return short.trim() === short && short !== '' ? short : JSON.stringify(short);
}
