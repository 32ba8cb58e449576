/** A configuration of many pools, each with one block of addresses; they are disjoint without `address`. */
export function poolsText(count: number, address: (index: number) => string = blockOf): string {
  const pools = Array.from(
    { length: count },
    (_, index) => `    - name: p${String(index).padStart(5, '0')}\n      addresses: ["${address(index)}"]\n`,
  );
  return `metallb:\n  ipAddressPool:\n${pools.join('')}`;
}

function blockOf(index: number): string {
  return `10.${String(index >> 8)}.${String(index & 255)}.0/28`;
}
