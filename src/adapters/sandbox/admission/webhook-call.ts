import { request } from 'node:https';
import type { IncomingMessage } from 'node:http';

/** One review to be sent. */
interface WebhookCall {
  readonly url: string;
  readonly body: string;
  /** PEM; '' for the authorities of the system. */
  readonly authorities: string;
  readonly timeoutMs: number;
}

/** What came back; `failure`: why nothing did. */
type WebhookReply =
  { readonly code: number; readonly type: string; readonly text: string } | { readonly failure: string };

export type CallWebhook = (call: WebhookCall) => Promise<WebhookReply>;

const longestReply = 3 * 1024 * 1024;

/** Sends reviews over HTTPS, each on a connection of its own, until the signal ends them. */
export function webhookCaller(stopped: AbortSignal): CallWebhook {
  return async (call) => {
    const ending = new AbortController();
    const end = (): void => ending.abort();
    stopped.addEventListener('abort', end, { once: true });
    const timer = setTimeout(end, call.timeoutMs);
    try {
      return await send(call, ending.signal);
    } catch (error) {
      return { failure: ending.signal.aborted ? 'context deadline exceeded' : wordsOf(error, call.url) };
    } finally {
      clearTimeout(timer);
      stopped.removeEventListener('abort', end);
    }
  };
}

async function send({ url, body, authorities }: WebhookCall, signal: AbortSignal): Promise<WebhookReply> {
  return new Promise((resolve, reject) => {
    const headers = {
      'content-type': 'application/json',
      accept: 'application/json, */*',
      'user-agent': 'kube-apiserver-admission',
      'content-length': Buffer.byteLength(body),
    };
    const ca = authorities === '' ? {} : { ca: authorities };
    const sent = request(url, { method: 'POST', headers, signal, agent: false, ...ca }, (response) => {
      readReply(response).then(resolve, reject);
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

async function readReply(response: IncomingMessage): Promise<WebhookReply> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > longestReply) {
      response.destroy();
      return { failure: `the answer is longer than ${longestReply} bytes` };
    }
    chunks.push(chunk);
  }
  const { statusCode = 0, headers } = response;
  return { code: statusCode, type: headers['content-type'] ?? '', text: Buffer.concat(chunks).toString() };
}

const unverified = 'tls: failed to verify certificate: x509: ';

/** Failures of connections in the words of the API server, which speaks as Go does. */
const known: ReadonlyMap<string, string> = new Map([
  ['ECONNRESET', 'EOF'],
  ['EPROTO', 'http: server gave HTTP response to HTTPS client'],
  ['SELF_SIGNED_CERT_IN_CHAIN', `${unverified}certificate signed by unknown authority`],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', `${unverified}certificate signed by unknown authority`],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', `${unverified}certificate signed by unknown authority`],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', `${unverified}certificate signed by unknown authority`],
  ['CERT_SIGNATURE_FAILURE', `${unverified}certificate signed by unknown authority`],
  ['CERT_HAS_EXPIRED', `${unverified}certificate has expired or is not yet valid`],
  ['CERT_NOT_YET_VALID', `${unverified}certificate has expired or is not yet valid`],
]);

function wordsOf(error: unknown, url: string): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'ECONNREFUSED') {
    const { hostname, port } = new URL(url);
    return `dial tcp ${hostname}:${port === '' ? '443' : port}: connect: connection refused`;
  }
  const message = error instanceof Error ? error.message : String(error);
  return known.get(code) ?? (code === 'ERR_TLS_CERT_ALTNAME_INVALID' ? `${unverified}${message}` : message);
}
