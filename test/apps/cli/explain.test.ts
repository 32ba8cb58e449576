import { describe, expect, it } from 'vitest';
import { explain } from '../../../src/apps/cli/verbs/explain.ts';
import { findingCodes } from '../../../src/domain/finding/finding-codes.ts';
import { runVerb } from './run-verb.ts';

async function run(...codes: readonly string[]): Promise<string> {
  const { exitCode, out } = await runVerb(explain, codes);
  expect(exitCode).toBe(0);
  return out;
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
