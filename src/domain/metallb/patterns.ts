/**
 * The texts a config value may have, as regular expressions that need one pass (no two ways to match one letter, so no
 * input makes them slow), with the words and the sample by which a finding explains them.
 */
export interface TextPattern {
  readonly pattern: string;
  readonly words: string;
  readonly sample: string;
}

const label = '[a-z0-9]+(?:-+[a-z0-9]+)*';
const subdomain = '[a-z0-9]+(?:(?:-+|\\.)[a-z0-9]+)*';
const qualified = '[A-Za-z0-9]+(?:[-_.]+[A-Za-z0-9]+)*';

export type PatternName =
  | 'objectName'
  | 'dnsLabel'
  | 'labelKey'
  | 'labelValue'
  | 'loadBalancerClass'
  | 'duration'
  | 'prometheusDuration'
  | 'version'
  | 'quantity'
  | 'image'
  | 'prometheusLabel'
  | 'url'
  | 'interfaceName';

export const patterns: { readonly [name in PatternName]: TextPattern } = {
  objectName: {
    pattern: `^${subdomain}$`,
    words: 'made of lower-case letters, digits, dashes and dots, with a letter or digit at both ends of each part',
    sample: 'default-pool',
  },
  dnsLabel: {
    pattern: `^${label}$`,
    words: 'made of lower-case letters, digits and dashes, with a letter or digit at both ends',
    sample: 'metallb-system',
  },
  labelKey: {
    pattern: `^(?:${subdomain}/)?${qualified}$`,
    words: 'a label key: an optional DNS prefix and a slash, then letters, digits, dashes, underscores and dots',
    sample: 'kubernetes.io/hostname',
  },
  labelValue: {
    pattern: `^(?:${qualified})?$`,
    words: 'a label value: letters, digits, dashes, underscores and dots, with a letter or digit at both ends',
    sample: 'worker-1',
  },
  loadBalancerClass: {
    pattern: `^(?:${subdomain}/)?${qualified}$`,
    words: 'a class name: an optional DNS prefix and a slash, then letters, digits, dashes, underscores and dots',
    sample: 'metallb.io/internal',
  },
  duration: {
    pattern: '^(?:0|(?:[0-9]+(?:\\.[0-9]+)?(?:ns|us|µs|ms|s|m|h))+)$',
    words: 'a duration: numbers each with a unit of ms, s, m or h',
    sample: '90s',
  },
  prometheusDuration: {
    pattern: '^(?=[0-9])(?:[0-9]+y)?(?:[0-9]+w)?(?:[0-9]+d)?(?:[0-9]+h)?(?:[0-9]+m(?!s))?(?:[0-9]+s)?(?:[0-9]+ms)?$',
    words: "a duration in Prometheus' notation: whole numbers with a unit, the larger units first",
    sample: '30s',
  },
  version: {
    pattern: '^v?[0-9]+\\.[0-9]+\\.[0-9]+(?:-[0-9A-Za-z.-]+)?$',
    words: 'a release of MetalLB: three numbers with dots',
    sample: '0.15.2',
  },
  quantity: {
    pattern: '^(?:[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)(?:[KMGTPE]i|[numkMGTPE]|[eE][-+]?[0-9]+)?$',
    words: 'a Kubernetes quantity: a number, with or without a suffix',
    sample: '128Mi',
  },
  image: {
    pattern: '^[A-Za-z0-9][-A-Za-z0-9._:/@]*$',
    words: 'an image reference without blanks',
    sample: 'quay.io/metallb/speaker:v0.15.2',
  },
  prometheusLabel: {
    pattern: '^[A-Za-z_][A-Za-z0-9_]*$',
    words: 'a label name of Prometheus: letters, digits and underscores, no digit first',
    sample: 'team',
  },
  url: {
    pattern: '^https?://[^\\s]+$',
    words: 'a URL that begins with http:// or https://',
    sample: 'https://checks.example.com/load-balancing',
  },
  interfaceName: {
    pattern: '^[^\\s/:]+$',
    words: 'the exact name of a network interface: no blanks, slashes or colons, at most 15 characters',
    sample: 'eth0',
  },
};

/** What a pattern of the schema asks for, in words; undefined for a pattern that is not ours. */
export function patternWords(pattern: string): TextPattern | undefined {
  return Object.values(patterns).find((known) => known.pattern === pattern);
}
