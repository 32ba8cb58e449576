import type { Transition } from './transition.ts';

/** A transition for people who know MetalLB: what goes where, and why nothing is lost on the way. One sentence a line. */
export function transitionSentences(transition: Transition): readonly string[] {
  const { moves, widened, replaced, refusal } = transition;
  return [
    ...moves.map(({ from, to, ranges }) => `${ranges} from pool ${from} to pool ${to}`),
    ...replaced.map((name) => `pool ${name} is deleted once the others hold its addresses`),
    'Who takes is written before who gives, one after the other: MetalLB keeps every address that some pool holds.',
    ...(widened.length === 0
      ? []
      : ['Meanwhile advertisements speak for the pools of before and of after, so that nothing is unadvertised.']),
    ...(refusal === undefined
      ? []
      : [
          `It cannot be made like this: ${refusal}`,
          'Let the webhook pass pools with the annotation metalwave.io/transition (matchConditions), or switch it off.',
        ]),
  ];
}
