import { Failure } from '../../../domain/failure.ts';
import {
  allCodes,
  findingCode,
  printCodes,
  printExplanation,
} from '../../../domain/finding/explanation/print-explanation.ts';
import { codesOfUpstreamWords } from '../../../domain/finding/explanation/upstream-words.ts';
import { nearestName } from '../../../domain/finding/nearest-name.ts';
import { exitCode } from '../exit-code.ts';
import type { Verb } from '../verb.ts';

function unknownCode(text: string): Failure {
  const nearest = nearestName(text, allCodes);
  const hint = nearest === undefined ? '' : `; did you mean ${nearest}?`;
  const remedy = 'metalwave explain lists all codes.';
  return new Failure({ code: 'usage', retry: 'never', message: `there is no finding ${text}${hint}`, remedy });
}

export const explain: Verb = {
  usage: '[CODE …]',
  about:
    'Says what a finding means, why it matters, and how a file with it looks before and after its repair. Without a code\nall codes are listed. A message of MetalLB, in quotes, is explained by the finding that speaks of the same mistake.',
  operands: 'CODE',
  options: {},
  examples: [
    'metalwave explain',
    'metalwave explain pool-overlap',
    'metalwave explain "peer 10.0.0.1 has vrf set on native bgp mode"',
  ],
  exits: ['0  explained', '2  there is no such code'],
  run(context) {
    const codes = context.operands.map((text) => {
      const code = findingCode(text) ?? codesOfUpstreamWords(text)[0];
      if (code === undefined) {
        throw unknownCode(text);
      }
      return code;
    });
    context.out(codes.length === 0 ? printCodes() : codes.map((code) => printExplanation(code)).join('\n'));
    return Promise.resolve(exitCode.good);
  },
};
