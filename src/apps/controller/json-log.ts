import type { Clock } from '../../ports/clock.ts';
import { type Log, type LogLevel, logLevels } from '../../ports/log.ts';
import { formatUtc } from '../../domain/time/utc-time.ts';

/** A log of one JSON object a line, with MetalLB's keys. */
export function jsonLog(least: LogLevel | 'none', clock: Clock, write: (line: string) => void): Log {
  const from = least === 'none' ? logLevels.length : logLevels.indexOf(least);
  return {
    write(level, message, facts) {
      if (logLevels.indexOf(level) >= from) {
        write(`${JSON.stringify({ level, ts: formatUtc(clock.now(), 3), msg: message, ...facts })}\n`);
      }
    },
  };
}
