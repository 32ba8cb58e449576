import { visibleText } from '../finding/terminal-text.ts';
import { isJsonArray, isJsonObject, type Json, type JsonObject } from '../json.ts';
import type { ConfigListName } from '../metallb/kind.ts';

/** Something to write, with what there is to say of it. */
interface Commented<Value> {
  readonly comment: string | undefined;
  readonly value: Value;
}

/** An environment's config that is to be written for people. */
export interface EnvironmentDraft {
  readonly name: string;
  /** Paragraphs at the head of the file; those that begin with `- ` are items of a list. */
  readonly head: readonly string[];
  /** Keys beside `metallb`. */
  readonly around: JsonObject;
  /** Keys under `metallb` that are no list of resources. */
  readonly settings: ReadonlyMap<string, Commented<Json>>;
  readonly resources: ReadonlyMap<ConfigListName, Commented<readonly Commented<JsonObject>[]>>;
}

/** Where editors find what the keys mean. */
const schema = 'https://metalwave.io/schemas/environment.schema.json';
const settingOrder =
  'engine version install namespace bgp loadBalancerClass imagePullPolicy imagePullSecrets controller speaker monitoring'.split(
    ' ',
  );
const resourceOrder: readonly ConfigListName[] = [
  'ipAddressPool',
  'l2Advertisement',
  'bgpPeer',
  'bgpAdvertisement',
  'bfdProfile',
  'community',
];
const widest = 116;

/** One paragraph as comment lines. A text from elsewhere cannot end the comment, nor allow a finding by it. */
function commentLines(text: string, indent: string): readonly string[] {
  const harmless = visibleText(text).replaceAll(/metalwave:(?=\s*allow)/giu, 'metalwave :');
  const lines: string[] = [];
  const hanging = text.startsWith('- ') ? '  ' : '';
  let line = '';
  for (const word of harmless.split(' ')) {
    if (line !== '' && indent.length + line.length + word.length + 3 > widest) {
      lines.push(line);
      line = hanging + word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line].map((each) => `${indent}# ${each}`.trimEnd());
}

type PrintYaml = (value: Json) => string;

function indented(text: string, indent: string): readonly string[] {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => (line === '' ? '' : indent + line));
}

const commentOf = (comment: string | undefined, indent: string): readonly string[] =>
  comment === undefined ? [] : commentLines(comment, indent);

function settingLines(draft: EnvironmentDraft, print: PrintYaml): readonly string[] {
  return [...draft.settings]
    .toSorted(([left], [right]) => settingOrder.indexOf(left) - settingOrder.indexOf(right))
    .flatMap(([key, { comment, value }]) => {
      const isBlock = (isJsonObject(value) || isJsonArray(value)) && Object.keys(value).length > 0;
      return [
        ...(isBlock || comment !== undefined ? [''] : []),
        ...commentOf(comment, '  '),
        ...indented(print({ [key]: value }), '  '),
      ];
    });
}

function resourceLines(draft: EnvironmentDraft, print: PrintYaml): readonly string[] {
  return resourceOrder.flatMap((list) => {
    const found = draft.resources.get(list);
    if (found === undefined) {
      return [];
    }
    const items = found.value.flatMap(({ comment, value }) => [
      ...commentOf(comment, '    '),
      ...indented(print([value]), '    '),
    ]);
    const head = ['', ...commentOf(found.comment, '  ')];
    return items.length === 0 ? [...head, `  ${list}: []`] : [...head, `  ${list}:`, ...items];
  });
}

/**
 * The config of an environment as a file for people: comments say where things come from and what is missing. `print` gives
 * a value as YAML in block style. The same draft gives the same text.
 */
export function environmentText(draft: EnvironmentDraft, print: PrintYaml): string {
  const settings = settingLines(draft, print);
  const body = [...(settings[0] === '' ? settings.slice(1) : settings), ...resourceLines(draft, print)];
  const first = settings.length === 0 && body[0] === '' ? body.slice(1) : body;
  const around = Object.entries(draft.around).flatMap(([key, value]) => ['', ...indented(print({ [key]: value }), '')]);
  return [
    `# yaml-language-server: $schema=${schema}`,
    ...draft.head.flatMap((paragraph) => [
      ...(paragraph.startsWith('- ') ? [] : ['#']),
      ...commentLines(paragraph, ''),
    ]),
    '',
    ...indented(print({ environment: draft.name }), ''),
    ...around,
    '',
    ...(first.length === 0 ? ['metallb: {}'] : ['metallb:', ...first]),
    '',
  ].join('\n');
}
