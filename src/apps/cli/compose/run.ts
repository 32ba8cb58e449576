import { systemClock } from '../../../adapters/system/clock.ts';
import { sha256 } from '../../../adapters/system/digest.ts';
import { systemHost } from '../../../adapters/system/host.ts';
import { jsonLinesView, liveView, plainView, type SyncView } from '../../../adapters/terminal/sync-view.ts';
import { Failure } from '../../../domain/failure.ts';
import { approvalOf, type GivenApproval } from '../../../domain/guard/approval.ts';
import { defaultLeaseMs, lockTiming, type LockTiming } from '../../../domain/lock/lock-timing.ts';
import { describeHolder } from '../../../domain/lock/lease.ts';
import type { ApplyResult } from '../../../engine/apply-plan.ts';
import type { RunTerms } from '../../../engine/run-terms.ts';
import { syncEnvironment } from '../../../engine/sync.ts';
import type { VerbContext } from '../verb.ts';
import { openCluster } from './cluster.ts';
import type { ReadyEnvironment } from './environment.ts';
import { renderFor } from './plan.ts';

const longestLockWaitMs = 3_600_000;

function usage(message: string, remedy: string): Failure {
  return new Failure({ code: 'usage', retry: 'never', message, remedy });
}

/** The view for this call; `-q` hears only of the end. */
export function syncViewFor(context: VerbContext): SyncView {
  if (context.options.text('output') === 'jsonl') {
    return jsonLinesView(context.out);
  }
  const screen = { write: context.err, colour: context.colourErr, columns: context.columns, clock: systemClock };
  const view = context.live ? liveView(screen) : plainView(screen);
  return context.quiet
    ? {
        close: view.close,
        show: (event) => {
          if (['run-finished', 'wave-stopped', 'object-failed'].includes(event.type)) {
            view.show(event);
          }
        },
      }
    : view;
}

function approvalFor(context: VerbContext): GivenApproval | undefined {
  const text = context.options.text('approve');
  if (text === undefined) {
    return undefined;
  }
  const approval = approvalOf(text);
  if (approval === undefined) {
    throw usage(
      `--approve ${text} is no hash of a plan`,
      'It is sha256: and 64 hex digits, as the refused sync prints it.',
    );
  }
  return approval;
}

/** How long the lock lasts without being renewed: METALWAVE_LOCK_SECONDS, else half a minute. */
function lockTimingFor(context: VerbContext): LockTiming {
  const text = context.env['METALWAVE_LOCK_SECONDS'] ?? '';
  const seconds = Number(text);
  if (text !== '' && !(Number.isInteger(seconds) && seconds >= 3 && seconds <= 600)) {
    throw usage(`METALWAVE_LOCK_SECONDS is ${JSON.stringify(text)}`, 'It is a whole number of seconds from 3 to 600.');
  }
  return lockTiming(text === '' ? defaultLeaseMs : seconds * 1000);
}

/** What differs from run to run. */
export interface RunPurpose extends Pick<RunTerms, 'kind' | 'attempt' | 'replaces'> {
  /** The command line that `--approve` is to be added to. */
  readonly command: string;
  /** Whether `--approve` is for this run. */
  readonly approvable: boolean;
}

/** One run on the environment's cluster, shown as it goes. */
export async function runEnvironment(
  context: VerbContext,
  ready: ReadyEnvironment,
  view: SyncView,
  purpose: RunPurpose,
): Promise<ApplyResult> {
  const { environment, revision, signer } = ready;
  const terms: RunTerms = {
    ...purpose,
    signer,
    approval: purpose.approvable ? approvalFor(context) : undefined,
    lock: lockTimingFor(context),
    lockWaitMs: context.options.flag('wait') ? longestLockWaitMs : 0,
    onLocked: (holder) => {
      context.err(
        `${environment.name} is locked by ${describeHolder(holder)}; looking whether that run is still at work\n`,
      );
    },
  };
  const cluster = await openCluster(context, environment);
  const { found, manifests } = await renderFor(context, environment, cluster);
  return syncEnvironment({
    reader: cluster,
    writer: cluster,
    clock: systemClock,
    host: systemHost,
    digest: sha256,
    signal: context.signal,
    emit: view.show,
    environment: found,
    revision,
    manifests,
    terms,
  });
}
