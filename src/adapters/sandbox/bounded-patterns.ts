import { setFlagsFromString } from 'node:v8';

/**
 * Patterns come from whoever may write definitions and policies, and the real server matches them in time that grows with
 * the text alone. V8 does so too, if it may leave a match that goes back too often to its matcher without going back.
 */
export function boundPatterns(): void {
  setFlagsFromString('--enable-experimental-regexp-engine-on-excessive-backtracks');
}
