import { visible } from './format-field.ts';

/** Text as a code span whatever backticks it holds; nothing in it is read as Markdown or HTML. */
export function code(text: string): string {
  const shown = visible(text);
  const runs = shown.match(/`+/gu) ?? [];
  const fence = '`'.repeat(Math.max(0, ...runs.map((run) => run.length)) + 1);
  const pad = shown.startsWith('`') || shown.endsWith('`') ? ' ' : '';
  return `${fence}${pad}${shown}${pad}${fence}`;
}

/** A row of a table. A bar ends a cell even inside a code span (GitHub Flavored Markdown, tables). */
export function tableRow(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}
