import type { Json } from '../domain/json.ts';

/** The least first. */
export const logLevels = ['debug', 'info', 'warn', 'error'] as const;
export type LogLevel = (typeof logLevels)[number];

/** One line for one occurrence, with its facts beside it. Never holds a secret. */
export interface Log {
  write(level: LogLevel, message: string, facts?: { readonly [name: string]: Json }): void;
}
