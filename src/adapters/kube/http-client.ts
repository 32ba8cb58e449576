import { Agent as HttpAgent, type ClientRequest, request as httpRequest, type RequestOptions } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import type { ClusterAccess, Credentials } from './access.ts';
import { endpointOf, isSameCertificate, tlsOptions } from './connect-options.ts';
import { type HttpLimits, type HttpRequest, type HttpResponse, TransportError } from './http-exchange.ts';
import { RequestHead } from './request-head.ts';
import { sendRequest } from './send-request.ts';
import { untilAborted } from './until-aborted.ts';

/** HTTP/1.1 with keep-alive to one API server. Idle connections don't keep the process alive. */
export class HttpClient {
  private readonly access: ClusterAccess;
  private readonly limits: HttpLimits;
  private readonly head: RequestHead;
  private agent: { readonly agent: HttpAgent | HttpsAgent; readonly credentials: Credentials } | undefined;

  constructor(access: ClusterAccess, limits: HttpLimits) {
    this.access = access;
    this.limits = limits;
    this.head = new RequestHead(access);
  }

  /** Any answer of the server, whatever its status. Throws TransportError, or the signal's reason. */
  async send(request: HttpRequest, credentials: Credentials, signal: AbortSignal): Promise<HttpResponse> {
    signal.throwIfAborted();
    const outgoing = this.start(request, credentials);
    return untilAborted(outgoing, sendRequest(outgoing, request, this.limits), signal);
  }

  /** A request for an answer without an end, which has not been sent yet. */
  open(path: string, credentials: Credentials): ClientRequest {
    return this.start({ method: 'GET', path }, credentials);
  }

  /** Ends all connections. The client can be used again. */
  close(): void {
    this.agent?.agent.destroy();
    this.agent = undefined;
  }

  private start(request: HttpRequest, credentials: Credentials): ClientRequest {
    const options: RequestOptions = {
      ...endpointOf(this.access),
      method: request.method,
      path: this.head.target(request.path),
      headers: this.head.headers(request, credentials),
      agent: this.agentFor(credentials),
    };
    try {
      return this.access.server.protocol === 'http:' ? httpRequest(options) : httpsRequest(options);
    } catch (cause) {
      // A client certificate or key that cannot be read.
      throw new TransportError('broken', false, cause);
    }
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
