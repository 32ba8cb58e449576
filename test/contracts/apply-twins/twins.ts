import { expect } from 'vitest';
import type { ApiAnswer, ApiClient } from '../kube-api/api-client.ts';
import { Stage, at } from '../kube-api/fixtures.ts';
import type { Fields } from '../kube-api/fixtures.ts';
import { ownersIn } from '../kube-api/owner-text.ts';
import { take } from '../kube-api/short-case.ts';
import type { Step } from '../kube-api/short-case.ts';
import type { Write } from './sequences.ts';

/** One of two control planes that are to give the same answers. */
export class Twin {
  readonly #stage: Stage;
  #words: ReadonlyMap<string, string>;

  constructor(client: ApiClient, namespace: string) {
    this.#stage = new Stage(client, namespace);
    this.#words = new Map([['$NS', namespace]]);
  }

  async begin(): Promise<void> {
    const body = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: this.#stage.namespace } };
    await this.#stage.call('POST', '/api/v1/namespaces', body);
  }

  async write(write: Write): Promise<Fields> {
    const [answer, words] = await take(this.#stage, stepOf(write, this.#words.has('$RV')), this.#words);
    this.#words = words;
    return seen(answer);
  }
}

function stepOf({ verb, collection, manager, force, status, body }: Write, hasVersion: boolean): Step {
  const path = `${collection}/a${status && verb !== 'DELETE' ? '/status' : ''}`;
  switch (verb) {
    case 'DELETE':
      return [`DELETE ${collection}/a`, {}];
    case 'PUT': {
      const metadata = typeof body['metadata'] === 'object' ? body['metadata'] : {};
      const version = hasVersion ? { resourceVersion: '$RV' } : {};
      return [`PUT ${path} ${manager}`, { ...body, metadata: { ...metadata, ...version } }, {}];
    }
    case 'APPLY':
    case 'MERGE':
      return [`${verb} ${path} ${manager}${force && verb === 'APPLY' ? ' force' : ''}`, body, {}];
  }
}

/** What is compared: everything but what two servers choose for themselves. */
function seen(answer: ApiAnswer): Fields {
  if (answer.code >= 400) {
    return { code: answer.code, reason: at(answer, 'reason'), message: inOneOrder(at(answer, 'message')) };
  }
  const body = at(answer, 'kind') === 'Status' ? {} : (answer.body as Fields);
  const {
    uid: _,
    resourceVersion: __,
    creationTimestamp: ___,
    managedFields: ____,
    ...metadata
  } = (body['metadata'] ?? {}) as Fields;
  return { code: answer.code, object: { ...body, metadata }, owners: ownersIn(answer) };
}

/** The server lists several mistakes in the order of a Go map, which differs from time to time. */
function inOneOrder(message: unknown): unknown {
  return typeof message === 'string' && !message.startsWith('Apply failed')
    ? message
        .split(/\n|\[(?=spec\.|status\.)|, (?=spec\.|status\.)/u)
        .map((part) => part.replace(/\]$/u, ''))
        .toSorted()
    : message;
}

/** Writes the sequence to both and holds their answers against each other after each step. */
export async function compareTwins(real: Twin, ours: Twin, writes: readonly Write[]): Promise<void> {
  await Promise.all([real.begin(), ours.begin()]);
  for (const write of writes) {
    const [wanted, given] = await Promise.all([real.write(write), ours.write(write)]);
    expect(given).toEqual(wanted);
  }
}
