import { Failure } from '../domain/failure.ts';
import type { FailureNote } from '../domain/report/run-event.ts';

/** A thrown thing as events and reports carry it. */
export function noteOf(error: unknown): FailureNote {
  if (error instanceof Failure) {
    return { code: error.code, message: error.message, remedy: error.remedy };
  }
  return { code: 'bug', message: error instanceof Error ? error.message : String(error), remedy: undefined };
}
