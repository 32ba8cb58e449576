import { spawn } from 'node:child_process';

/** One line of the table: a figure of ours, the same of the alternative in the same run, and what is to be reached. */
export interface BenchRow {
  readonly what: string;
  readonly ours: string;
  readonly alternative: string;
  readonly ratio: number | undefined;
  readonly target: string;
  readonly reached: boolean;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((left, right) => left - right);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

export function milliseconds(value: number): string {
  return value < 10 ? `${value.toFixed(1)} ms` : `${Math.round(value)} ms`;
}

/** Runs a program to its end and gives the milliseconds; throws where its exit code is not among the expected ones. */
export async function timeProgram(command: readonly string[], expected: readonly number[] = [0]): Promise<number> {
  const [program = '', ...args] = command;
  const started = performance.now();
  const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => {
    errors = (errors + chunk.toString()).slice(-2000);
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code === null || !expected.includes(code)) {
    throw new Error(`${command.join(' ')} ended with ${code ?? 'a signal'}: ${errors}`);
  }
  return performance.now() - started;
}

/** Medians of several commands run in turn (A B A B …), so that a drift of the machine's speed hits all alike. */
export async function timeInTurn(commands: readonly (readonly string[])[], rounds: number): Promise<readonly number[]> {
  const times: number[][] = commands.map(() => []);
  for (let round = -1; round < rounds; round += 1) {
    for (const [index, command] of commands.entries()) {
      const time = await timeProgram(command);
      if (round >= 0) {
        times[index]?.push(time);
      }
    }
  }
  return times.map((values) => median(values));
}
