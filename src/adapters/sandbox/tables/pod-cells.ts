import { isJsonObject, listAt, numberAt, textAt, valueAt } from '../../../domain/json.ts';
import type { Json } from '../../../domain/json.ts';
import { shortDuration } from './cell-values.ts';

/** Ready containers of all. */
export function podReady(pod: Json): string {
  const ready = listAt(pod, 'status', 'containerStatuses').filter((one) => valueAt(one, 'ready') === true);
  return `${ready.length}/${listAt(pod, 'spec', 'containers').length}`;
}

/** What keeps the pod from running, most telling first; its phase where nothing does. */
export function podStatus(pod: Json): string {
  if (textAt(pod, 'metadata', 'deletionTimestamp') !== undefined) {
    return textAt(pod, 'status', 'reason') === 'NodeLost' ? 'Unknown' : 'Terminating';
  }
  const reasons = listAt(pod, 'status', 'containerStatuses').flatMap((status): readonly string[] => {
    const reason = textAt(status, 'state', 'waiting', 'reason') ?? textAt(status, 'state', 'terminated', 'reason');
    const isEnded = isJsonObject(valueAt(status, 'state', 'terminated'));
    const code = numberAt(status, 'state', 'terminated', 'exitCode') ?? 0;
    const untold = isEnded ? [`ExitCode:${code}`] : [];
    return reason === undefined || reason === '' ? untold : [reason];
  });
  return reasons[0] ?? textAt(pod, 'status', 'reason') ?? textAt(pod, 'status', 'phase') ?? 'Unknown';
}

/** Restarts of all containers, with the time since the last. */
export function podRestarts(pod: Json, now: number): string {
  const statuses = listAt(pod, 'status', 'containerStatuses');
  const count = statuses.reduce<number>((sum, one) => sum + (numberAt(one, 'restartCount') ?? 0), 0);
  const ends = statuses.map((one) => Date.parse(textAt(one, 'lastState', 'terminated', 'finishedAt') ?? ''));
  const last = Math.max(...ends.filter((end) => !Number.isNaN(end)));
  return count === 0 || !Number.isFinite(last)
    ? String(count)
    : `${count} (${shortDuration(Math.floor((now - last) / 1000))} ago)`;
}

/** Fulfilled readiness gates of all; `<none>` for a pod without. */
export function readinessGates(pod: Json): string {
  const gates = listAt(pod, 'spec', 'readinessGates').map((gate) => textAt(gate, 'conditionType'));
  const fulfilled = gates.filter((gate) =>
    listAt(pod, 'status', 'conditions').some(
      (condition) => textAt(condition, 'type') === gate && textAt(condition, 'status') === 'True',
    ),
  );
  return gates.length === 0 ? '<none>' : `${fulfilled.length}/${gates.length}`;
}
