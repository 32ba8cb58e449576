import type { FindingCode } from '../finding-codes.ts';

/**
 * What MetalLB's programs log of the same mistake, as people paste it into a search; `…` stands for what differs from case
 * to case. Observed on 0.14.9, 0.15.2 and 0.16.1.
 */
export const upstreamWords: { readonly [C in FindingCode]?: readonly string[] } = {
  'pool-overlap': ['CIDR … in pool … overlaps with already defined CIDR'],
  'address-syntax': ['invalid CIDR … in pool', 'invalid start IP', 'invalid end IP'],
  'pool-without-addresses': ['pool has no prefixes defined'],
  'aggregation-too-short': ['invalid aggregation length … is more specific than the aggregation length'],
  'aggregation-with-selectors': ['serviceSelectors and aggregationLength are mutually exclusive'],
  'bgp-local-pref-conflict': ['invalid local preference', 'was already set for the same type of BGP update'],
  'bgp-frr-mixed': ['has RouterID different from', 'has myAsn different from'],
  'bgp-frr-same-peer': ["already exists, FRR mode doesn't support duplicate BGPPeers"],
  'bgp-native-unsupported': ['set on native bgp mode', 'native bgp mode does not support', 'bfd profiles section set'],
  'bgp-remote-asn': ['missing peer ASN and dynamicASN'],
  'bgp-peer-address': ['invalid BGPPeer address'],
  'bgp-hold-time': ['invalid BGPPeer timers', 'invalid hold time'],
  'bfd-profile-unknown': ['referencing non existing bfd profile'],
  'community-unknown': ['invalid community … in BGP advertisement', 'invalid community format'],
  'selector-values': ['values set must be empty for exists and does not exist'],
  'list-duplicate': ['duplicate definition of match expression value'],
  'unknown-key': ['strict decoding error: unknown field'],
};

/** The codes of findings that speak of the same mistake as a message of MetalLB, what agrees with most words of it first. */
export function codesOfUpstreamWords(message: string): readonly FindingCode[] {
  const text = message.replaceAll(/\s+/gu, ' ').toLowerCase();
  const found = Object.entries(upstreamWords).flatMap(([code, forms]) => {
    const lengths = forms.filter((form) => holds(text, form)).map((form) => form.length);
    return lengths.length === 0 ? [] : [{ code: code as FindingCode, length: Math.max(...lengths) }];
  });
  return found.toSorted((a, b) => b.length - a.length).map(({ code }) => code);
}

/** True where the parts of the form stand in the text, one behind the other. */
function holds(text: string, form: string): boolean {
  let at = 0;
  for (const part of form.toLowerCase().split(' … ')) {
    const found = text.indexOf(part, at);
    if (found === -1) {
      return false;
    }
    at = found + part.length;
  }
  return true;
}
