import type { MetalLbLine } from '../environment/environment.ts';

/** Whose rules of allocation apply: a line of MetalLB's releases, or Metalwave's own controller. */
export type RulesProfile = `metallb-${MetalLbLine}` | 'native';
