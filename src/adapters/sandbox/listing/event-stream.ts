import type { KubeObject } from '../../../domain/manifest/kube-object.ts';
import type { Json } from '../../../domain/json.ts';
import type { Clock } from '../../../ports/clock.ts';
import type { EventVerdict } from '../faults/fault-plan.ts';
import { StatusError } from '../answers/status-error.ts';
import type { ObjectStore, StoredChange } from '../objects/object-store.ts';
import type { ServedKind } from '../kinds/served-kind.ts';
import { apiVersionOf, collectionOf } from '../kinds/served-kind.ts';
import { tellInitial } from './initial-events.ts';
import type { Selects } from './label-selector.ts';

/** Where a watch writes. */
export interface WatchSink {
  /** The watch can be served; called once, before anything else. */
  open(): void;
  /** False once the receiver has a lot to read: nothing more is written until `drained`. */
  write(events: string | Buffer): boolean;
  /** Resolves when the receiver has read what was written, or the signal aborts. */
  drained(signal: AbortSignal): Promise<void>;
  end(): void;
}

/** How the objects of a watch are written. */
export interface EventForm {
  /** An object as JSON text, in the form that the receiver asked for. */
  readonly present: (object: KubeObject) => string;
  /** The same for what is there at the beginning. */
  readonly presentInitial: (object: KubeObject) => string;
  /** Equal for watches whose initial events are the same bytes; undefined for one that shares with none. */
  readonly shareAs: string | undefined;
}

interface StreamParts {
  readonly store: ObjectStore;
  readonly clock: Clock;
  /** What is done to an event about an object of that name. */
  readonly eventFault: (name: string) => EventVerdict;
  readonly sink: WatchSink;
  readonly signal: AbortSignal;
  readonly form: EventForm;
  readonly selects: Selects;
}

interface Beginning {
  readonly from: number | undefined;
  /** Everything there is comes first. */
  readonly initial: boolean;
  /** A bookmark tells where the initial events end. */
  readonly marksEnd: boolean;
}

/** A receiver that reads nothing for this long is left. */
const patienceMs = 60_000;

/**
 * Writes the events of one watch. Keeps no events of its own: while the receiver is slow, the history of the store is what it
 * still has to read, and one that falls behind the history is left, to list again.
 */
export class EventStream {
  /** Aborted once nothing more can be written. */
  readonly ended: AbortSignal;
  readonly #collection: string;
  readonly #kind: ServedKind;
  readonly #parts: StreamParts;
  readonly #left = new AbortController();
  /** Everything up to this revision is written. */
  #cursor = 0;
  /** Set while events are not written as they happen: at the beginning, and while the receiver is slow. */
  #isBehind = true;
  /** An event that a fault holds back: nothing else is sent before it. */
  #late: { readonly ms: number; readonly send: () => void } | undefined;

  constructor(kind: ServedKind, parts: StreamParts) {
    this.ended = AbortSignal.any([parts.signal, this.#left.signal]);
    this.#collection = collectionOf(kind);
    this.#kind = kind;
    this.#parts = parts;
  }

  async begin({ from, initial, marksEnd }: Beginning): Promise<void> {
    const { store } = this.#parts;
    this.#cursor = initial ? store.revision : (from ?? store.revision);
    if (initial) {
      await this.#tellInitial();
    }
    if (marksEnd) {
      this.#mark(this.#cursor, { 'k8s.io/initial-events-end': 'true' });
    }
    await this.#catchUp();
  }

  /** A write of the store, as it happens. */
  follow(change: StoredChange): void {
    if (!this.#isBehind && change.revision > this.#cursor) {
      this.#cursor = change.revision;
      if (change.collection === this.#collection && !this.#emit(change)) {
        this.#isBehind = true;
        void this.#drain().then(async () => this.#catchUp());
      }
    }
  }

  /** Tells how far the receiver is; nothing while it is behind. */
  bookmark(): void {
    if (!this.#isBehind) {
      this.#mark(Math.max(this.#cursor, this.#parts.store.revision));
    }
  }

  /** False where the receiver has a lot to read now. */
  send(type: string, object: string): boolean {
    return this.ended.aborted || this.#parts.sink.write(`{"type":"${type}","object":${object}}\n`);
  }

  async #tellInitial(): Promise<void> {
    const { store, selects, form, sink } = this.#parts;
    const textOf = (object: KubeObject): string | undefined =>
      selects(object) ? form.presentInitial(object) : undefined;
    const telling = { list: store.list(this.#collection), shareAs: form.shareAs, ended: this.ended, textOf };
    await tellInitial(telling, (piece) => (sink.write(piece) ? undefined : this.#drain()));
  }

  async #catchUp(): Promise<void> {
    const { store } = this.#parts;
    while (!this.ended.aborted) {
      if (this.#cursor < store.oldestRevision) {
        this.#left.abort();
        return;
      }
      const missed = store.changesAfter(this.#cursor, this.#collection);
      if (missed.length === 0) {
        this.#cursor = Math.max(this.#cursor, store.revision);
        this.#isBehind = false;
        return;
      }
      for (const change of missed) {
        this.#cursor = change.revision;
        if (!this.#emit(change)) {
          await this.#drain();
          break;
        }
      }
    }
  }

  async #drain(): Promise<void> {
    const late = this.#late;
    if (late !== undefined) {
      this.#late = undefined;
      await this.#parts.clock.sleep(late.ms, this.ended).catch(() => undefined);
      late.send();
    }
    const waited = new AbortController();
    const stop = AbortSignal.any([this.ended, waited.signal]);
    const isRead = await Promise.race([
      this.#parts.sink.drained(stop).then(() => true),
      this.#parts.clock.sleep(patienceMs, stop).then(
        () => false,
        () => true,
      ),
    ]);
    waited.abort();
    if (!isRead) {
      this.#left.abort();
    }
  }

  /** False where `#drain` has to come before anything else. */
  #emit(change: StoredChange): boolean {
    const type = seenType(change, this.#parts.selects);
    if (type === undefined) {
      return true;
    }
    const object = type === 'DELETED' && change.type !== 'DELETED' ? atRevision(change) : change.object;
    const { delayMs, harm } = this.#parts.eventFault(object.metadata.name);
    const send = (): boolean => this.#sendHarmed(type, object, harm?.fault);
    if (delayMs > 0) {
      this.#late = { ms: delayMs, send };
      return false;
    }
    return send();
  }

  #sendHarmed(type: string, object: KubeObject, harm: 'lose' | 'expire' | undefined): boolean {
    if (harm === 'expire') {
      const why = `too old resource version: ${object.metadata.resourceVersion ?? ''} (this was asked for as a fault)`;
      this.send('ERROR', JSON.stringify(new StatusError(410, 'Expired', why).body()));
      this.#left.abort();
    }
    return harm !== undefined || this.send(type, this.#parts.form.present(object));
  }

  #mark(revision: number, annotations?: Json): void {
    const metadata = { resourceVersion: String(revision), ...(annotations === undefined ? {} : { annotations }) };
    const bookmark = { kind: this.#kind.kind, apiVersion: apiVersionOf(this.#kind), metadata };
    this.send('BOOKMARK', JSON.stringify(bookmark));
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
