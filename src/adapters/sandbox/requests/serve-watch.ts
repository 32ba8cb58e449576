import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { asJson } from '../../../domain/manifest/kube-object.ts';
import type { KubeObject } from '../../../domain/manifest/kube-object.ts';
import type { Clock } from '../../../ports/clock.ts';
import type { EventForm, WatchSink } from '../listing/event-stream.ts';
import type { ListRequest } from '../objects/object-list.ts';
import type { ObjectStore } from '../objects/object-store.ts';
import type { EventVerdict } from '../faults/fault-plan.ts';
import { partialObject } from '../answers/partial-object.ts';
import { printTable } from '../answers/printed-table.ts';
import type { TableOptions } from '../answers/printed-table.ts';
import { apiVersionOf } from '../kinds/served-kind.ts';
import { asServed } from '../kinds/stored-form.ts';
import type { ServedKind } from '../kinds/served-kind.ts';
import { streamWatch } from '../listing/watch-stream.ts';

interface WatchParts {
  readonly store: ObjectStore;
  readonly clock: Clock;
  /** What is done to an event about an object of that name. */
  readonly eventFault: (name: string) => EventVerdict;
  /** Ends every watch. */
  readonly stopped: AbortSignal;
}

/** Form of the objects of a watch: as they are, their metadata, or rows of a table. */
export type WatchForm = 'plain' | 'partial' | TableOptions;

/** Bytes that a receiver may leave unread before it is waited for. */
const unreadLimit = 1024 * 1024;

/** Characters that are collected before they are written. */
const pieceLimit = 64 * 1024;

/** Serves one watch until either side ends it. */
export async function serveWatch(
  parts: WatchParts,
  request: ListRequest,
  response: ServerResponse,
  form: WatchForm,
): Promise<void> {
  const closed = new AbortController();
  response.on('close', () => {
    closed.abort();
  });
  const signal = AbortSignal.any([closed.signal, parts.stopped]);
  await streamWatch(parts, request, sinkTo(response), signal, eventForm(request, form, parts.clock));
}

/** What is written together goes out together, at the latest when the events at hand are through. */
function sinkTo(response: ServerResponse): WatchSink {
  let pending = '';
  const flush = (): void => {
    if (pending !== '') {
      response.write(pending);
      pending = '';
    }
  };
  return {
    open(): void {
      response.writeHead(200, { 'content-type': 'application/json' }).flushHeaders();
    },
    write(events: string | Buffer): boolean {
      if (typeof events !== 'string') {
        flush();
        response.write(events);
        return response.writableLength < unreadLimit;
      }
      if (pending === '') {
        queueMicrotask(flush);
      }
      pending += events;
      if (pending.length > pieceLimit) {
        flush();
      }
      return response.writableLength < unreadLimit;
    },
    async drained(signal: AbortSignal): Promise<void> {
      flush();
      if (response.writableNeedDrain) {
        await once(response, 'drain', { signal }).catch(() => undefined);
      }
    },
    end(): void {
      flush();
      response.end();
    },
  };
}

function eventForm(request: ListRequest, form: WatchForm, clock: Clock): EventForm {
  const { kind, namespace, query } = request;
  if (form === 'plain') {
    const selection = ['labelSelector', 'fieldSelector'].map((name) => query.get(name) ?? '');
    return {
      present: (object) => plainText(asServed(kind, object)),
      presentInitial: (object) => JSON.stringify(asServed(kind, object)),
      shareAs: JSON.stringify([apiVersionOf(kind), namespace ?? '', ...selection]),
    };
  }
  const present = form === 'partial' ? partialText : tablePresenter(kind, form, clock);
  return { present, presentInitial: present, shareAs: undefined };
}

function partialText(object: KubeObject): string {
  return JSON.stringify(partialObject(object));
}

function tablePresenter(kind: ServedKind, form: TableOptions, clock: Clock): (object: KubeObject) => string {
  // Only the first table of a watch names its columns.
  let isFirst = true;
  return (object) => {
    const metadata = { resourceVersion: object.metadata.resourceVersion ?? '' };
    const table = printTable(kind, [object], { ...form, metadata, now: clock.now() });
    const named = isFirst ? table : { ...table, columnDefinitions: null };
    isFirst = false;
    return JSON.stringify(named);
  };
}

/** Objects in the store never change: what many watches get is made into text once, and forgotten with its object. */
const texts = new WeakMap<KubeObject, string>();

function plainText(object: KubeObject): string {
  const known = texts.get(object);
  if (known !== undefined) {
    return known;
  }
  const text = JSON.stringify(asJson(object));
  texts.set(object, text);
  return text;
}
