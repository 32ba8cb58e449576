import { describe, expect, it } from 'vitest';
import { explain } from '../../../src/apps/cli/verbs/explain.ts';
import type { VerbContext } from '../../../src/apps/cli/verb.ts';
import { findingCodes } from '../../../src/domain/finding/finding-codes.ts';

async function run(...operands: readonly string[]): Promise<string> {
  const printed: string[] = [];
  const context: VerbContext = {
    options: { text: () => undefined, texts: () => [], flag: () => false },
    operands,
    out: (text) => printed.push(text),
    err: () => undefined,
    colourOut: false,
    colourErr: false,
    live: false,
    columns: 80,
    quiet: false,
    verbose: false,
    env: {},
    folder: '/',
    signal: new AbortController().signal,
  };
  expect(await explain.run(context)).toBe(0);
  return printed.join('');
}

describe('metalwave explain', () => {
  it('says what a code means, with an example and its repair', async () => {
    const page = await run('address-host-bits');
    expect(page).toContain('address-host-bits (warning)');
    expect(page).toContain('    metallb:\n      ipAddressPool:');
    expect(page).toContain('192.168.1.5/28');
    expect(page).toContain('Repaired:');
  });

  it('shows what cannot be seen', async () => {
    expect(await run('yaml-blank')).toContain('<U+00A0>');
    expect(await run('yaml-encoding')).toContain('<U+0000>');
  });

  it('lists every code without one', async () => {
    const page = await run();
    for (const code of Object.keys(findingCodes)) {
      expect(page).toContain(`  ${code} `);
    }
  });

  it('proposes the nearest code for one that does not exist', async () => {
    await expect(run('pool-overlaps')).rejects.toThrow('there is no finding pool-overlaps; did you mean pool-overlap?');
  });
});
