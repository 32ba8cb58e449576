import type { IpAddress } from '../address/ip-address.ts';
import { parseAddress } from '../address/parse-address.ts';
import { parsePrefix } from '../address/parse-prefix.ts';
import type { Violation } from '../crd/violation.ts';
import { invalidValue } from './field-errors.ts';

/** Old fields take octets with leading zeros, as decimal numbers. */
function withoutLeadingZeros(text: string): string {
  return text.replaceAll(/(^|[.:])0+(?=\d+(?:\.|$|\/))/gu, '$1');
}

/** An address as fields of long standing are read. */
export function legacyAddress(text: string): IpAddress | undefined {
  const strict = parseAddress(text);
  const found = strict.ok || text.includes(':') ? strict : parseAddress(withoutLeadingZeros(text));
  return found.ok ? found.value : undefined;
}

export function addressViolations(field: string, text: string): readonly Violation[] {
  return legacyAddress(text) === undefined
    ? [invalidValue(field, text, 'must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)')]
    : [];
}

export function prefixViolations(field: string, text: string): readonly Violation[] {
  const isPrefix = parsePrefix(text).ok || parsePrefix(withoutLeadingZeros(text)).ok;
  return isPrefix ? [] : [invalidValue(field, text, 'must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)')];
}

const ranges: readonly (readonly [family: IpAddress['family'], value: bigint, length: number, rule: string])[] = (
  [
    ['127.0.0.0', 8, 'may not be in the loopback range (127.0.0.0/8, ::1/128)'],
    ['::1', 128, 'may not be in the loopback range (127.0.0.0/8, ::1/128)'],
    ['169.254.0.0', 16, 'may not be in the link-local range (169.254.0.0/16, fe80::/10)'],
    ['fe80::', 10, 'may not be in the link-local range (169.254.0.0/16, fe80::/10)'],
    ['224.0.0.0', 24, 'may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)'],
    ['ff02::', 16, 'may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)'],
  ] as const
).flatMap(([text, length, rule]) => {
  const base = parseAddress(text);
  return base.ok ? [[base.value.family, base.value.value, length, rule] as const] : [];
});

/** Addresses that no packet from outside can be for. */
export function reachableAddress(field: string, text: string): readonly Violation[] {
  const address = legacyAddress(text);
  if (address === undefined) {
    return addressViolations(field, text);
  }
  if (address.value === 0n) {
    return [invalidValue(field, text, `may not be unspecified (${address.family === 'ipv4' ? '0.0.0.0' : '::'})`)];
  }
  const bits = address.family === 'ipv4' ? 32 : 128;
  return ranges
    .filter(
      ([family, base, length]) =>
        family === address.family && address.value >> BigInt(bits - length) === base >> BigInt(bits - length),
    )
    .map(([, , , rule]) => invalidValue(field, text, rule));
}
