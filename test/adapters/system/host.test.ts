import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { systemHost } from '../../../src/adapters/system/host.ts';

/** The name that a process of this machine would have. */
function nameOf(pid: number, started: string): string {
  const [, where = ''] = /^(.+)\.\d+\.\d+$/u.exec(systemHost.process ?? '') ?? [];
  return `${where}.${pid}.${started}`;
}

describe('the machine', () => {
  it('names who runs this, and nobody is gone who is still there', () => {
    expect(systemHost.by).toMatch(/^.+@.+$/u);
    expect(systemHost.isGone(systemHost.process ?? 'unknown')).toBe(false);
    expect(systemHost.isGone(nameOf(1, '0').replace(/^[^.]+/u, 'another-boot'))).toBe(false);
    expect(systemHost.isGone('')).toBe(false);
    expect(systemHost.isGone('rubbish')).toBe(false);
  });

  it.skipIf(systemHost.process === undefined)(
    'knows a process that has ended, and one that took its number',
    async () => {
      const child = spawn(process.execPath, ['-e', '']);
      const pid = child.pid ?? 0;
      await once(child, 'exit');
      expect(systemHost.isGone(nameOf(pid, '1'))).toBe(true);
      expect(systemHost.isGone(nameOf(process.pid, '1'))).toBe(true);
    },
  );

  it('beats until it is told to stop', async () => {
    let beats = 0;
    const stop = systemHost.every(1, () => {
      beats += 1;
    });
    await expect.poll(() => beats, { timeout: 10_000 }).toBeGreaterThan(2);
    stop();
    const heard = beats;
    await new Promise((resolve) => {
      setTimeout(resolve, 20);
    });
    expect(beats).toBe(heard);
  });
});
