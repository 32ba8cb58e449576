import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { kubeconfigFor } from '../../src/adapters/sandbox/kubeconfig.ts';
import { type Sandbox, startSandbox } from '../../src/adapters/sandbox/start-sandbox.ts';
import { systemClock } from '../../src/adapters/system/clock.ts';
import { ApiClient } from '../contracts/kube-api/api-client.ts';
import { temporaryFolder } from '../git/repository.ts';
import { configPath } from '../road/config-repository.ts';
import { installMetalLb, resourcesOnly } from '../road/existing-metallb.ts';
import { Road } from '../road/road.ts';

const base = resourcesOnly[configPath('dev')] ?? '';
const shrunk = { [configPath('dev')]: base.replace('10.20.0.0/28', '10.20.0.8/29') };

let sandbox: Sandbox;
let road: Road;
let api: ApiClient;
const folder = temporaryFolder();

beforeAll(async () => {
  sandbox = await startSandbox({ clock: systemClock, podsAnswer: false, nodes: 1, podStartMs: 1 });
  const { server, token, certificate } = sandbox;
  const kubeconfig = join(folder.path, 'kubeconfig');
  writeFileSync(kubeconfig, kubeconfigFor({ url: server, token, certificate }), { mode: 0o600 });
  await installMetalLb(kubeconfig);
  road = new Road(kubeconfig, resourcesOnly);
  api = new ApiClient(server, token, certificate);
});

afterAll(async () => {
  api.close();
  road.close();
  await sandbox.stop();
  folder.remove();
});

async function expose(name: string, address: string): Promise<void> {
  const spec = { type: 'LoadBalancer', ports: [{ port: 80, protocol: 'TCP' }] };
  const body = { apiVersion: 'v1', kind: 'Service', metadata: { name, namespace: 'default' }, spec };
  expect((await api.call({ method: 'POST', path: '/api/v1/namespaces/default/services', body })).code).toBe(201);
  const held = async (): Promise<string> =>
    JSON.stringify(
      (await road.state.list('v1', 'Service', 'default')).find((one) => one.metadata.name === name)?.['status'],
    );
  await expect.poll(held, { timeout: 60_000 }).toContain(address);
}

/** The command that a plan names, as its words. */
function commandIn(text: string): readonly string[] {
  const line = /^ +metalwave (sync .*--approve sha256:[0-9a-f]{64})$/mu.exec(text)?.[1];
  if (line === undefined) {
    throw new Error(`no command in ${text}`);
  }
  return line.split(' ');
}

it('is given by the very command that the plan names, and by none that is older than the last live change', async () => {
  expect((await road.run('sync', '--env', 'dev')).code).toBe(0);
  await expose('first', '10.20.0.0');
  const revision = road.repository.commit(shrunk);
  const options = ['--config-repo', road.repository.folder, '--revision', revision, '--context', 'sandbox'];
  const plan = await road.run('plan', '--env', 'dev', ...options);
  expect(plan.err).toBe('');
  expect(plan.out).toContain(
    'A sync of this plan needs an approval:\n  ! 1 Service may change or lose an address, and the budget is 0',
  );
  const command = commandIn(plan.out);
  expect(command.slice(1, -2)).toEqual(['--env', 'dev', ...options]);

  await expose('second', '10.20.0.1');
  const stale = await road.run(...command);
  expect(stale.code).toBe(3);
  expect(stale.err).toContain('that is no longer the plan: something has changed since');
  expect(JSON.stringify(await road.state.list('metallb.io/v1beta1', 'IPAddressPool'))).toContain('10.20.0.0/28');

  const refused = await road.run('sync', '--env', 'dev', ...options);
  expect(refused.code).toBe(3);
  const json = JSON.parse((await road.run('plan', '--env', 'dev', ...options, '-o', 'json')).out) as {
    readonly approval: { readonly needed: boolean; readonly command: string };
  };
  expect(json.approval.needed).toBe(true);
  expect(refused.err).toContain(json.approval.command);
  const approved = await road.run(...json.approval.command.split(' ').slice(1));
  expect({ code: approved.code, err: approved.err }).toMatchObject({ code: 0 });
  const { out } = await road.run('history', '--env', 'dev');
  expect(out).toMatch(/plan sha256:[0-9a-f]{12} approved by/u);
  expect((await road.run('plan', '--env', 'dev')).out).not.toContain('approval');
}, 240_000);
