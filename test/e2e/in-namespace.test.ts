import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { planeUnavailable } from '../plane/availability.ts';

const reason = planeUnavailable();
const launcher = fileURLToPath(new URL('../plane/in-namespace.ts', import.meta.url));

interface Ended {
  readonly code: number | null;
  readonly output: string;
}

function launch(...command: readonly string[]): { readonly child: ChildProcess; readonly ended: Promise<Ended> } {
  const child = spawn(process.execPath, ['--import', 'tsx', launcher, ...command], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
  }
  const ended = new Promise<Ended>((resolve) => {
    child.once('close', (code) => {
      resolve({ code, output });
    });
  });
  return { child, ended };
}

function namespaceOf(child: ChildProcess): string | undefined {
  const names = existsSync('/run/netns') ? readdirSync('/run/netns') : [];
  return names.find((name) => name.startsWith(`metalwave-${child.pid ?? 0}-`));
}

/** A killed process may stay as a zombie until process 1 takes notice of it. */
function isRunning(pid: number): boolean {
  try {
    return !/^State:\s+Z/mu.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

describe.skipIf(reason !== undefined)(`the launcher of network namespaces ${reason ?? ''}`.trim(), () => {
  it('gives the command a namespace with loopback addresses alone, and removes it afterwards', async () => {
    const { child, ended } = launch('ip', '-o', 'address');
    const { code, output } = await ended;
    expect(code).toBe(0);
    expect(output).toContain('192.0.2.1/32');
    expect(new Set(output.match(/^\d+: \S+/gmu))).toEqual(new Set(['1: lo']));
    expect(namespaceOf(child)).toBeUndefined();
  });

  it('ends with the exit code of the command', async () => {
    expect((await launch('sh', '-c', 'exit 7').ended).code).toBe(7);
  });

  it('passes signals on and waits for the command to end', async () => {
    const { child, ended } = launch('sh', '-c', 'trap "echo told; exit 5" TERM; echo ready; sleep 30 & wait');
    await new Promise((resolve) => child.stdout?.once('data', resolve));
    child.kill('SIGTERM');
    expect(await ended).toEqual({ code: 5, output: 'ready\ntold\n' });
  });

  it('kills what the command left running in the namespace', async () => {
    const { ended } = launch('sh', '-c', 'sleep 300 >/dev/null 2>&1 & echo $!');
    const pid = Number((await ended).output);
    expect(pid).toBeGreaterThan(1);
    await expect.poll(() => isRunning(pid)).toBe(false);
  });

  it('sweeps the namespace of a launcher that was killed, with its processes', async () => {
    const { child } = launch('sh', '-c', 'echo $$; exec sleep 300');
    const pid = Number(await new Promise((resolve) => child.stdout?.once('data', resolve)));
    child.kill('SIGKILL');
    await expect.poll(() => existsSync(`/proc/${child.pid ?? 0}`)).toBe(false);
    expect(namespaceOf(child)).toBeDefined();
    expect((await launch('true').ended).code).toBe(0);
    expect(namespaceOf(child)).toBeUndefined();
    await expect.poll(() => isRunning(pid)).toBe(false);
  });

  it('tells its usage where it is given no command', async () => {
    const { code, output } = await launch().ended;
    expect(code).toBe(2);
    expect(output).toContain('Usage:');
  });
});
