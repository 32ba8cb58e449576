const nanoseconds: { readonly [unit: string]: bigint } = {
  ns: 1n,
  us: 1_000n,
  µs: 1_000n,
  ms: 1_000_000n,
  s: 1_000_000_000n,
  m: 60_000_000_000n,
  h: 3_600_000_000_000n,
};

/** One second in the unit of `parseGoDuration`. */
export const second = 1_000_000_000n;

/** A duration in Go's notation (`90s`, `1m30s`, `1.5h`, `0`) in nanoseconds; undefined where the text is none or negative. */
export function parseGoDuration(text: string): bigint | undefined {
  if (text === '0') {
    return 0n;
  }
  if (text.length > 64 || !/^(?:[0-9]+(?:\.[0-9]+)?(?:ns|us|µs|ms|s|m|h))+$/u.test(text)) {
    return undefined;
  }
  let total = 0n;
  for (const [, whole = '0', fraction = '', unit = 's'] of text.matchAll(/([0-9]+)(?:\.([0-9]+))?([a-zµ]+)/gu)) {
    const scale = nanoseconds[unit] ?? 0n;
    total += BigInt(whole) * scale + (BigInt(`0${fraction}`) * scale) / 10n ** BigInt(fraction.length);
  }
  return total;
}
