/** A configuration of many pools, each with one block of addresses; they are disjoint without `address`. */
export function poolsText(count: number, address: (index: number) => string = blockOf): string {
  const pools = Array.from(
    { length: count },
    (_, index) => `    - name: p${String(index).padStart(5, '0')}\n      addresses: ["${address(index)}"]\n`,
  );
  return `metallb:\n  ipAddressPool:\n${pools.join('')}`;
}

/** The same with ten ranges in each pool, in block style. */
export function manyRanges(count: number): string {
  const pools = Array.from({ length: count }, (_, index) => {
    const ranges = Array.from({ length: 10 }, (_each, at) => {
      const [first, last] = [at * 20, at * 20 + 9].map(
        (end) => `10.${String(index >> 8)}.${String(index & 255)}.${end}`,
      );
      return `        - ${first}-${last}\n`;
    });
    return `    - name: p${String(index).padStart(5, '0')}\n      addresses:\n${ranges.join('')}`;
  });
  return `metallb:\n  ipAddressPool:\n${pools.join('')}`;
}

function blockOf(index: number): string {
  return `10.${String(index >> 8)}.${String(index & 255)}.0/28`;
}
