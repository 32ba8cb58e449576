import type { Severity } from './finding.ts';

/**
 * Every finding the product can make. Codes are stable: they stand in pipelines, silencers and searches, and are never
 * renamed or reused. `title` says what is wrong in general; the finding's own message says it of the case at hand.
 */
export const findingCodes = {
  'yaml-syntax': { severity: 'error', title: 'The file is not valid YAML.' },
} as const satisfies { readonly [code: string]: { readonly severity: Severity; readonly title: string } };

export type FindingCode = keyof typeof findingCodes;
