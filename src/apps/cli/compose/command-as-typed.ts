import type { VerbContext } from '../verb.ts';

const repeated = [
  'config-repo',
  'config-path',
  'revision',
  'verify-signatures',
  'verified-since',
  'kubeconfig',
  'context',
] as const;

/** A word of a command line that a shell gives back as it is. */
function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/u.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/**
 * A command line for the same configuration and cluster as this call, with its options as they were typed. `words` stand
 * before them; `left` names options that the words replace.
 */
export function commandAsTyped(
  { options }: VerbContext,
  words: readonly string[],
  left: readonly (typeof repeated)[number][] = [],
): string {
  const typed = repeated.flatMap((name) => {
    const value = left.includes(name) ? undefined : options.text(name);
    return value === undefined ? [] : [`--${name}`, value];
  });
  const dirty = options.flag('allow-dirty') ? ['--allow-dirty'] : [];
  return ['metalwave', ...words, ...typed, ...dirty].map((word) => shellWord(word)).join(' ');
}
