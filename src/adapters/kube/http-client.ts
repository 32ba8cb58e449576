import { Agent as HttpAgent, type ClientRequest, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { AbortListeners } from './abort-listeners.ts';
import type { ClusterAccess, Credentials } from './access.ts';
import { endpointOf, isSameCertificate, tlsOptions } from './connect-options.ts';
import { ConnectionPool } from './connection-pool.ts';
import type { HttpLimits, HttpRequest, HttpResponse } from './http-exchange.ts';
import { clientHeaders, RequestText } from './request-text.ts';

/**
 * HTTP/1.1 with keep-alive to one API server. Requests for an answer go over connections of our own, which cost a third of
 * what Node's client takes for each; answers without an end over Node's. Idle connections don't keep the process alive.
 */
export class HttpClient {
  private readonly access: ClusterAccess;
  private readonly limits: HttpLimits;
  private readonly text: RequestText;
  private readonly aborts = new AbortListeners();
  private pool: ConnectionPool | undefined;
  private agent: { readonly agent: HttpAgent | HttpsAgent; readonly credentials: Credentials } | undefined;

  constructor(access: ClusterAccess, limits: HttpLimits) {
    this.access = access;
    this.limits = limits;
    this.text = new RequestText(access);
  }

  /** Any answer of the server, whatever its status. Rejects with a TransportError, or with the signal's reason. */
  send(request: HttpRequest, credentials: Credentials, signal: AbortSignal): Promise<HttpResponse> {
    return new Promise((resolve, reject) => {
      signal.throwIfAborted();
      const pool = this.poolFor(credentials);
      const exchange = {
        text: this.text.of(request, credentials),
        timeoutMs: Math.min(this.limits.timeoutMs, request.limit?.timeoutMs ?? Number.POSITIVE_INFINITY),
        limit: request.limit,
        resolve: (answer: HttpResponse): void => {
          this.aborts.remove(signal, stop);
          resolve(answer);
        },
        reject: (error: unknown): void => {
          this.aborts.remove(signal, stop);
          reject(error);
        },
      };
      const stop = (): void => {
        pool.abandon(exchange);
        reject(signal.reason);
      };
      this.aborts.add(signal, stop);
      pool.send(exchange);
    });
  }

  /** A request for an answer without an end, which has not been sent yet. */
  open(path: string, credentials: Credentials): ClientRequest {
    const options = {
      ...endpointOf(this.access),
      path: this.text.target(path),
      agent: this.agentFor(credentials),
      headers: clientHeaders(credentials),
    };
    return this.access.server.protocol === 'http:' ? httpRequest(options) : httpsRequest(options);
  }

  /** Ends all connections. The client can be used again. */
  close(): void {
    this.pool?.destroy();
    this.pool = undefined;
    this.agent?.agent.destroy();
    this.agent = undefined;
  }

  private poolFor(credentials: Credentials): ConnectionPool {
    if (this.pool?.serves(credentials) !== true) {
      this.pool?.retire();
      this.pool = new ConnectionPool(this.access, credentials, this.limits);
    }
    return this.pool;
  }

  private agentFor(credentials: Credentials): HttpAgent | HttpsAgent {
    const held = this.agent;
    if (held !== undefined && isSameCertificate(held.credentials, credentials)) {
      return held.agent;
    }
    // Answers under way on the old connections may go on; idle ones are of no more use.
    closeIdle(held?.agent);
    const pool = { keepAlive: true, maxSockets: this.limits.connections, scheduling: 'lifo' as const };
    const agent =
      this.access.server.protocol === 'http:'
        ? new HttpAgent(pool)
        : new HttpsAgent({ ...pool, ...tlsOptions(this.access, credentials) });
    this.agent = { agent, credentials };
    return agent;
  }
}

function closeIdle(agent: HttpAgent | HttpsAgent | undefined): void {
  for (const sockets of Object.values(agent?.freeSockets ?? {})) {
    for (const socket of sockets ?? []) {
      socket.destroy();
    }
  }
}
