import type { FindingCode } from '../finding-codes.ts';
import { addressExplanations } from './address-explanations.ts';
import { bgpExplanations } from './bgp-explanations.ts';
import { comparisonExplanations } from './comparison-explanations.ts';
import type { Explanation, Explanations } from './explanation.ts';
import { manifestExplanations } from './manifest-explanations.ts';
import { referenceExplanations } from './reference-explanations.ts';
import { schemaExplanations } from './schema-explanations.ts';
import { selectorExplanations } from './selector-explanations.ts';
import { silencerExplanations } from './silencer-explanations.ts';
import { silentExplanations } from './silent-explanations.ts';
import { yamlExplanations } from './yaml-explanations.ts';

/** A group of codes that belong together, in the order in which they are listed. */
export interface ExplanationFamily {
  readonly title: string;
  readonly explanations: Explanations;
}

export const explanationFamilies: readonly ExplanationFamily[] = [
  { title: 'The file as YAML', explanations: yamlExplanations },
  { title: 'Keys and values', explanations: schemaExplanations },
  { title: 'Addresses, pools and the network', explanations: addressExplanations },
  { title: 'Names and references', explanations: referenceExplanations },
  { title: 'BGP', explanations: bgpExplanations },
  { title: 'Advertisements and selectors', explanations: selectorExplanations },
  { title: 'What MetalLB takes and cannot use', explanations: silentExplanations },
  { title: 'Environments with each other', explanations: comparisonExplanations },
  { title: 'Plain manifests', explanations: manifestExplanations },
  { title: 'Comments that allow findings', explanations: silencerExplanations },
];

/** What a code means at length; undefined for one that has no explanation yet. */
export function explanationOf(code: FindingCode): Explanation | undefined {
  return explanationFamilies.map(({ explanations }) => explanations[code]).find((found) => found !== undefined);
}
