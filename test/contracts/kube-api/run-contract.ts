import { afterAll, beforeAll, describe, it } from 'vitest';
import { ApiClient } from './api-client.ts';
import { applyCases } from './apply-cases.ts';
import type { ContractCase } from './contract.ts';
import { dualStackRows } from './dual-stack-rows.ts';
import { Stage, definitionsPath, thingDefinition, thingsPath } from './fixtures.ts';
import { objectCases } from './object-cases.ts';
import { policyCases } from './policy-cases.ts';
import { readCases } from './read-cases.ts';
import { rightsCases } from './rights-cases.ts';
import { ruleCases } from './rule-cases.ts';
import { shortCases } from './short-case.ts';
import { tables } from './tables.ts';
import { stopServedWebhooks } from './served-webhooks.ts';
import { webhookCases } from './webhook-cases.ts';
import { widgetDefinition } from './widget-definition.ts';

export interface ApiAccess {
  readonly server: string;
  readonly token: string;
  readonly certificate: string;
  stop(): Promise<void>;
}

type Group = readonly [title: string, cases: readonly ContractCase[]];

const wholeContract: readonly Group[] = [
  ['server-side apply', applyCases],
  ['objects', objectCases],
  ['reading', readCases],
  ['rights', rightsCases],
  ['rules of definitions', ruleCases],
  ['policies', policyCases],
  ['webhooks', webhookCases],
  ...Object.entries(tables).map(([title, table]) => [title, shortCases(table)] as const),
];

/** What holds where the cluster has both families of addresses. */
export const dualStackContract: readonly Group[] = [['families of Services', shortCases(dualStackRows)]];

/** Cases of the contract against one control plane; each has a namespace of its own. */
export function runContract(start: () => Promise<ApiAccess>, groups: readonly Group[] = wholeContract): void {
  let access: ApiAccess | undefined;
  let client: ApiClient | undefined;
  let number = 0;

  beforeAll(async () => {
    access = await start();
    client = new ApiClient(access.server, access.token, access.certificate);
    await prepare(client);
  });

  afterAll(async () => {
    client?.close();
    await access?.stop();
    await stopServedWebhooks();
  });

  for (const [title, cases] of groups) {
    describe(title, () => {
      it.concurrent.each(cases)('%s', async (_, run) => {
        if (client === undefined) {
          throw new Error('the control plane did not start');
        }
        number += 1;
        const name = `case-${number}`;
        const body = { apiVersion: 'v1', kind: 'Namespace', metadata: { name } };
        await client.call({ method: 'POST', path: '/api/v1/namespaces', body });
        await run(new Stage(client, name));
      });
    });
  }
}

/** Defines the kinds of the cases and waits until they are served. */
export async function prepare(client: ApiClient): Promise<void> {
  await client.call({ method: 'POST', path: definitionsPath, body: widgetDefinition });
  await client.call({ method: 'POST', path: definitionsPath, body: thingDefinition });
  await waitUntilServed(client);
}

async function waitUntilServed(client: ApiClient): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const { code } = await client.call({ method: 'GET', path: thingsPath('default') });
    const probe = { apiVersion: 'test.metalwave.io/v1', kind: 'Thing', metadata: { name: 'probe' }, spec: { size: 1 } };
    const path = `${thingsPath('default')}?dryRun=All`;
    if (code === 200 && (await client.call({ method: 'POST', path, body: probe })).code === 201) {
      return;
    }
    await new Promise((resolve) => {
      setTimeout(resolve, 100);
    });
  }
  throw new Error('the test definition was not served');
}
