import type { ClientRequest, IncomingMessage } from 'node:http';
import { collectAnswer } from './collect-answer.ts';
import { type HttpLimits, type HttpResponse, TransportError, type TransportProblem } from './http-exchange.ts';

/** Where the bytes of an answer go while it is still under way. What it throws ends the answer. */
export interface StreamReceiver {
  /** The server has taken the request: its answer begins. */
  opened(): void;
  data(chunk: Buffer): void;
}

interface StreamLimits extends Pick<HttpLimits, 'timeoutMs' | 'largestBody'> {
  readonly silenceMs: number;
}

/** An answer that had begun, and of which nothing came any more. */
export class SilenceError extends TransportError {
  constructor() {
    super('timeout', false);
  }
}

/** A peer that vanished without a word is noticed by TCP before the silence is long enough to tell. */
const keepAliveProbeMs = 10_000;

/**
 * Sends the request and gives on what the server answers, chunk by chunk, until the server ends it. Resolves with nothing
 * then; with the whole answer where it is no success. Throws TransportError, or what the receiver threw.
 */
export function streamAnswer(
  outgoing: ClientRequest,
  receiver: StreamReceiver,
  { timeoutMs, largestBody, silenceMs }: StreamLimits,
): Promise<HttpResponse | undefined> {
  return new Promise((resolve, reject) => {
    let timer: NodeJS.Timeout | undefined;
    const stop = (error: unknown): void => {
      clearTimeout(timer);
      reject(error);
      outgoing.destroy();
    };
    const broken = (cause: unknown): void => {
      stop(new TransportError('broken', outgoing.reusedSocket, cause));
    };
    timer = setTimeout(() => {
      stop(new TransportError('timeout', outgoing.reusedSocket));
    }, timeoutMs);
    outgoing.on('error', broken);
    outgoing.once('socket', (socket) => {
      socket.setKeepAlive(true, keepAliveProbeMs);
    });
    outgoing.once('response', (incoming) => {
      const done = (response: HttpResponse | undefined): void => {
        clearTimeout(timer);
        resolve(response);
      };
      if (incoming.statusCode !== 200) {
        const failed = (problem: TransportProblem, cause?: unknown): void => {
          stop(new TransportError(problem, outgoing.reusedSocket, cause));
        };
        collectAnswer(incoming, largestBody, failed, done);
        return;
      }
      clearTimeout(timer);
      timer = setTimeout(() => {
        stop(new SilenceError());
      }, silenceMs);
      giveOn(incoming, receiver, { heard: timer, stop });
      incoming.once('error', broken);
      incoming.once('close', () => {
        if (incoming.complete) {
          done(undefined);
        } else {
          broken(new Error('the answer was cut off'));
        }
      });
    });
    outgoing.end();
  });
}

/** Each chunk begins the silence anew. */
function giveOn(
  incoming: IncomingMessage,
  receiver: StreamReceiver,
  { heard, stop }: { readonly heard: NodeJS.Timeout; readonly stop: (error: unknown) => void },
): void {
  const guarded = (step: () => void): void => {
    try {
      step();
    } catch (error) {
      stop(error);
    }
  };
  guarded(() => {
    receiver.opened();
  });
  incoming.on('data', (chunk: Buffer) => {
    heard.refresh();
    guarded(() => {
      receiver.data(chunk);
    });
  });
}
