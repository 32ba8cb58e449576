/** Numbers from 0 to below 1 that a seed decides (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Pieces that have a meaning to YAML, to addresses or to JavaScript. */
const pieces: readonly string[] = [
  ['&a ', '*a', '<<: *a\n', '!!binary ', '! ', '? ', '- ', ': ', '#', '|\n', '>-\n', '{', '}', '[', ']', ',', '"', "'"],
  ['---\n', '...\n', '%YAML 1.1\n', '\t', '\r', '\u00A0', '\u2028', '\uFEFF', '\0', '\u001B[2J', '\\', '\n', '\n\n'],
  ['~', 'null', 'no', '.nan', '.inf', '1e999', '0777', '190:20:30', '2024-01-01', '-0', '1_000', '9'.repeat(400)],
  ['__proto__', 'constructor', 'toString', 'length', '${VAR}', '{{ x }}', 'a: &a [*a]\n'],
  [
    '::/0',
    '0.0.0.0/0',
    '10.0.0.0/33',
    '10.0.0.1-10.0.0.0',
    'fd00::1-10.0.0.1',
    '::ffff:1.2.3.4/128',
    '1.2.3.4',
    '–',
    'fe80::1%1',
  ],
].flat();

type Mutation = (text: string, random: () => number, other: string) => string;

const place = (text: string, random: () => number): number => Math.floor(random() * (text.length + 1));

function stretch(text: string, random: () => number): readonly [number, number] {
  const start = place(text, random);
  return [start, Math.min(text.length, start + Math.ceil(random() ** 3 * 200))];
}

function insert(text: string, at: number, what: string): string {
  return text.slice(0, at) + what + text.slice(at);
}

const mutations: readonly Mutation[] = [
  (text, random) => insert(text, place(text, random), pieces[Math.floor(random() * pieces.length)] ?? ''),
  (text, random) => {
    const [start, end] = stretch(text, random);
    return text.slice(0, start) + text.slice(end);
  },
  (text, random) => {
    const [start, end] = stretch(text, random);
    return insert(text, place(text, random), text.slice(start, end));
  },
  (text, random) => {
    const [start, end] = stretch(text, random);
    return insert(text, end, text.slice(start, end).repeat(Math.ceil(random() ** 4 * 2_000))).slice(0, 900_000);
  },
  (text, random, other) => text.slice(0, place(text, random)) + other.slice(place(other, random)),
  (text, random) => {
    const at = place(text, random);
    return text.slice(0, at) + String.fromCodePoint(Math.floor(random() * 0xd7ff)) + text.slice(at + 1);
  },
  (text, random) => {
    const values = [...text.matchAll(/(?<=[:-] )[^\s][^\n]*/gu)];
    const chosen = values[Math.floor(random() * values.length)];
    const piece = pieces[Math.floor(random() * pieces.length)] ?? '';
    return chosen === undefined
      ? text
      : text.slice(0, chosen.index) + piece + text.slice(chosen.index + chosen[0].length);
  },
  (text, random) => {
    const lines = text.split('\n');
    const at = Math.floor(random() * lines.length);
    return [
      ...lines.slice(0, at),
      `${' '.repeat(Math.floor(random() * 9))}${(lines[at] ?? '').trim()}`,
      ...lines.slice(at + 1),
    ].join('\n');
  },
];

/** A text with one to six changes; `other` is what pieces are taken from. */
export function mutate(text: string, other: string, random: () => number): string {
  let changed = text;
  for (let round = Math.ceil(random() * 6); round > 0; round -= 1) {
    changed = mutations[Math.floor(random() * mutations.length)]?.(changed, random, other) ?? changed;
  }
  return changed;
}
