import { createInterface } from 'node:readline/promises';
import { Failure } from '../../../domain/failure.ts';

/** A question and its answer; an empty answer is an empty text. */
export type Ask = (question: string) => Promise<string>;

/** What is wrong with an answer, or its value. */
export type Judged<Value> = { readonly value: Value } | { readonly problem: string };

/** More wrong answers in a row are no typing errors. */
const mostTries = 5;

/** Asks until the answer is one. */
export async function askFor<Value>(
  ask: Ask,
  question: string,
  judge: (answer: string) => Judged<Value>,
): Promise<Value> {
  let shown = question;
  for (let tries = 0; tries < mostTries; tries += 1) {
    const judged = judge((await ask(`${shown}: `)).trim());
    if ('value' in judged) {
      return judged.value;
    }
    shown = `${judged.problem}\n${question}`;
  }
  throw new Failure({
    code: 'usage',
    retry: 'never',
    message: 'no answer could be understood',
    remedy: 'metalwave init --help shows how to say it with options.',
  });
}

/** Asks a person at the terminal; questions go to standard error. An end of input is an interruption. */
export async function interview<Value>(signal: AbortSignal, work: (ask: Ask) => Promise<Value>): Promise<Value> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const closed = new Promise<never>((_, reject) => {
    terminal.once('close', () => {
      reject(
        new Failure({
          code: 'usage',
          retry: 'never',
          message: 'the questions were not answered to the end; nothing was written',
          remedy: 'metalwave init --range RANGE asks nothing.',
        }),
      );
    });
  });
  try {
    return await Promise.race([work((question) => terminal.question(question, { signal })), closed]);
  } finally {
    closed.catch(() => undefined);
    terminal.close();
  }
}
