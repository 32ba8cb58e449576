import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:https';
import { isJsonArray, isJsonObject, type Json, type JsonObject, textAt, valueAt } from '../../src/domain/json.ts';
import type { Plane } from '../plane/plane.ts';

/** An object of MetalLB's API as a test sends it. */
export interface Sample {
  readonly apiVersion: string;
  readonly plural: string;
  readonly object: JsonObject;
  /** `status` writes through the subresource, on top of an object that is there. */
  readonly subresource?: 'status';
}

/** What a server made of it: accepted with the result it would store, or refused with the fields that were wrong. */
export interface Verdict {
  readonly status: number;
  readonly result: Json;
}

/** Sends samples to one API server over one kept connection. */
export interface CrdServer {
  /** Server-side apply, as a dry run. It refuses unknown fields. */
  apply(sample: Sample): Promise<Verdict>;
  /** A plain create without field validation, as a dry run: unknown fields are dropped. */
  createPruned(sample: Sample): Promise<Verdict>;
  create(sample: Sample): Promise<Verdict>;
  close(): void;
}

const namespace = 'metallb-system';

/** The server of a plane, as its admin. */
export function crdServer(plane: Plane): CrdServer {
  const agent = new Agent({ keepAlive: true, ca: readFileSync(plane.ca) });
  const send = async (method: 'PATCH' | 'POST', sample: Sample, query: string): Promise<Verdict> => {
    const name = encodeURIComponent(textAt(sample.object, 'metadata', 'name') ?? '');
    const below = sample.subresource === undefined ? name : `${name}/${sample.subresource}`;
    const path = `/apis/${sample.apiVersion}/namespaces/${namespace}/${sample.plural}`;
    const url = `${plane.server}${path}${method === 'POST' ? '?' : `/${below}?force=true&`}fieldManager=test${query}`;
    const answer = await exchange({ method, url, agent, token: plane.adminToken }, JSON.stringify(sample.object));
    return { status: answer.status, result: answer.status < 300 ? stored(answer.body) : causes(answer.body) };
  };
  return {
    apply: async (sample) => send('PATCH', sample, '&dryRun=All&fieldValidation=Strict'),
    createPruned: async (sample) => send('POST', sample, '&dryRun=All&fieldValidation=Ignore'),
    create: async (sample) => send('PATCH', sample, ''),
    close: () => {
      agent.destroy();
    },
  };
}

interface Exchange {
  readonly method: 'PATCH' | 'POST';
  readonly url: string;
  readonly agent: Agent;
  readonly token: string;
}

async function exchange(
  { method, url, agent, token }: Exchange,
  body: string,
): Promise<{ readonly status: number; readonly body: Json }> {
  const type = method === 'POST' ? 'application/json' : 'application/apply-patch+yaml';
  const headers = { authorization: `Bearer ${token}`, 'content-type': type };
  const answer = await new Promise<{ readonly status: number; readonly text: string }>((resolve, reject) => {
    const sent = request(url, { method, agent, headers, timeout: 20_000 }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () => {
        resolve({ status: response.statusCode ?? 0, text: Buffer.concat(parts).toString() });
      });
    });
    sent.on('timeout', () => sent.destroy(new Error('the server did not answer in 20 s')));
    sent.on('error', reject);
    sent.end(body);
  });
  return { status: answer.status, body: JSON.parse(answer.text) as Json };
}

const ofTheMoment = new Set(['uid', 'creationTimestamp', 'resourceVersion', 'time']);

/** The stored object with who owns which field, without what differs from server to server. */
function stored(value: Json): Json {
  if (isJsonArray(value)) {
    return value.map(stored);
  }
  return isJsonObject(value)
    ? Object.fromEntries(
        Object.entries(value)
          .filter(([key]) => !ofTheMoment.has(key))
          .map(([key, inner]) => [key, stored(inner)]),
      )
    : value;
}

/** Which fields were refused and why in a word; the sentences are each set's own. */
function causes(body: Json): Json {
  const all = valueAt(body, 'details', 'causes');
  const words = (isJsonArray(all) ? all : []).map((cause) =>
    JSON.stringify([valueAt(cause, 'reason') ?? '', valueAt(cause, 'field') ?? '']),
  );
  return [JSON.stringify(valueAt(body, 'reason') ?? ''), ...words.toSorted()];
}
