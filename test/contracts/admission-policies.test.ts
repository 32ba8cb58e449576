import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startSandbox } from '../../src/adapters/sandbox/start-sandbox.ts';
import type { Sandbox } from '../../src/adapters/sandbox/start-sandbox.ts';
import { systemClock } from '../../src/adapters/system/clock.ts';
import { openTemplateRenderer } from '../../src/adapters/template/template-renderer.ts';
import type { MetalLbSettings } from '../../src/domain/environment/environment.ts';
import { releaseSettings, sampleEnvironment } from '../domain/render/sample-environment.ts';
import { frrOnly, serviceCases, specCases } from '../e2e/admission-cases.ts';
import { askToCreate } from '../e2e/admission-request.ts';
import type { Answer } from '../e2e/admission-request.ts';
import { ApiClient } from './kube-api/api-client.ts';

const renderer = await openTemplateRenderer();

/** The same objects and verdicts as on the real API server, in the end-to-end test of the same name. */
describe('the checks of an installation on the embedded control plane', () => {
  let sandbox: Sandbox | undefined;
  let client: ApiClient | undefined;
  const folder = mkdtempSync(join(tmpdir(), 'metalwave-admission-'));
  const ca = join(folder, 'ca.crt');

  const ask = async (kind: string, body: object): Promise<Answer> =>
    askToCreate({ server: sandbox?.server ?? '', adminToken: sandbox?.token ?? '', ca }, kind, body);
  const askForSpec = async (kind: string, spec: object): Promise<Answer> =>
    ask(kind, { metadata: { name: 'asked' }, spec });

  const install = async (more: Partial<MetalLbSettings>): Promise<void> => {
    const steps = ['namespace', 'crds', 'admission'];
    const manifests = renderer.render(sampleEnvironment({ engine: 'native', ...more }));
    for (const { step, object } of steps.flatMap((name) => manifests.filter((one) => one.step === name))) {
      const group = object.apiVersion === 'v1' ? '/api/v1' : `/apis/${object.apiVersion}`;
      const plural = `${object.kind.toLowerCase().replace(/y$/u, 'ie')}s`;
      const path = `${group}/${plural}/${object.metadata.name}?fieldManager=test&force=true`;
      const type = 'application/apply-patch+yaml';
      const answer = await client?.call({ method: 'PATCH', path, body: object, type });
      expect([step, object.metadata.name, answer?.code]).toEqual([
        step,
        object.metadata.name,
        expect.toBeOneOf([200, 201]),
      ]);
    }
    await vi.waitFor(async () => {
      expect((await askForSpec('IPAddressPool', { addresses: ['dhcp'] })).status).toBe(422);
    });
  };

  const verdicts = async (): Promise<readonly number[]> =>
    Promise.all(frrOnly.map(async (spec) => (await askForSpec('BGPPeer', spec)).status));

  beforeAll(async () => {
    sandbox = await startSandbox({ clock: systemClock, nodes: 0 });
    writeFileSync(ca, sandbox.certificate);
    client = new ApiClient(sandbox.server, sandbox.token, sandbox.certificate);
    await install({ ...releaseSettings('0.15'), backend: 'frr' });
  });
  afterAll(async () => {
    client?.close();
    await sandbox?.stop();
    rmSync(folder, { recursive: true });
  });

  it.each(specCases)('of a %s %j say %j', async (kind, spec, refusal) => {
    const { status, message, warnings } = await askForSpec(kind, spec);
    expect([status, message, warnings]).toEqual(
      refusal === undefined ? [201, '', ''] : [422, expect.stringContaining(refusal), ''],
    );
  });

  it.each(serviceCases)('warn of a Service with %j and %j: %j', async (annotations, spec, warning) => {
    const { status, warnings } = await ask('Service', {
      metadata: { name: 'asked', annotations },
      spec: { type: 'LoadBalancer', ports: [{ port: 80 }], ...spec },
    });
    expect([status, warnings]).toEqual([201, warning === undefined ? '' : expect.stringContaining(warning)]);
  });

  it('take with FRR what the native backend refuses', async () => {
    expect(await verdicts()).toEqual(frrOnly.map(() => 201));
    await install({ ...releaseSettings('0.15'), backend: 'native' });
    expect(await verdicts()).toEqual(frrOnly.map(() => 422));
  });
});
