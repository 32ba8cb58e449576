/** What one command said, success or failure. */
export interface Said {
  readonly command: string;
  readonly says: string;
}

const rules: readonly (readonly [RegExp, string])[] = [
  [/\b[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}\b/gu, 'UID'],
  [/\d{4}-\d\d-\d\d[T ][\d:.]+(?:Z| \+0000(?: UTC)?)?/gu, 'TIME'],
  [/\b10\.\d+\.\d+\.\d+\b/gu, 'ADDRESS'],
  [/(?<=resourceVersion"?: )"\d+"/gu, '"VERSION"'],
  [/\b3\d{4}(?=\/TCP)/gu, 'PORT'],
  [/(?<=\s)(?:\d+(?:m\d+)?s|\d+m)(?=\s|$)/gu, 'AGE'],
  [/\/tmp\/[\w./-]+/gu, 'FILE'],
  // Widths of columns follow their content.
  [/ {2,}(?=\S)/gu, '  '],
];

/** The output without what differs from run to run: names of times, addresses and versions in their place. */
export function normalized(text: string): string {
  let result = text.trim();
  for (const [pattern, name] of rules) {
    result = result.replaceAll(pattern, name);
  }
  return result;
}

/** What was said differently to the same command. */
export function differing(said: readonly Said[], others: readonly Said[]): readonly Said[] {
  return said.filter(({ says }, index) => says !== others[index]?.says);
}
