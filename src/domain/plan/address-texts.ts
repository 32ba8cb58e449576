import type { CountedRange, FamilyCounts, PoolOutcome, ServiceOutcome } from '../address-plan/address-plan.ts';

/** Alternatives that are written out; of more the number is told. */
const alternativesShown = 3;
const longestExactNumber = 12;

/** A set of addresses on one line. */
export function addressesText(addresses: readonly string[]): string {
  return addresses.length === 0 ? 'none' : addresses.join(', ');
}

/** What a Service may hold afterwards: `10.0.0.1`, `10.0.0.1 or none`, `one of 12, such as 10.0.0.1`. */
export function possibleText({ after, exact }: Pick<ServiceOutcome, 'after' | 'exact'>): string {
  const texts = after.map((addresses) => addressesText(addresses));
  const more = exact ? '' : ' or another';
  return texts.length > alternativesShown
    ? `one of ${exact ? '' : 'at least '}${texts.length}, such as ${texts[0] ?? ''}`
    : `${texts.join(' or ')}${more}`;
}

/** A decimal number of any size: exact while it can be read, then as a power of two or its order of magnitude. */
export function countText(decimal: string): string {
  if (decimal.length <= longestExactNumber) {
    return decimal;
  }
  const binary = BigInt(decimal).toString(2);
  return /^10*$/u.test(binary)
    ? `2^${binary.length - 1}`
    : `about ${decimal.slice(0, 1)}.${decimal.slice(1, 2)}e${decimal.length - 1}`;
}

export function rangeText({ range, count }: CountedRange): string {
  return `${range} (${countText(count)})`;
}

function step(before: string, after: string): string {
  return before === after ? before : `${before} → ${after}`;
}

function familyText(name: string, before: string, after: string): readonly string[] {
  return before === '0' && after === '0' ? [] : [`${step(countText(before), countText(after))} ${name}`];
}

/** `31 → 20 IPv4`, `2^64 IPv6`. */
export function capacityText(before: FamilyCounts, after: FamilyCounts): string {
  const parts = [...familyText('IPv4', before.ipv4, after.ipv4), ...familyText('IPv6', before.ipv6, after.ipv6)];
  return parts.length === 0 ? 'no addresses' : parts.join(', ');
}

/** `14 → 12`, `14 → 12 to 13`. */
export function usedText({ before, after: { least, most } }: PoolOutcome['used']): string {
  return step(String(before), least === most ? String(least) : `${least} to ${most}`);
}

/** True where the pool itself changes, or how much of it is in use. */
export function poolChanges({ exists, added, removed, used }: PoolOutcome): boolean {
  const { least, most } = used.after;
  const unused = used.before === least && used.before === most;
  return exists.before !== exists.after || added.length + removed.length > 0 || !unused;
}
