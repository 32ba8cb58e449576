import type { ServerResponse } from 'node:http';

/** One warning is at most this long; the rest of it is cut. */
const longest = 1000;
const most = 50;

/** Tells the client warnings (RFC 9111, agent `-`, code 299), before anything of the body is sent. */
export function sendWarnings(response: ServerResponse, warnings: readonly string[]): void {
  if (warnings.length > 0) {
    response.setHeader(
      'warning',
      [...new Set(warnings)].slice(0, most).map((text) => `299 - "${headerText(text)}"`),
    );
  }
}

function headerText(text: string): string {
  const printable = Array.from(text, (char) => (char < ' ' || char === '\u{7F}' ? ' ' : char));
  const quoted = printable
    .slice(0, longest)
    .join('')
    .replaceAll(/[\\"]/gu, String.raw`\$&`);
  // A header's bytes are given to Node as Latin-1.
  return Buffer.from(quoted, 'utf8').toString('latin1');
}
