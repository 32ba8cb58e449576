/** `error` keeps a run from going on; `warning` and `info` are told and passed. */
export type Severity = 'error' | 'warning' | 'info';

/**
 * Every finding the product can make. Codes are stable: they stand in pipelines, silencers and searches, and are never
 * renamed or reused. `title` says what is wrong in general; the finding's own message says it of the case at hand.
 */
export const findingCodes = {
  'yaml-syntax': { severity: 'error', title: 'The file is not valid YAML.' },
  'yaml-encoding': { severity: 'error', title: 'The file is not UTF-8 text.' },
  'yaml-limit': { severity: 'error', title: 'The file is larger, deeper or more repetitive than is read.' },
  'yaml-directive': { severity: 'error', title: 'Kubernetes refuses YAML directives.' },
  'yaml-document-marker': { severity: 'error', title: 'Text beside a document marker is lost or refused.' },
  'yaml-tag': { severity: 'error', title: 'A YAML tag is used that Kubernetes does not read or drops.' },
  'yaml-blank': { severity: 'error', title: 'A blank that YAML does not take for one.' },
  'yaml-duplicate-key': { severity: 'error', title: 'A key stands twice in one mapping; only the last is read.' },
  'yaml-key': { severity: 'error', title: 'A key is not text.' },
  'yaml-merge-order': { severity: 'error', title: 'A merge key stands below keys that it replaces.' },
  'yaml-alias': { severity: 'error', title: 'An alias contains itself.' },
  'yaml-number-range': { severity: 'error', title: 'A number that JSON cannot hold.' },
  'yaml-ambiguous-scalar': { severity: 'warning', title: 'Readers of YAML differ about an unquoted word or number.' },
  'document-missing': { severity: 'error', title: 'The file holds no document.' },
  'document-count': { severity: 'error', title: 'The file holds more than one document.' },
  'document-type': { severity: 'error', title: 'The document is not a mapping.' },
  'environment-file-twice': { severity: 'error', title: 'Two files claim to configure one environment.' },
  'address-empty': { severity: 'error', title: 'An entry of a pool is empty.' },
  'address-syntax': { severity: 'error', title: 'An entry of a pool is neither a CIDR block nor a range.' },
  'address-blank': { severity: 'error', title: 'MetalLB refuses blanks in a CIDR block.' },
  'address-without-length': { severity: 'error', title: 'MetalLB does not take a bare address as an entry of a pool.' },
  'address-length': { severity: 'error', title: 'The length of a CIDR block is none of its family.' },
  'address-ipv4-mapped': { severity: 'error', title: 'No Service can have an IPv4-mapped IPv6 address.' },
  'address-host-bits': { severity: 'warning', title: 'A CIDR block has host bits set; the whole block is taken.' },
  'range-dash': { severity: 'error', title: 'A range needs a hyphen between its addresses.' },
  'range-end-incomplete': { severity: 'error', title: 'A range needs its last address in full.' },
  'range-of-blocks': { severity: 'error', title: 'A range is made of addresses, not of CIDR blocks.' },
  'range-reversed': { severity: 'error', title: 'A range ends before it starts.' },
  'range-mixed-families': { severity: 'error', title: 'A range starts in one address family and ends in the other.' },
  'pool-without-addresses': { severity: 'error', title: 'MetalLB refuses a pool without addresses.' },
  'pool-overlap': { severity: 'error', title: 'Two pools hold the same addresses; MetalLB refuses the configuration.' },
  'pool-overlap-within': { severity: 'error', title: 'A pool holds the same addresses twice; MetalLB refuses it.' },
  'pool-not-advertised': {
    severity: 'warning',
    title: 'Addresses of the pool are given to Services but never announced.',
  },
  'pool-holds-gateway': { severity: 'error', title: "The network's gateway is among the pool's addresses." },
  'pool-in-pod-network': { severity: 'error', title: "The pool holds addresses of the cluster's pods." },
  'pool-in-service-network': {
    severity: 'error',
    title: "The pool holds addresses of the cluster's own Service network.",
  },
  'pool-in-dhcp-scope': { severity: 'warning', title: 'The pool holds addresses that a DHCP server hands out.' },
  'pool-in-reserved': { severity: 'warning', title: 'The pool holds addresses that are reserved for something else.' },
  'network-address': { severity: 'error', title: 'An entry of the declared network is no address, block or range.' },
  'name-duplicate': { severity: 'error', title: 'Two resources of one kind have the same name.' },
  'environment-name': { severity: 'error', title: 'The file names another environment than its folder does.' },
  'pool-unknown': { severity: 'warning', title: 'An advertisement names a pool that is not in the configuration.' },
  'peer-unknown': { severity: 'warning', title: 'An advertisement names a BGP peer that is not in the configuration.' },
  'community-unknown': {
    severity: 'error',
    title: 'A community is neither a literal nor a known alias; MetalLB refuses the configuration.',
  },
  'bfd-profile-unknown': {
    severity: 'error',
    title: 'A BGP peer names a BFD profile that does not exist; MetalLB refuses the configuration.',
  },
  'community-syntax': { severity: 'error', title: 'A BGP community is written in a way that MetalLB refuses.' },
  'list-duplicate': { severity: 'error', title: 'A list holds one value twice; MetalLB refuses that.' },
  'bgp-remote-asn': { severity: 'error', title: 'A BGP peer needs exactly one of peerASN and dynamicASN.' },
  'bgp-multihop-internal': { severity: 'error', title: 'ebgpMultiHop is for peers of another AS.' },
  'bgp-peer-target': { severity: 'error', title: 'A BGP peer needs exactly one of peerAddress and interface.' },
  'bgp-peer-address': { severity: 'error', title: 'A field of a BGP peer is no IP address.' },
  'bgp-password-twice': { severity: 'error', title: 'A BGP peer has both a password and a passwordSecret.' },
  'bgp-password-clear-text': { severity: 'warning', title: 'A password stands in clear text in the repository.' },
  'bgp-hold-time': { severity: 'error', title: 'The hold time of a BGP peer is neither 0 nor at least 3 seconds.' },
  'bgp-keepalive-time': { severity: 'error', title: 'A BGP peer is kept alive more seldom than its hold time allows.' },
  'bgp-connect-time': {
    severity: 'error',
    title: 'The connect time of a BGP peer is no whole number of seconds from 1 to 65535.',
  },
  'bgp-frr-same-peer': { severity: 'error', title: 'Two BGP peers of one VRF are the same router; FRR takes it once.' },
  'bgp-frr-mixed': { severity: 'error', title: 'FRR needs one value for all BGP peers that share a node.' },
  'bgp-native-unsupported': { severity: 'error', title: "MetalLB's native BGP backend refuses this setting." },
  'aggregation-too-short': { severity: 'error', title: 'Routes would be aggregated beyond the addresses of a pool.' },
  'aggregation-with-selectors': {
    severity: 'error',
    title: 'An advertisement has both service selectors and an aggregation length.',
  },
  'unknown-key': { severity: 'error', title: 'The configuration has no such key.' },
  'missing-key': { severity: 'error', title: 'A key is missing that must be there.' },
  'wrong-type': { severity: 'error', title: 'A value is of another kind than the key takes.' },
  'not-allowed-value': { severity: 'error', title: 'A value is none of those that the key takes.' },
  'out-of-range': { severity: 'error', title: 'A number is smaller or larger than the key takes.' },
  'too-few-items': { severity: 'error', title: 'A list has fewer items than it needs.' },
  'too-many-items': { severity: 'error', title: 'A list has more items than it may.' },
  'text-length': { severity: 'error', title: 'A text is shorter or longer than the key takes.' },
  'text-pattern': { severity: 'error', title: 'A text is not of the form that the key takes.' },
  'key-pattern': { severity: 'error', title: 'A key of a free mapping, such as a label, is not of the allowed form.' },
  'version-unknown': { severity: 'error', title: 'MetalLB of that version is not supported.' },
  'field-not-in-version': {
    severity: 'error',
    title: 'MetalLB of the chosen version does not know the field.',
  },
  'setting-contradiction': { severity: 'error', title: 'Two settings ask for opposite things.' },
  'no-effect-yet': { severity: 'warning', title: 'The setting is understood, but nothing acts on it yet.' },
} as const;

export type FindingCode = keyof typeof findingCodes;

/** What is known of every code. */
export interface FindingKind {
  readonly severity: Severity;
  readonly title: string;
}

/** The kind of a finding by its code. */
export function findingKind(code: FindingCode): FindingKind {
  return findingCodes[code];
}
