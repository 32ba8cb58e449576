import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:https';
import type { ApiPlace } from '../plane/plane.ts';

const connections = 16;
const longestSilenceMs = 60_000;

/** Bare requests over keep-alive connections and nothing else. */
export class BareClient {
  private readonly plane: ApiPlace;
  private readonly agent: Agent;

  constructor(plane: ApiPlace) {
    this.plane = plane;
    this.agent = new Agent({ keepAlive: true, maxSockets: connections, ca: readFileSync(plane.ca) });
  }

  close(): void {
    this.agent.destroy();
  }

  send(method: string, path: string, body?: unknown, contentType = 'application/json'): Promise<string> {
    const headers = { authorization: `Bearer ${this.plane.adminToken}`, 'content-type': contentType };
    return new Promise((resolve, reject) => {
      const call = request(new URL(path, this.plane.server), { method, agent: this.agent, headers }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString();
          if ((response.statusCode ?? 0) < 300) {
            resolve(text);
          } else {
            reject(new Error(`${method} ${path} answered ${response.statusCode ?? 0}: ${text.slice(0, 300)}`));
          }
        });
      });
      call.on('error', reject);
      call.setTimeout(longestSilenceMs, () => call.destroy(new Error(`${method} ${path} was not answered`)));
      call.end(body === undefined ? undefined : JSON.stringify(body));
    });
  }

  /** The milliseconds that all took, 16 at a time. */
  async all(count: number, work: (index: number) => Promise<unknown>): Promise<number> {
    let next = 0;
    const lane = async (): Promise<void> => {
      while (next < count) {
        next += 1;
        await work(next - 1);
      }
    };
    const started = performance.now();
    await Promise.all(Array.from({ length: connections }, lane));
    return performance.now() - started;
  }
}
