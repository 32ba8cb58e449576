import { asJson } from '../../domain/manifest/kube-object.ts';
import type { KubeObject } from '../../domain/manifest/kube-object.ts';
import type { Json } from '../../domain/json.ts';
import type { Clock } from '../../ports/clock.ts';
import { requestedRevision, selectionOf } from './object-list.ts';
import type { ListRequest } from './object-list.ts';
import type { ObjectStore, StoredChange } from './object-store.ts';
import type { Selects } from './selectors.ts';
import { apiVersionOf, collectionOf } from './served-kind.ts';
import { StatusError } from './status-error.ts';

/** Where a watch writes. `write` is false once the receiver has fallen too far behind: the watch then ends. */
export interface WatchSink {
  /** The watch can be served; called once, before anything else. */
  open(): void;
  write(event: Json): boolean;
  end(): void;
}

const bookmarkEveryMs = 10_000;
const longestWatchMs = 3_600_000;

/**
 * Streams changes from the revision asked for; without one, first everything there is. Ends at the signal, at the
 * time asked for, or when the receiver cannot follow. A revision that is no longer known answers 410.
 */
export async function streamWatch(
  { store, clock }: { readonly store: ObjectStore; readonly clock: Clock },
  request: ListRequest,
  sink: WatchSink,
  signal: AbortSignal,
  present: (object: KubeObject) => Json,
): Promise<void> {
  const selects = selectionOf(request);
  const collection = collectionOf(request.kind);
  const from = requestedRevision(request.query);
  const ended = new AbortController();
  const send = (type: string, object: Json): void => {
    if (!signal.aborted && !ended.signal.aborted && !sink.write({ type, object })) {
      ended.abort();
    }
  };
  const emit = (change: StoredChange): void => {
    const type = seenType(change, selects);
    if (change.collection === collection && type !== undefined) {
      send(type, present(type === 'DELETED' && change.type !== 'DELETED' ? atRevision(change) : change.object));
    }
  };
  if (from !== undefined && from < store.oldestRevision) {
    throw new StatusError(410, 'Expired', `too old resource version: ${from} (${store.oldestRevision})`);
  }
  sink.open();
  const wantsInitial = request.query.get('sendInitialEvents') === 'true';
  if (from === undefined || wantsInitial) {
    for (const object of store.list(collection).filter((candidate) => selects(candidate))) {
      send('ADDED', present(object));
    }
  } else {
    for (const change of store.changesAfter(from, collection)) {
      emit(change);
    }
  }
  const bookmark = (annotations?: Json): void => {
    const metadata = { resourceVersion: String(store.revision), ...(annotations === undefined ? {} : { annotations }) };
    send('BOOKMARK', { kind: request.kind.kind, apiVersion: apiVersionOf(request.kind), metadata });
  };
  const allowsBookmarks = request.query.get('allowWatchBookmarks') === 'true';
  if (wantsInitial) {
    bookmark({ 'k8s.io/initial-events-end': 'true' });
  }
  const unsubscribe = store.subscribe(emit);
  try {
    const timeout = Number(request.query.get('timeoutSeconds') ?? '0') * 1000;
    const until = clock.monotonic() + (timeout > 0 ? timeout : longestWatchMs);
    const stop = AbortSignal.any([signal, ended.signal]);
    while (!stop.aborted && clock.monotonic() < until) {
      await clock.sleep(Math.min(bookmarkEveryMs, until - clock.monotonic()), stop).catch(() => undefined);
      if (allowsBookmarks) {
        bookmark();
      }
    }
  } finally {
    unsubscribe();
    sink.end();
  }
}

/** How a selective watch sees a change: an object that comes into or leaves the selection is added or deleted for it. */
function seenType(change: StoredChange, selects: Selects): string | undefined {
  const sawBefore = change.previous !== undefined && selects(change.previous);
  const seesNow = change.type !== 'DELETED' && selects(change.object);
  if (seesNow) {
    return sawBefore ? 'MODIFIED' : 'ADDED';
  }
  return sawBefore ? 'DELETED' : undefined;
}

function atRevision(change: StoredChange): KubeObject {
  const previous = change.previous ?? change.object;
  return { ...previous, metadata: { ...previous.metadata, resourceVersion: String(change.revision) } };
}

export function presentPlain(object: KubeObject): Json {
  return asJson(object);
}
