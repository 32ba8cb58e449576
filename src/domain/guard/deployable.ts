import { Failure } from '../failure.ts';
import type { Deployed, History } from '../history/history.ts';
import { shortRevision } from '../history/rollback-target.ts';
import { formatUtc } from '../time/utc-time.ts';

/** A suspended environment isn't synced, by nobody. */
export function suspendedFailure({ environment, suspension }: History): Failure | undefined {
  if (suspension === undefined) {
    return undefined;
  }
  const { reason, by, at } = suspension;
  return new Failure({
    code: 'suspended',
    retry: 'later',
    message: `${environment} is suspended since ${formatUtc(at)} by ${by}: ${reason}`,
    remedy: `metalwave resume --env ${environment} lets syncs run again.`,
  });
}

/** Only a commit names its content; a folder that is no repository or has changes doesn't. */
function isCommit(revision: string): boolean {
  return /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/u.test(revision);
}

/** A quarantined revision isn't deployed, nor is another commit that renders the same. */
export function quarantinedFailure(history: History, wanted: Deployed): Failure | undefined {
  const found = history.quarantine.find(
    ({ revision, renderedHash }) =>
      renderedHash === wanted.renderedHash || (isCommit(revision) && revision === wanted.revision),
  );
  if (found === undefined) {
    return undefined;
  }
  const which =
    found.revision === wanted.revision
      ? `${shortRevision(wanted.revision)} is quarantined`
      : `${shortRevision(wanted.revision)} renders the same as ${shortRevision(found.revision)}, which is quarantined`;
  return new Failure({
    code: 'quarantined',
    retry: 'later',
    message: `${which} since ${formatUtc(found.at)} by ${found.by}: ${found.reason}`,
    remedy: `Commit a correction, or release it: metalwave resume --env ${history.environment} --release ${shortRevision(found.revision)}.`,
  });
}
