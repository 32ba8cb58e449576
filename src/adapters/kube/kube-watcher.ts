import { Failure, isFailure } from '../../domain/failure.ts';
import { isOlderVersion } from '../../domain/manifest/resource-version.ts';
import type { Clock } from '../../ports/clock.ts';
import type { ApiKind, ClusterReader } from '../../ports/cluster.ts';
import type { ClusterWatcher, FollowOptions, WatchSink } from '../../ports/cluster-watch.ts';
import type { ClusterAccess } from './access.ts';
import { ApiClient } from './api-client.ts';
import { collectionPath, resourceName } from './discovery.ts';
import { defaultLimits, type HttpLimits } from './http-exchange.ts';
import { LineSplitter, LongLineError } from './line-splitter.ts';
import { type Asked, ExpiredFailure, kindMissing } from './status-failure.ts';
import { LostTrackFailure, readWatchEvent } from './watch-event.ts';
import { WatchPace } from './watch-pace.ts';

export interface KubeWatcherParts {
  /** Lists and finds kinds on the same cluster. */
  readonly reader: ClusterReader;
  readonly clock: Clock;
  /** At least 0 and below 1. */
  readonly random: () => number;
}

export interface KubeWatcherOptions extends Partial<HttpLimits> {
  /** A watch without a byte for that long is broken off. API servers send a bookmark a minute. */
  readonly silenceMs?: number;
  /** The server is asked to end each watch after this to twice this many seconds. */
  readonly watchSeconds?: number;
  /** Bytes of one event. */
  readonly longestLine?: number;
}

/** Objects are at most 3 MiB in a request by default, and grow by a few times where JSON escapes their text. */
const defaults = { silenceMs: 75_000, watchSeconds: 240, longestLine: 16 * 1024 * 1024 };
/** Each watch holds a connection of its own. */
const watchLimits: HttpLimits = { ...defaultLimits, connections: 256 };

/** From where a watch goes on. */
interface Position {
  readonly kind: ApiKind;
  version: string;
}

/** Something thrown by a sink, whatever it is: no repetition of ours mends it. */
class SinkError extends Error {}

/** One following: what it follows, and how far it has come. */
interface Following {
  readonly apiVersion: string;
  readonly kind: string;
  readonly options: FollowOptions;
  readonly sink: WatchSink;
  readonly signal: AbortSignal;
  /** undefined until there is a list, and again when only a new list tells what there is. */
  position: Position | undefined;
  /** When the watch of the present attempt was opened. */
  openedAt: number | undefined;
}

/** Lists and watches over connections of its own, so that watches take none from requests. */
export class KubeWatcher implements ClusterWatcher {
  private readonly api: ApiClient;
  private readonly parts: KubeWatcherParts;
  private readonly options: typeof defaults;

  constructor(access: ClusterAccess, parts: KubeWatcherParts, options: KubeWatcherOptions = {}) {
    this.api = new ApiClient(access, { ...watchLimits, ...options });
    this.parts = parts;
    this.options = { ...defaults, ...options };
  }

  /** Ends idle connections. */
  close(): void {
    this.api.close();
  }

  async follow(
    apiVersion: string,
    kind: string,
    options: FollowOptions,
    sink: WatchSink,
    signal: AbortSignal,
  ): Promise<void> {
    const { clock, random } = this.parts;
    const pace = new WatchPace(random);
    const following: Following = {
      apiVersion,
      kind,
      options,
      sink,
      signal,
      position: undefined,
      openedAt: undefined,
    };
    while (!signal.aborted) {
      const failure = await this.attempt(following);
      if (isAborted(signal)) {
        return;
      }
      const livedMs = following.openedAt === undefined ? 0 : clock.monotonic() - following.openedAt;
      const pauseMs = pace.pauseAfter(failure, livedMs);
      if (failure !== undefined && !(failure instanceof ExpiredFailure)) {
        sink.troubled(failure, pauseMs);
      }
      await clock.sleep(pauseMs, signal).catch((error: unknown) => {
        if (!signal.aborted) {
          throw error;
        }
      });
    }
  }

  /** One list, where one is needed, and one watch. The Failure that ended it; none where it ended in order or at the signal. */
  private async attempt(following: Following): Promise<Failure | undefined> {
    following.openedAt = undefined;
    try {
      following.position ??= await this.list(following);
      await this.watch(following, following.position);
      return undefined;
    } catch (error) {
      if (error instanceof SinkError) {
        throw error.cause;
      }
      if (following.signal.aborted) {
        return undefined;
      }
      if (!(error instanceof Failure) || error.retry === 'never') {
        throw error;
      }
      if (error instanceof ExpiredFailure || error instanceof LostTrackFailure || isFailure(error, 'kind-missing')) {
        following.position = undefined;
      }
      return error;
    }
  }

  private async list({ apiVersion, kind, options, sink, signal }: Following): Promise<Position> {
    const { reader } = this.parts;
    const served = await reader.findKind(apiVersion, kind, signal);
    if (served === undefined) {
      throw kindMissing(`${kind} objects`, `${apiVersion} ${kind}`);
    }
    const { items, resourceVersion } = await reader.list(apiVersion, kind, options, signal);
    signal.throwIfAborted();
    tell(() => {
      sink.replaced(items, resourceVersion);
    });
    return { kind: served, version: resourceVersion };
  }

  private async watch(following: Following, position: Position): Promise<void> {
    const { sink, signal, options } = following;
    const asked = askedFor(position.kind);
    const lines = new LineSplitter(this.options.longestLine, (line) => {
      // The lines of one chunk come without a pause, and a sink may have ended the following meanwhile.
      if (!signal.aborted) {
        takeLine(line, asked, position, sink);
      }
    });
    const receiver = {
      opened: (): void => {
        following.openedAt = this.parts.clock.monotonic();
        tell(() => {
          sink.heard();
        });
      },
      data: (chunk: Buffer): void => {
        pushChunk(lines, chunk, asked);
      },
    };
    const path = `${collectionPath(position.kind, options.namespace ?? '')}?${this.query(options, position.version)}`;
    await this.api.stream({ path, asked, silenceMs: this.options.silenceMs }, receiver, signal);
  }

  private query({ labelSelector }: FollowOptions, version: string): string {
    const { watchSeconds } = this.options;
    return new URLSearchParams({
      watch: 'true',
      allowWatchBookmarks: 'true',
      resourceVersion: version,
      timeoutSeconds: String(Math.ceil(watchSeconds * (1 + this.parts.random()))),
      ...(labelSelector === undefined ? {} : { labelSelector }),
    }).toString();
  }
}

/** The signal may have been aborted while the caller waited, which its type doesn't show. */
function isAborted(signal: AbortSignal): boolean {
  return signal.aborted;
}

function tell(step: () => void): void {
  try {
    step();
  } catch (cause) {
    throw new SinkError('the sink failed', { cause });
  }
}

function askedFor(kind: ApiKind): Asked {
  return {
    verb: 'watch',
    resource: resourceName(kind),
    subject: `${kind.kind} objects`,
    isSecret: kind.group === '' && kind.kind === 'Secret',
  };
}

/** An event that is too long is left out, so what it told has to come from a list. */
function pushChunk(lines: LineSplitter, chunk: Buffer, asked: Asked): void {
  try {
    lines.push(chunk);
  } catch (error) {
    throw error instanceof LongLineError
      ? new LostTrackFailure(`The API server sent a longer event of ${asked.subject} than is accepted`, error)
      : error;
  }
}

/** Versions only grow, unless the cluster's storage was set back: then what is known is of a past that never was. */
function takeLine(line: string, asked: Asked, position: Position, sink: WatchSink): void {
  const event = readWatchEvent(line, asked);
  if (isOlderVersion(event.version, position.version)) {
    throw new LostTrackFailure(`The API server went back to an older state of ${asked.subject}`);
  }
  tell(() => {
    switch (event.type) {
      case 'put':
        sink.put(event.object);
        break;
      case 'gone':
        sink.gone(event.object);
        break;
      case 'bookmark':
        sink.heard();
        break;
    }
  });
  position.version = event.version;
}
