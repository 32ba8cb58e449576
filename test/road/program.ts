import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { RunEvent } from '../../src/domain/report/run-event.ts';

const bin = fileURLToPath(new URL('../../bin/metalwave', import.meta.url));
/** No call of a test takes this long; what does is ended, so that its test fails with what it had said. */
const limitMs = 240_000;

/** How a call of the command line ended. */
export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly out: string;
  readonly err: string;
}

/** A call under way. */
export interface RunningProgram {
  readonly ended: Promise<Ended>;
  /** Standard output and error so far. */
  said(): string;
  kill(signal: NodeJS.Signals): void;
}

export interface ProgramOptions {
  /** Working folder of the process. */
  readonly folder: string;
  readonly env?: NodeJS.ProcessEnv;
}

/** What still runs when the test process ends is killed with it. */
const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) {
    child.kill('SIGKILL');
  }
});

/** Starts `bin/metalwave` as a process of its own, with nothing of this process' environment but PATH. */
export function startMetalwave(args: readonly string[], options: ProgramOptions): RunningProgram {
  const env = { PATH: process.env['PATH'], HOME: options.folder, ...options.env };
  const child = spawn(process.execPath, [bin, ...args], {
    cwd: options.folder,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  const texts = { out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => {
    texts.out += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    texts.err += chunk.toString();
  });
  const timer = setTimeout(() => {
    texts.err += `\nthe test ended this after ${limitMs / 1000} s\n`;
    child.kill('SIGKILL');
  }, limitMs);
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      clearTimeout(timer);
      running.delete(child);
      resolve({ code, signal, ...texts });
    });
  });
  return {
    ended,
    said: () => texts.out + texts.err,
    kill: (signal) => {
      child.kill(signal);
    },
  };
}

/** Runs `bin/metalwave` to its end. */
export async function metalwave(args: readonly string[], options: ProgramOptions): Promise<Ended> {
  return startMetalwave(args, options).ended;
}

/** The events of a `sync -o jsonl`. */
export function eventsOf({ out }: Pick<Ended, 'out'>): readonly RunEvent[] {
  return out
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as RunEvent);
}
