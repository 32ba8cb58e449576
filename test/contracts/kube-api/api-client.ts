import { Agent, request } from 'node:https';

export interface ApiAnswer {
  readonly code: number;
  readonly text: string;
  /** The body as JSON; undefined where it is none. */
  readonly body: unknown;
  /** Its `Warning` headers, one after the other. */
  readonly warning: string;
}

export interface ApiCall {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly body?: unknown;
  readonly type?: string;
  readonly accept?: string;
  readonly token?: string;
}

/** The thinnest client of a Kubernetes API: one request, one answer, nothing interpreted. */
export class ApiClient {
  readonly #server: string;
  readonly #token: string;
  readonly #agent: Agent;

  constructor(server: string, token: string, certificate: string) {
    this.#server = server;
    this.#token = token;
    this.#agent = new Agent({ keepAlive: true, ca: certificate });
  }

  async call({ method, path, body, type, accept, token }: ApiCall): Promise<ApiAnswer> {
    const text = typeof body === 'string' || body === undefined ? body : JSON.stringify(body);
    return new Promise((resolve, reject) => {
      const sent = request(
        `${this.#server}${path}`,
        {
          method,
          agent: this.#agent,
          timeout: 20_000,
          headers: {
            authorization: `Bearer ${token ?? this.#token}`,
            accept: accept ?? 'application/json',
            'user-agent': 'contract/1.0',
            ...(text === undefined
              ? {}
              : { 'content-type': type ?? 'application/json', 'content-length': Buffer.byteLength(text) }),
          },
        },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('error', reject);
          response.on('end', () => {
            const whole = Buffer.concat(chunks).toString();
            const warning = response.headers['warning'] ?? '';
            resolve({ code: response.statusCode ?? 0, text: whole, body: parse(whole), warning });
          });
        },
      );
      sent.on('timeout', () => sent.destroy(new Error(`no answer: ${method} ${path}`)));
      sent.on('error', reject);
      sent.end(text);
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
