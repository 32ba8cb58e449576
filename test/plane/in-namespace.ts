/**
 * Runs a command in a fresh network namespace that has the loopback interface, the control plane's address and the whole
 * Service range as local addresses, and nothing else: `tsx test/plane/in-namespace.ts COMMAND [ARGUMENT…]`.
 * Exit code and signals are the command's own; the namespace and whatever still runs in it end with it. What a killed
 * launcher left is swept by the next.
 */
import { execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { planeAddress, planeUnavailable, serviceRange } from './availability.ts';

const prefix = 'metalwave-';

function ip(...args: readonly string[]): string {
  return execFileSync('ip', args, { encoding: 'utf8' });
}

/** Start time of a process in clock ticks since boot: with the pid it names one process for ever. */
function startTime(pid: string): string | undefined {
  try {
    // Fields are counted after the program's name, which may hold blanks and parentheses (proc_pid_stat(5)).
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined;
  }
}

function removeNamespace(name: string): void {
  for (const pid of ip('netns', 'pids', name).split('\n')) {
    if (pid !== '') {
      try {
        process.kill(Number(pid), 'SIGKILL');
      } catch {
        // It ended by itself meanwhile.
      }
    }
  }
  ip('netns', 'delete', name);
}

function sweep(name: string): void {
  try {
    removeNamespace(name);
  } catch (error) {
    // Another launcher, started at the same time, was faster.
    if (existsSync(join('/run/netns', name))) {
      throw error;
    }
  }
}

function namespacesOfDeadLaunchers(): readonly string[] {
  let names: readonly string[] = [];
  try {
    names = readdirSync('/run/netns');
  } catch {
    // No namespace was ever made here.
  }
  return names.filter((name) => {
    const owner = /^metalwave-(\d+)-(\d+)-/u.exec(name);
    return owner !== null && startTime(owner[1] ?? '') !== owner[2];
  });
}

function makeNamespace(): string {
  const name = `${prefix}${process.pid}-${startTime(String(process.pid)) ?? '0'}-${randomBytes(3).toString('hex')}`;
  ip('netns', 'add', name);
  ip('-n', name, 'link', 'set', 'lo', 'up');
  ip('-n', name, 'address', 'add', `${planeAddress}/32`, 'dev', 'lo');
  ip('-n', name, 'route', 'add', 'local', serviceRange, 'dev', 'lo');
  return name;
}

async function run(name: string, command: readonly string[]): Promise<number> {
  const child = spawn('ip', ['netns', 'exec', name, ...command], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      child.kill(signal);
    });
  }
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal]));
    });
  });
}

async function main(): Promise<void> {
  const command = process.argv.slice(2);
  if (command.length === 0) {
    throw new Error('Usage: tsx test/plane/in-namespace.ts COMMAND [ARGUMENT…]');
  }
  const reason = planeUnavailable();
  if (reason !== undefined) {
    throw new Error(reason);
  }
  for (const stale of namespacesOfDeadLaunchers()) {
    sweep(stale);
  }
  const name = makeNamespace();
  try {
    process.exitCode = await run(name, command);
  } finally {
    removeNamespace(name);
  }
}

try {
  await main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
}
