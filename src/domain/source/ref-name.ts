import { accept, hasControlCharacter, refuse, type Accepted } from './accepted.ts';

/**
 * What a ref text asks for. 40 or 64 hex digits are always a commit. `name` is looked for as a branch first, then as a
 * tag. `full` starts with `refs/` and is taken as it stands.
 */
export type RefQuery =
  | { readonly kind: 'head' }
  | { readonly kind: 'commit'; readonly id: string }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'full'; readonly name: string };

const commitPattern = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/u;

/** Refs by the rules of `git check-ref-format`; nothing that revision syntax (`^`, `~`, `@{`, `..`) could be read into. */
export function parseRef(text: string): Accepted<RefQuery> {
  if (text === 'HEAD') {
    return accept({ kind: 'head' });
  }
  if (commitPattern.test(text.toLowerCase())) {
    return accept({ kind: 'commit', id: text.toLowerCase() });
  }
  const reason = refusedRef(text);
  if (reason !== undefined) {
    return refuse(reason);
  }
  return accept(text.startsWith('refs/') ? { kind: 'full', name: text } : { kind: 'name', name: text });
}

function refusedRef(text: string): string | undefined {
  if (text === '' || text === '@') {
    return 'is no name';
  }
  if (text.length > 250) {
    return 'is longer than 250 characters';
  }
  if (text.startsWith('-')) {
    return "starts with '-', as an option does";
  }
  if (hasControlCharacter(text)) {
    return 'holds a control character';
  }
  const bad = /\.\.|@\{|[ ~^:?*[\\]/u.exec(text);
  if (bad !== null) {
    return `holds '${bad[0]}', which no branch or tag may`;
  }
  const parts = text.split('/');
  if (parts.some((part) => part === '' || part.startsWith('.') || part.endsWith('.lock')) || text.endsWith('.')) {
    return "has an empty part, a part that starts with '.' or one that ends with '.' or '.lock'";
  }
  return undefined;
}
