import { accept, hasControlCharacter, refuse, type Accepted } from './accepted.ts';

/** Accepts the folder inside a repository that is the configuration root. The top is `''`, `.` or `/`-free nothing. */
export function parseConfigPath(text: string): Accepted<string> {
  const trimmed = text.replace(/^(?:\.\/)+/u, '').replace(/\/+$/u, '');
  if (text.startsWith('/')) {
    return refuse('is absolute; it counts from the top of the repository');
  }
  if (trimmed === '' || trimmed === '.') {
    return accept('');
  }
  const reason = refusedPath(trimmed);
  return reason === undefined ? accept(trimmed) : refuse(reason);
}

/** Why a path of a tree may not be read, or undefined. Trees can hold anything; what is read must be plain. */
export function refusedPath(path: string): string | undefined {
  if (path.length > 1_000) {
    return 'is longer than 1000 characters';
  }
  if (hasControlCharacter(path)) {
    return 'holds a control character';
  }
  if (path.includes('\uFFFD')) {
    return 'is not valid UTF-8';
  }
  if (path.includes('\\')) {
    return 'holds a backslash';
  }
  if (path.startsWith('/') || path.startsWith('-')) {
    return "starts with '/' or '-'";
  }
  const parts = path.split('/');
  if (parts.includes('..') || parts.includes('.')) {
    return "holds '.' or '..' as a step";
  }
  if (parts.includes('')) {
    return 'has an empty step';
  }
  return parts.some((part) => part.toLowerCase() === '.git') ? "goes through '.git'" : undefined;
}
