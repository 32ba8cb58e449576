import type { ClientRequest } from 'node:http';
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { WriteLimit } from '../../ports/cluster.ts';
import { collectAnswer } from './collect-answer.ts';
import {
  type HttpLimits,
  type HttpRequest,
  type HttpResponse,
  TransportError,
  type TransportProblem,
} from './http-exchange.ts';

/** Sends the request and reads its answer to the end. Throws TransportError, or what the limit of the write threw. */
export function sendRequest(
  outgoing: ClientRequest,
  { body, limit }: Pick<HttpRequest, 'body' | 'limit'>,
  limits: HttpLimits,
): Promise<HttpResponse> {
  return new Promise((resolve, reject) => {
    let timer: NodeJS.Timeout | undefined;
    const stop = (error: unknown): void => {
      clearTimeout(timer);
      reject(error);
      outgoing.destroy();
    };
    const fail = (problem: TransportProblem, cause?: unknown): void => {
      stop(new TransportError(problem, outgoing.reusedSocket, cause));
    };
    outgoing.on('error', (error) => {
      fail('broken', error);
    });
    outgoing.once('response', (incoming) => {
      collectAnswer(incoming, limits.largestBody, fail, (answer) => {
        clearTimeout(timer);
        resolve(answer);
      });
    });
    // A request that waits for its turn isn't timed: those before it are, so the queue moves.
    outgoing.once('socket', (socket) => {
      const mostMs = Math.min(limits.timeoutMs, limit?.timeoutMs ?? Number.POSITIVE_INFINITY);
      timer = setTimeout(fail, mostMs, 'timeout');
      if (limit !== undefined) {
        whenReady(socket, () => {
          sendWithin(outgoing, body, limit, stop);
        });
      }
    });
    if (limit === undefined) {
      outgoing.end(body);
    }
  });
}

/** Calls back once bytes that are written go out at once: connected, and the TLS handshake done. */
function whenReady(socket: Socket, ready: () => void): void {
  const isSecure = !(socket instanceof TLSSocket) || (socket.getProtocol() ?? 'unknown') !== 'unknown';
  if (!socket.connecting && isSecure) {
    ready();
  } else {
    socket.once(socket instanceof TLSSocket ? 'secureConnect' : 'connect', ready);
  }
}

/** It is asked at the last moment whether the request may still go out. */
function sendWithin(
  outgoing: ClientRequest,
  body: string | undefined,
  limit: WriteLimit,
  stop: (error: unknown) => void,
): void {
  try {
    limit.beforeSend();
  } catch (error) {
    stop(error);
    return;
  }
  outgoing.end(body);
}
