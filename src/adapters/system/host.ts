import { randomBytes } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname, userInfo } from 'node:os';
import type { Host } from '../../ports/host.ts';

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    // An account without an entry in the user database, as containers have them.
    return `uid-${process.getuid?.() ?? 'unknown'}`;
  }
}

/** Boot and process namespace: only within both does a process number mean one process. undefined where they can't be read. */
function machine(): string | undefined {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    const namespace = /\d+/u.exec(readlinkSync('/proc/self/ns/pid'))?.[0];
    return namespace === undefined ? undefined : `${boot}.${namespace}`;
  } catch {
    return undefined;
  }
}

interface ProcessEntry {
  readonly state: string;
  /** Clock ticks since boot at which it started. */
  readonly started: string;
}

/** What proc_pid_stat(5) says of a process (fields 3 and 22); undefined where it says nothing. */
function entryOf(pid: number): ProcessEntry | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [state, ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const started = fields[18];
    return state === undefined || started === undefined ? undefined : { state, started };
  } catch {
    return undefined;
  }
}

/** Other users' processes may be hidden in /proc, so that only the kernel's own word means "there is none". */
function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH');
  }
}

function ownProcess(): string | undefined {
  const [where, entry] = [machine(), entryOf(process.pid)];
  return where === undefined || entry === undefined ? undefined : `${where}.${process.pid}.${entry.started}`;
}

function hasEnded(pid: number, started: string): boolean {
  if (!exists(pid)) {
    return true;
  }
  const entry = entryOf(pid);
  // A zombie has ended; nobody has fetched its exit code yet.
  return entry !== undefined && (entry.started !== started || entry.state === 'Z' || entry.state === 'X');
}

/** The machine that this process runs on. */
export const systemHost: Host = {
  by: `${userName()}@${hostname()}`,
  processId: process.pid,
  process: ownProcess(),
  isGone: (name) => {
    const [, where, pid, started] = /^(.+)\.(\d{1,10})\.(\d{1,20})$/u.exec(name) ?? [];
    return where !== undefined && started !== undefined && where === machine() && hasEnded(Number(pid), started);
  },
  randomId: () => randomBytes(4).toString('hex'),
  random: () => Math.random(),
  every: (ms, beat) => {
    const timer = setInterval(beat, ms);
    timer.unref();
    return () => {
      clearInterval(timer);
    };
  },
};
