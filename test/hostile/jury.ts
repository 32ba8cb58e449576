import { build } from 'esbuild';
import { fork, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import type { Question, Verdict } from './judge.ts';

/** The largest old generation the judge may have; with the code itself it stays below 256 MB. */
const heapMegabytes = 160;
/** Each answer takes less than 2 s; the rest is room for a machine that is busy with other things. */
const killAfterMs = 10_000;

/**
 * A process of its own that reads hostile sources one after the other. One that dies of too much memory, or does not answer
 * in time and is killed, gives a verdict of kind `bug`, and the next question gets a new process.
 */
export class Jury {
  private readonly program: string;
  private child: ChildProcess | undefined;

  private constructor(program: string) {
    this.program = program;
  }

  static async gather(folder: string): Promise<Jury> {
    const program = path.join(folder, 'judge.mjs');
    await build({
      entryPoints: ['test/hostile/judge.ts'],
      outfile: program,
      bundle: true,
      platform: 'node',
      format: 'esm',
      target: 'node20',
      logLevel: 'error',
      packages: 'external',
    });
    return new Jury(program);
  }

  async ask(question: Question): Promise<Verdict> {
    const child = this.child ?? (await this.start());
    this.child = child;
    const verdict = await answerOf(child, () => child.send(question));
    if (typeof verdict === 'string') {
      this.stop();
      return { kind: 'bug', codes: [verdict], findings: 0, text: '', jsonBytes: 0, cpuMs: 0, peakMegabytes: 0 };
    }
    return verdict;
  }

  /** Ends the process; the next question starts another. */
  stop(): void {
    this.child?.kill('SIGKILL');
    this.child = undefined;
  }

  private async start(): Promise<ChildProcess> {
    const child = fork(this.program, { execArgv: [`--max-old-space-size=${String(heapMegabytes)}`], silent: true });
    await answerOf(child, () => true);
    return child;
  }
}

/** The next message, or why there was none. */
async function answerOf(child: ChildProcess, act: () => void): Promise<Verdict | string> {
  return new Promise((resolve) => {
    const finish = (answer: Verdict | string): void => {
      clearTimeout(timer);
      child.removeAllListeners();
      resolve(answer);
    };
    const timer = setTimeout(() => finish('no answer in time'), killAfterMs);
    child.once('message', (answer: Verdict) => finish(answer));
    child.once('exit', (code, signal) => finish(`ended with ${String(code ?? signal)}`));
    act();
  });
}
