import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LanguageServer, type Place } from '../editor/language-server.ts';

const example = 'environments/dev/config-dev.yaml';
const text = readFileSync(example, 'utf8');
let server: LanguageServer;
let opened = 0;

beforeAll(async () => {
  server = new LanguageServer();
  await server.start();
});

afterAll(async () => server.stop());

/** A file of its own for each text: the server tells of one file at any time. */
function freshFile(): string {
  opened += 1;
  return `environments/dev/opened-${String(opened)}.yaml`;
}

/** Where a word stands for the first time in a text. */
function placeOf(word: string, inText: string): Place {
  const lines = inText.split('\n');
  const line = lines.findIndex((one) => !one.startsWith('#') && one.includes(word));
  if (line === -1) {
    throw new Error(`${word} does not stand in the text`);
  }
  return { line, character: (lines[line] ?? '').indexOf(word) };
}

async function hoverOn(word: string): Promise<string> {
  const { uri } = await server.open(freshFile(), text);
  const position = placeOf(word, text);
  const hover = await server.request('textDocument/hover', { textDocument: { uri }, position });
  return JSON.stringify(hover);
}

/** What an editor proposes where `|` stands. */
async function proposals(marked: string): Promise<readonly string[]> {
  const position = placeOf('|', marked);
  const { uri } = await server.open(freshFile(), marked.replace('|', ''));
  const answer = await server.request('textDocument/completion', { textDocument: { uri }, position });
  const { items } = answer as { readonly items: readonly { readonly label: string }[] };
  return items.map(({ label }) => label);
}

const modeline = text.split('\n')[0] ?? '';
const pool = `${modeline}\nmetallb:\n  ipAddressPool:\n    - name: lan\n      addresses: [192.168.1.0/24]\n`;

describe('an editor with the YAML language server', () => {
  it.each(
    readdirSync('environments', { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => `environments/${name}/config-${name}.yaml`),
  )('underlines nothing in %s', async (file) => {
    const { diagnostics } = await server.open(file, readFileSync(file, 'utf8'));
    expect(diagnostics).toEqual([]);
  });

  it('explains a key under the pointer', async () => {
    const words = await hoverOn('addresses');
    expect(words).toContain('Addresses of the pool, as ranges');
    expect(words).toContain('environment.schema.json');
    expect(await hoverOn('ipAddressPool')).toMatch(/pool/iu);
  });

  it('proposes the keys of a pool, and not those that are there', async () => {
    const labels = await proposals(`${pool}      |\n`);
    expect(labels).toEqual(expect.arrayContaining(['autoAssign', 'avoidBuggyIPs', 'serviceAllocation']));
    expect(labels).not.toContain('addresses');
  });

  it('proposes the values of a key', async () => {
    expect(await proposals(`${pool}      autoAssign: |\n`)).toEqual(expect.arrayContaining(['true', 'false']));
  });

  it('underlines a wrong key, a wrong value and a wrong type where they stand', async () => {
    const wrong = `${pool}      autoAsign: true\n      avoidBuggyIPs: 7\n`;
    const { diagnostics } = await server.open(freshFile(), wrong);
    expect(diagnostics.map(({ message, range }) => ({ line: range.start.line, message }))).toEqual(
      expect.arrayContaining([
        { line: 5, message: expect.stringContaining('autoAsign') as string },
        { line: 6, message: expect.stringContaining('boolean') as string },
      ]),
    );
  });
});
