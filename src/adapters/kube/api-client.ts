import { Failure } from '../../domain/failure.ts';
import type { Json } from '../../domain/json.ts';
import type { ClusterAccess, Credentials } from './access.ts';
import { HttpClient } from './http-client.ts';
import { headerOf, type HttpLimits, type HttpRequest, type HttpResponse, TransportError } from './http-exchange.ts';
import { SilenceError, streamAnswer, type StreamReceiver } from './http-stream.ts';
import { podFailure } from './pod-failure.ts';
import { type Asked, statusFailure } from './status-failure.ts';
import { transportFailure } from './transport-failure.ts';
import { untilAborted } from './until-aborted.ts';

/** A request for an answer without an end. */
export interface StreamRequest {
  readonly path: string;
  readonly asked: Asked;
  /** How long the answer may be silent before it counts as broken. */
  readonly silenceMs: number;
}

/** JSON requests to one API server. Answers that aren't success become Failures. */
export class ApiClient {
  private readonly access: ClusterAccess;
  private readonly limits: HttpLimits;
  private readonly http: HttpClient;
  /** For messages. A URL puts it together at each asking. */
  private readonly origin: string;

  constructor(access: ClusterAccess, limits: HttpLimits) {
    this.access = access;
    this.limits = limits;
    this.http = new HttpClient(access, limits);
    this.origin = access.server.origin;
  }

  get description(): string {
    return this.access.description;
  }

  /**
   * One request. It is sent a second time in two cases only: the server refused credentials that can be renewed, or a read
   * met an idle connection that the server had closed.
   */
  async call(request: HttpRequest, asked: Asked, signal: AbortSignal): Promise<Json> {
    const source = this.access.credentials;
    const credentials = await source.current(signal);
    let response = await this.sendOnce(request, credentials, signal);
    if (response.status === 401 && source.refused(credentials)) {
      response = await this.sendOnce(request, await source.current(signal), signal);
    }
    if (response.status >= 200 && response.status < 300) {
      return parseAnswer(response, this.origin);
    }
    throw refusalOf(response, asked);
  }

  /**
   * A GET whose answer goes on for as long as the server likes: its bytes go to the receiver as they come. Resolves when the
   * server has ended it in order. Credentials that can be renewed are, as in `call`.
   */
  async stream(
    { path, asked, silenceMs }: StreamRequest,
    receiver: StreamReceiver,
    signal: AbortSignal,
  ): Promise<void> {
    const source = this.access.credentials;
    const credentials = await source.current(signal);
    let refusal = await this.streamOnce(path, credentials, { receiver, silenceMs }, signal);
    if (refusal?.status === 401 && source.refused(credentials)) {
      refusal = await this.streamOnce(path, await source.current(signal), { receiver, silenceMs }, signal);
    }
    if (refusal !== undefined) {
      throw refusalOf(refusal, asked);
    }
  }

  /** What a pod answers through the API server, as text. An answer of the pod's own that isn't success is a Failure too. */
  async podText(path: string, asked: Asked, signal: AbortSignal): Promise<string> {
    const response = await this.sendOnce(
      { method: 'GET', path },
      await this.access.credentials.current(signal),
      signal,
    );
    if (response.status >= 200 && response.status < 300) {
      return response.body;
    }
    throw podFailure(response.status, isJson(response) ? parseOrNothing(response.body) : undefined, asked);
  }

  /** Ends idle connections. */
  close(): void {
    this.http.close();
  }

  private async streamOnce(
    path: string,
    credentials: Credentials,
    { receiver, silenceMs }: { readonly receiver: StreamReceiver; readonly silenceMs: number },
    signal: AbortSignal,
  ): Promise<HttpResponse | undefined> {
    signal.throwIfAborted();
    const limits = { ...this.limits, silenceMs };
    try {
      const outgoing = this.http.open(path, credentials);
      return await untilAborted(outgoing, streamAnswer(outgoing, receiver, limits), signal);
    } catch (error) {
      if (!(error instanceof TransportError)) {
        throw error;
      }
      const waitedMs = error instanceof SilenceError ? silenceMs : limits.timeoutMs;
      throw transportFailure(error, this.origin, waitedMs);
    }
  }

  private async sendOnce(request: HttpRequest, credentials: Credentials, signal: AbortSignal): Promise<HttpResponse> {
    const timeoutMs = Math.min(this.limits.timeoutMs, request.limit?.timeoutMs ?? Number.POSITIVE_INFINITY);
    try {
      try {
        return await this.http.send(request, credentials, signal);
      } catch (error) {
        if (request.method === 'GET' && error instanceof TransportError && isStale(error)) {
          return await this.http.send(request, credentials, signal);
        }
        throw error;
      }
    } catch (error) {
      throw error instanceof TransportError ? transportFailure(error, this.origin, timeoutMs) : error;
    }
  }
}

function refusalOf(response: HttpResponse, asked: Asked): Failure {
  return statusFailure({
    status: response.status,
    body: isJson(response) ? parseOrNothing(response.body) : undefined,
    retryAfterMs: retryAfterMs(headerOf(response, 'retry-after')),
    asked,
  });
}

function isStale(error: TransportError): boolean {
  return error.problem === 'broken' && error.reusedConnection;
}

/** Seconds (RFC 9110, 10.2.3); API servers send no dates. */
function retryAfterMs(header: string | undefined): number | undefined {
  return header !== undefined && /^\d{1,6}$/u.test(header) ? Number(header) * 1000 : undefined;
}

function isJson(response: HttpResponse): boolean {
  return headerOf(response, 'content-type')?.startsWith('application/json') === true;
}

function parseOrNothing(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

function parseAnswer(response: HttpResponse, server: string): Json {
  if (!isJson(response)) {
    throw new Failure({
      code: 'cluster-error',
      retry: 'never',
      message: `${server} answers, but not with JSON: it is no Kubernetes API server, or a proxy stands before it`,
      remedy: 'Check the server address in the kubeconfig.',
    });
  }
  const value = parseOrNothing(response.body);
  if (value === undefined) {
    throw new Failure({
      code: 'cluster-error',
      retry: 'now',
      message: `The API server ${server} sent an answer that is no valid JSON`,
    });
  }
  return value;
}
