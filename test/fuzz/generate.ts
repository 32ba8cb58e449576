const names: readonly string[] = ['lan', 'dmz', 'lan', 'p-1', 'Bad_Name', '', 'x'.repeat(64)];
const addresses: readonly string[] = [
  ['192.168.1.0/28', '192.168.1.10-192.168.1.20', '10.0.0.0/8', '"fd00::/64"', '"fd00::1-fd00::ff"', '10.0.0.0/32'],
  ['10.0.0.9-10.0.0.1', '"::/0"', '300.1.1.1/24', '1.2.3.4', '[]', '~', '7', '192.168.1.0/28 '],
].flat();
const extras: readonly string[] = [
  'autoAssign: false',
  'autoAssign: 3',
  'avoidBuggyIPs: true',
  'labels: {a: b}',
  'nope: 1',
];

/** A configuration of pools and advertisements, mostly of the right form. */
export function generate(random: () => number): string {
  const pick = (from: readonly string[]): string => from[Math.floor(random() * from.length)] ?? '';
  const times = (most: number, make: () => string): string =>
    Array.from({ length: Math.floor(random() * (most + 1)) }, make).join('');
  const pool = (): string => {
    const entries = times(4, () => `        - ${pick(addresses)}\n`);
    return `    - name: ${pick(names)}\n      addresses:\n${entries}${times(2, () => `      ${pick(extras)}\n`)}`;
  };
  const advertisement = (): string => `    - name: ${pick(names)}\n      ipAddressPools: [${pick(names)}]\n`;
  const peer = (): string =>
    `    - name: ${pick(names)}\n      myASN: ${String(Math.floor(random() * 70_000))}\n      peerASN: 64512\n`;
  return [
    `metallb:\n  ipAddressPool:\n${times(6, pool)}`,
    random() < 0.5 ? `  l2Advertisement:\n${times(3, advertisement)}` : '',
    random() < 0.3 ? `  bgpPeer:\n${times(3, peer)}` : '',
  ].join('');
}
