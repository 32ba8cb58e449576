import { Agent, request } from 'node:https';
import type { ClientRequest, IncomingMessage } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSandbox } from '../../src/adapters/sandbox/start-sandbox.ts';
import type { Sandbox } from '../../src/adapters/sandbox/start-sandbox.ts';
import { systemClock } from '../../src/adapters/system/clock.ts';
import { ApiClient } from './kube-api/api-client.ts';
import type { ApiAnswer } from './kube-api/api-client.ts';
import { at, map, refusal } from './kube-api/fixtures.ts';

const maps = '/api/v1/namespaces/default/configmaps';

async function answerTo(sent: ClientRequest): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    sent.once('response', resolve);
    sent.once('error', reject);
  });
}

describe('the limits of the embedded control plane', () => {
  let sandbox: Sandbox;
  let client: ApiClient;
  const agent = new Agent({ keepAlive: true, maxSockets: 2000 });
  beforeAll(async () => {
    sandbox = await startSandbox({ clock: systemClock, nodes: 0 });
    client = new ApiClient(sandbox.server, sandbox.token, sandbox.certificate);
  });
  afterAll(async () => {
    agent.destroy();
    client.close();
    await sandbox.stop();
  });

  function open(path: string, method = 'GET'): ClientRequest {
    const headers = { authorization: `Bearer ${sandbox.token}`, 'content-type': 'application/json' };
    return request(`${sandbox.server}${path}`, { method, agent, ca: sandbox.certificate, headers });
  }

  async function create(name: string, size: number): Promise<ApiAnswer> {
    return client.call({ method: 'POST', path: maps, body: map(name, { text: 'x'.repeat(size) }) });
  }

  it('refuses a body that is too large, told or found out, and goes on', async () => {
    const told = await create('large', 3 * 1024 * 1024);
    const expected = {
      code: 413,
      reason: 'RequestEntityTooLarge',
      message: 'Request entity too large: limit is 3145728',
    };
    expect(refusal(told)).toEqual(expected);
    const sent = open(maps, 'POST');
    const answer = answerTo(sent);
    sent.write(' '.repeat(2 * 1024 * 1024));
    sent.write(' '.repeat(2 * 1024 * 1024));
    expect((await answer).statusCode).toBe(413);
    sent.destroy();
    expect((await create('small', 10)).code).toBe(201);
  });

  it('refuses text that is nested to exhaustion', async () => {
    const body = `{"kind":"ConfigMap","apiVersion":"v1","data":${'['.repeat(1_000_000)}`;
    const refused = await client.call({ method: 'POST', path: maps, body });
    expect([refused.code, at(refused, 'reason')]).toEqual([400, 'BadRequest']);
  });

  it('answers others while a client sends its body byte by byte and another leaves in the middle', async () => {
    const slow = [open(maps, 'POST'), open(maps, 'POST')];
    for (const one of slow) {
      one.on('error', () => undefined);
      one.write('{"kind":');
    }
    expect((await client.call({ method: 'GET', path: maps })).code).toBe(200);
    for (const one of slow) {
      one.destroy();
    }
    expect((await client.call({ method: 'GET', path: maps })).code).toBe(200);
  });

  it('serves a watch that is not read without keeping what it misses, and others beside it', async () => {
    const watch = open(`${maps}?watch=1&resourceVersion=0`);
    watch.end();
    const unread = await answerTo(watch);
    unread.pause();
    for (let index = 0; index < 20; index += 1) {
      expect((await create(`big-${index}`, 500_000)).code).toBe(201);
    }
    const seen = new Set<string>();
    unread.setEncoding('utf8');
    let rest = '';
    unread.on('data', (text: string) => {
      const lines = `${rest}${text}`.split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        seen.add(nameIn(line));
      }
    });
    unread.resume();
    await expect.poll(() => [...seen].filter((name) => name.startsWith('big-')).length, { timeout: 30_000 }).toBe(20);
    watch.destroy();
    await client.call({ method: 'DELETE', path: maps });
  }, 60_000);

  it('holds two hundred watches and answers them all', async () => {
    const watches = Array.from({ length: 200 }, () =>
      open(`${maps}?watch=1&sendInitialEvents=false&resourceVersionMatch=NotOlderThan`),
    );
    const answers = await Promise.all(
      watches.map(async (one) => {
        one.end();
        return answerTo(one);
      }),
    );
    let told = 0;
    for (const answer of answers) {
      answer.once('data', () => {
        told += 1;
      });
    }
    await create('for-all', 1);
    await expect.poll(() => told, { timeout: 30_000 }).toBe(200);
    for (const one of watches) {
      one.destroy();
    }
  }, 60_000);
});

function nameIn(line: string): string {
  const event = JSON.parse(line) as { readonly object: { readonly metadata: { readonly name: string } } };
  return event.object.metadata.name;
}
