import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';

/** A program of the control plane that runs beside the test, with its output in a file. */
export interface Child {
  readonly name: string;
  readonly pid: number;
  readonly logPath: string;
  /** True until it has ended, for whatever reason. */
  isRunning(): boolean;
  /** The last lines of its log, for messages. */
  lastWords(): string;
  /** Freezes or goes on, for tests of slow and silent servers. */
  signal(signal: NodeJS.Signals): void;
  /** Asks it to end and kills it after `graceMs`. Done when it is gone; harmless when it already is. */
  stop(graceMs?: number): Promise<void>;
}

export interface ChildOptions {
  readonly name: string;
  readonly program: string;
  readonly args: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  readonly folder: string;
  readonly logPath: string;
}

/** What still runs when this process ends is killed with it: nothing may outlive its test. */
const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) {
    child.kill('SIGKILL');
  }
});

/** Starts a program. Only its start is checked; whether it works is for the caller to find out. */
export async function startChild(options: ChildOptions): Promise<Child> {
  const log = openSync(options.logPath, 'a');
  const env = { PATH: process.env['PATH'], HOME: options.folder, ...options.env };
  const child = spawn(options.program, options.args, { cwd: options.folder, env, stdio: ['ignore', log, log] });
  closeSync(log);
  running.add(child);
  const ended = new Promise<void>((resolve) => {
    child.once('close', () => {
      running.delete(child);
      resolve();
    });
  });
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', (error) => {
      running.delete(child);
      reject(error);
    });
  });
  return {
    name: options.name,
    pid: child.pid ?? -1,
    logPath: options.logPath,
    isRunning: () => running.has(child),
    lastWords: () => readFileSync(options.logPath, 'utf8').trimEnd().split('\n').slice(-15).join('\n'),
    signal: (signal) => {
      child.kill(signal);
    },
    stop: async (graceMs = 2000) => {
      child.kill('SIGTERM');
      child.kill('SIGCONT');
      const timer = setTimeout(() => {
        child.kill('SIGKILL');
      }, graceMs);
      await ended;
      clearTimeout(timer);
    },
  };
}
