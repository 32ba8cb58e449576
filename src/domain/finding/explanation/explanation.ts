import type { FindingCode } from '../finding-codes.ts';

/** What a finding means at length: for `metalwave explain`, docs/findings.md and the help texts of SARIF. */
export interface Explanation {
  /** What it means and why it matters, in two or three sentences. */
  readonly why: string;
  /** A file that gives this finding and no other: environments/dev/config-dev.yaml, unless `file` says otherwise. */
  readonly example: string;
  /** The same file, repaired. Undefined where the repair is to remove the file, or lies outside it. */
  readonly repaired: string | undefined;
  /** Where the example lies. Outside environments/ it is a plain manifest. */
  readonly file?: string;
  /** A second file, with the same text or with `besidesText`. */
  readonly besides?: string;
  readonly besidesText?: string;
  /** Other findings that the example cannot do without. */
  readonly along?: readonly FindingCode[];
}

/** Explanations by code. */
export type Explanations = { readonly [C in FindingCode]?: Explanation };

/** An explanation whose repaired form is the example with one place replaced. The place stands in it exactly once. */
export function explained(why: string, example: string, from: string, to: string): Explanation {
  const start = example.indexOf(from);
  if (start === -1 || example.includes(from, start + 1)) {
    throw new Error(
      `bug: ${JSON.stringify(from)} does not stand exactly once in the example ${JSON.stringify(example)}`,
    );
  }
  return { why, example, repaired: example.slice(0, start) + to + example.slice(start + from.length) };
}

/** The smallest configuration, with the given entry of its pool; `more` stands below, under `metallb`. */
export function withEntry(entry: string, more = ''): string {
  return `metallb:\n  ipAddressPool:\n    - name: default\n      addresses:\n        - ${entry}\n${more}`;
}

const someAdvertisement = ['bgpAdvertisement:', '  - name: every-pool'];
const somePeer = [
  'bgpPeer:',
  '  - name: router',
  '    myASN: 64512',
  '    peerASN: 64600',
  '    peerAddress: 10.0.0.9',
];

/** A router without an advertisement, or one without a router, is a finding of its own: what is missing is added. */
function inPairs(lines: readonly string[]): readonly string[] {
  const [peers, advertisements] = [lines.includes('bgpPeer:'), lines.includes('bgpAdvertisement:')];
  return [
    ...lines,
    ...(peers && !advertisements ? someAdvertisement : []),
    ...(advertisements && !peers ? somePeer : []),
  ];
}

/** A configuration with one sound pool, and the given lines below it, each indented to stand under `metallb`. */
export function withMetallb(lines: readonly string[]): string {
  return withLines(inPairs(lines));
}

/** The same, with these lines alone. */
export function withLines(lines: readonly string[]): string {
  const below = lines.map((line) => (line === '' ? '\n' : `  ${line}\n`)).join('');
  return withEntry('192.168.1.220-192.168.1.250', below);
}

/** A configuration with one BGP peer: its fields below name, myASN, peerASN and peerAddress. */
export function withPeer(fields: readonly string[], more: readonly string[] = []): string {
  const peer = ['name: tor', 'myASN: 64512', 'peerASN: 64513', 'peerAddress: 10.0.0.1', ...fields];
  return withMetallb([...more, 'bgpPeer:', ...peer.map((line, index) => `${index === 0 ? '  - ' : '    '}${line}`)]);
}
