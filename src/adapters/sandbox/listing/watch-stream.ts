import type { Clock } from '../../../ports/clock.ts';
import type { EventVerdict } from '../faults/fault-plan.ts';
import { EventStream } from './event-stream.ts';
import type { EventForm, WatchSink } from './event-stream.ts';
import { readListOptions, revisionOf, tooLarge } from './list-options.ts';
import type { ListOptions } from './list-options.ts';
import { selectionOf } from '../objects/object-list.ts';
import type { ListRequest } from '../objects/object-list.ts';
import type { ObjectStore } from '../objects/object-store.ts';
import { StatusError } from '../answers/status-error.ts';

const bookmarkEveryMs = 10_000;
const longestWatchMs = 3_600_000;

interface WatchParts {
  readonly store: ObjectStore;
  readonly clock: Clock;
  /** What is done to an event about an object of that name. */
  readonly eventFault: (name: string) => EventVerdict;
}

/**
 * Streams changes from the revision asked for; without one, first everything there is. Ends at the signal, at the
 * time asked for, or when the receiver cannot follow. A revision that is no longer known, or not yet, is an event ERROR.
 */
export async function streamWatch(
  { store, clock, eventFault }: WatchParts,
  request: ListRequest,
  sink: WatchSink,
  signal: AbortSignal,
  form: EventForm,
): Promise<void> {
  const options = readListOptions(request.query);
  const selects = selectionOf(request);
  const from = revisionOf(options.resourceVersion, (why) => new StatusError(500, '', why));
  const stream = new EventStream(request.kind, { store, clock, eventFault, sink, signal, form, selects });
  sink.open();
  const refusal = refusalOf(store, options, from);
  if (refusal !== undefined) {
    stream.send('ERROR', JSON.stringify(refusal.body()));
    sink.end();
    return;
  }
  const unsubscribe = store.subscribe((change) => {
    stream.follow(change);
  });
  const deadline = clock.monotonic() + lengthOf(options);
  try {
    await stream.begin({
      from,
      initial: options.sendInitialEvents ?? from === undefined,
      marksEnd: (options.sendInitialEvents ?? from === undefined) && options.allowWatchBookmarks,
    });
    await keepOpen(clock, stream, options, deadline);
  } finally {
    unsubscribe();
    sink.end();
  }
}

function lengthOf({ timeoutSeconds }: ListOptions): number {
  return timeoutSeconds > 0 ? Math.min(timeoutSeconds * 1000, longestWatchMs) : longestWatchMs;
}

function refusalOf(store: ObjectStore, options: ListOptions, from: number | undefined): StatusError | undefined {
  if (from === undefined) {
    return undefined;
  }
  if (options.sendInitialEvents === true) {
    return from > store.revision ? tooLarge(from, store.revision) : undefined;
  }
  return from < store.oldestRevision
    ? new StatusError(410, 'Expired', `too old resource version: ${from} (${store.oldestRevision})`)
    : undefined;
}

async function keepOpen(
  clock: Clock,
  stream: EventStream,
  { allowWatchBookmarks }: ListOptions,
  until: number,
): Promise<void> {
  while (!stream.ended.aborted && clock.monotonic() < until) {
    await clock.sleep(Math.min(bookmarkEveryMs, until - clock.monotonic()), stream.ended).catch(() => undefined);
    if (allowWatchBookmarks && clock.monotonic() < until) {
      stream.bookmark();
    }
  }
}
