import type { Health } from '../health.ts';
import type { ConfigurationEvidence } from './evidence.ts';

/** Time since the last write to MetalLB's objects, in milliseconds; undefined where nothing was written. */
export type SinceWrite = number | undefined;

/** A program may have looked between two of our writes; before this time what it says is not about the last of them. */
const soonestMs = 1_000;
/** A program that has not looked again within this time had no reason to: the change is none of its business. */
const settledAfterMs = 2_000;
/** MetalLB does not try a refused configuration again by itself, so a refusal that stands this long is final. */
const refusedForMs = 10_000;
/** How long a pod that doesn't answer is asked again. */
const silentForMs = 1_500;

const looking: Health = { status: 'InProgress', message: 'has not looked at the new configuration yet' };

function isTooSoon(since: SinceWrite): boolean {
  return since !== undefined && since < soonestMs;
}

function isSettled(since: SinceWrite): boolean {
  return since === undefined || since >= settledAfterMs;
}

function refused(words: string, since: SinceWrite): Health {
  const final = since === undefined || since >= refusedForMs;
  return { status: final ? 'Failed' : 'InProgress', message: `refuses the configuration: ${words}` };
}

function judgeState(
  now: Extract<ConfigurationEvidence, { kind: 'state' }>,
  before: ConfigurationEvidence | undefined,
  since: SinceWrite,
): Health {
  const fresh = before?.kind !== 'state' || before.resourceVersion !== now.resourceVersion;
  if (isTooSoon(since) || (!fresh && !isSettled(since))) {
    return looking;
  }
  if (now.valid === 'True') {
    return { status: 'Current', message: 'has taken the configuration' };
  }
  const words = [now.reason, now.message].filter((part) => part !== '').join(': ');
  return refused(words === '' ? 'it gives no reason' : words, since);
}

function judgeMetrics(
  now: Extract<ConfigurationEvidence, { kind: 'metrics' }>,
  before: ConfigurationEvidence | undefined,
  since: SinceWrite,
): Health {
  const old = before?.kind === 'metrics' && before.updates <= now.updates ? before : undefined;
  // Updates count Services too, so a greater count alone does not tell that the configuration was looked at.
  if (!isSettled(since)) {
    return looking;
  }
  if (now.stale) {
    return old?.stale === true && now.updateErrors === old.updateErrors
      ? {
          status: 'Unknown',
          message: 'calls its configuration stale as it did before; it does so too after a return to the last good one',
        }
      : refused('it goes on with an older one (config_stale); its log tells why', since);
  }
  return now.loaded
    ? { status: 'Current', message: 'has taken the configuration' }
    : { status: 'InProgress', message: 'has loaded no configuration yet' };
}

/**
 * Whether a program of MetalLB has taken the configuration, by what it said before the change and what it says now.
 * Unknown means that it can't be asked; then its Services alone can tell.
 */
export function judgeConfiguration(
  now: ConfigurationEvidence,
  before: ConfigurationEvidence | undefined,
  since: SinceWrite,
): Health {
  switch (now.kind) {
    case 'state':
      return judgeState(now, before, since);
    case 'metrics':
      return judgeMetrics(now, before, since);
    case 'silent':
      return now.final || since === undefined || since >= silentForMs
        ? { status: 'Unknown', message: `cannot be asked: ${now.why}` }
        : { status: 'InProgress', message: `does not answer yet: ${now.why}` };
  }
}
