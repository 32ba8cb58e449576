import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askedFaults } from '../../../src/apps/quickstart/asked-faults.ts';

describe('the faults that the quick start is asked for', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'metalwave-faults-'));
    writeFileSync(join(folder, 'faults.json'), '{"nodesDown":["node-1"]}');
    writeFileSync(join(folder, 'broken.json'), '{"nodesDown":');
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('are JSON, or stand in a file', async () => {
    expect(await askedFaults('{"seed": 4}', folder)).toEqual({ seed: 4 });
    expect(await askedFaults('faults.json', folder)).toEqual({ nodesDown: ['node-1'] });
  });

  it.each([
    ['nowhere.json', 'nowhere.json cannot be read'],
    ['broken.json', '--faults: broken.json is broken'],
    ['{"seed"', '--faults: its JSON is broken'],
    ['{"speed": 4}', '"speed" is none of crashingImages, events, nodesDown, requests, seed'],
  ])('are refused as a mistake of the command line: %s', async (given, words) => {
    await expect(askedFaults(given, folder)).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringContaining(words) as string,
    });
  });
});
