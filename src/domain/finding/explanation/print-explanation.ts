import { type FindingCode, findingCodes } from '../finding-codes.ts';
import { visibleCharacter } from '../terminal-text.ts';
import type { Explanation } from './explanation.ts';
import { explanationFamilies, explanationOf } from './explanations.ts';
import { upstreamWords } from './upstream-words.ts';

/** The code that a text names, or undefined. */
export function findingCode(text: string): FindingCode | undefined {
  return allCodes.find((code) => code === text);
}

export const allCodes: readonly FindingCode[] = explanationFamilies.flatMap(({ explanations }) =>
  (Object.keys(findingCodes) as readonly FindingCode[]).filter((code) => explanations[code] !== undefined),
);

/** A file as it can be shown: what cannot be seen stands as its code point. */
export function shownFile(text: string): string {
  return Array.from(text, (character) => (character === '\n' ? character : shownCharacter(character))).join('');
}

function shownCharacter(character: string): string {
  const strangeBlank = character !== ' ' && /\p{Zs}/u.test(character);
  const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  return strangeBlank ? `<U+${code}>` : visibleCharacter(character);
}

function indented(text: string): string {
  return shownFile(text).replaceAll(/^(?=.)/gmu, '    ');
}

/** One code at length, for the terminal. */
export function printExplanation(code: FindingCode): string {
  const { severity, title } = findingCodes[code];
  const explanation = explanationOf(code);
  const head = `${code} (${severity})\n\n${title}\n`;
  if (explanation === undefined) {
    return head;
  }
  const example = exampleFiles(explanation).map(({ heading, text }) => `\n${heading}\n\n${indented(text)}`);
  return `${head}${explanation.why}\n${upstreamLine(code)}${example.join('')}`;
}

/** The line that quotes MetalLB on the same mistake; empty where it says nothing of it. */
export function upstreamLine(code: FindingCode): string {
  const forms = upstreamWords[code] ?? [];
  return forms.length === 0 ? '' : `MetalLB's own words: ${forms.map((form) => `"${form}"`).join(', ')}\n`;
}

/** What there is to show of an explanation, each under its heading. */
export function exampleFiles(explanation: Explanation): readonly { readonly heading: string; readonly text: string }[] {
  const { example, repaired, besides, besidesText = example, along = [] } = explanation;
  const file = explanation.file ?? 'environments/dev/config-dev.yaml';
  const others = along.length === 0 ? '' : ` (it gives ${along.join(' and ')} as well)`;
  return [
    { heading: `Example${besides === undefined ? '' : `, ${file}`}${others}:`, text: example },
    ...(besides === undefined ? [] : [{ heading: `and ${besides}:`, text: besidesText }]),
    ...(repaired === undefined ? [] : [{ heading: 'Repaired:', text: repaired }]),
  ];
}

/** All codes by family, a line each. */
export function printCodes(): string {
  const width = Math.max(...allCodes.map((code) => code.length));
  return explanationFamilies
    .map(({ title, explanations }) => {
      const codes = allCodes.filter((code) => explanations[code] !== undefined);
      const lines = codes.map(
        (code) => `  ${code.padEnd(width)}  ${findingCodes[code].severity.padEnd(7)}  ${findingCodes[code].title}\n`,
      );
      return `${title}\n${lines.join('')}`;
    })
    .join('\n');
}
