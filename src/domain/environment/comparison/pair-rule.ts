import type { RuleFinding } from '../rules/rule.ts';
import type { EnvironmentFacts } from './environment-facts.ts';

/** A rule about two environments. Its findings are of the later one's file. */
export type PairRule = (earlier: EnvironmentFacts, later: EnvironmentFacts) => readonly RuleFinding[];
