import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTemplateRenderer } from '../../src/adapters/template/template-renderer.ts';
import type { MetalLbSettings } from '../../src/domain/environment/environment.ts';
import { listAt, numberAt, type Json } from '../../src/domain/json.ts';
import type { Manifest } from '../../src/domain/manifest/manifest.ts';
import { parseAddressEntry } from '../../src/domain/pool/address-entry.ts';
import { releaseSettings, sampleEnvironment } from '../domain/render/sample-environment.ts';
import { type Plane, planeUnavailable, startPlane } from '../plane/plane.ts';
import { frrOnly, serviceCases, specCases } from './admission-cases.ts';
import { askToCreate, type Answer } from './admission-request.ts';

const reason = planeUnavailable();
const renderer = await openTemplateRenderer();

function render(more: Partial<MetalLbSettings>): readonly Manifest[] {
  return renderer.render(sampleEnvironment({ engine: 'native', ...more }));
}

function isSeen(policy: Json): boolean {
  return numberAt(policy, 'status', 'observedGeneration') === numberAt(policy, 'metadata', 'generation');
}

/** What the type checker of the control plane says of each policy, once it has looked at all of them. */
async function typeWarnings(plane: Plane): Promise<readonly string[]> {
  const read = async (): Promise<readonly Json[]> =>
    listAt(JSON.parse(await plane.kubectl('get', 'validatingadmissionpolicies', '-o', 'json')) as Json, 'items');
  await expect.poll(async () => (await read()).every((policy) => isSeen(policy)), { timeout: 60_000 }).toBe(true);
  return (await read()).flatMap((policy) =>
    listAt(policy, 'status', 'typeChecking', 'expressionWarnings').map((warning) => JSON.stringify(warning)),
  );
}

async function install(plane: Plane, more: Partial<MetalLbSettings>): Promise<void> {
  const objects = (step: string): readonly unknown[] =>
    render(more).flatMap((manifest) => (manifest.step === step ? [manifest.object] : []));
  await plane.kubectlApply(...objects('namespace'), ...objects('crds'));
  await plane.kubectl('wait', '--for=condition=Established', 'crd', '--all', '--timeout=60s');
  await plane.kubectlApply(...objects('admission'));
}

describe.skipIf(reason !== undefined)('the checks that the API server runs by itself', () => {
  let plane: Plane;
  const ask = async (kind: string, spec: object): Promise<Answer> =>
    askToCreate(plane, kind, { metadata: { name: 'asked' }, spec });
  const askForPool = async (addresses: readonly string[]): Promise<Answer> => ask('IPAddressPool', { addresses });

  const verdicts = async (): Promise<readonly number[]> =>
    Promise.all(frrOnly.map(async (spec) => (await ask('BGPPeer', spec)).status));

  beforeAll(async () => {
    plane = await startPlane({ controllers: true });
    await plane.kubectlApply(
      ...render({}).flatMap(({ step, object }) => (step === 'namespace' || step === 'crds' ? [object] : [])),
    );
    await plane.kubectl('wait', '--for=condition=Established', 'crd', '--all', '--timeout=60s');
    const metadata = { name: 'old', namespace: 'metallb-system' };
    const old = { apiVersion: 'metallb.io/v1beta1', kind: 'IPAddressPool', metadata, spec: { addresses: ['dhcp'] } };
    await plane.kubectlApply(old);
  });
  afterAll(async () => {
    await plane.stop();
  });

  it.each([
    ['0.14', 'native'],
    ['0.16', 'native'],
    ['0.15', 'frr'],
  ] as const)('know every field they ask about, with MetalLB %s and backend %s', async (line, backend) => {
    await install(plane, { ...releaseSettings(line), backend });
    expect(await typeWarnings(plane)).toEqual([]);
  });

  it('are in force', async () => {
    const wrong: readonly (readonly [kind: string, spec: object])[] = [
      ['IPAddressPool', { addresses: ['dhcp'] }],
      ['L2Advertisement', { ipAddressPools: ['a', 'a'] }],
      ['BGPAdvertisement', { localPref: -1 }],
      ['Community', { communities: [{ name: 'a', value: 'b:c' }] }],
      ['BGPPeer', { myASN: 0 }],
    ];
    const statuses = async (): Promise<readonly number[]> =>
      Promise.all(wrong.map(async ([kind, spec]) => (await ask(kind, spec)).status));
    await expect.poll(statuses, { timeout: 60_000 }).toEqual(wrong.map(() => 422));
  });

  it.each(specCases)('of a %s %j say %j', async (kind, spec, refusal) => {
    const { status, message, warnings } = await ask(kind, spec);
    expect([status, message, warnings]).toEqual(
      refusal === undefined ? [201, '', ''] : [422, expect.stringContaining(refusal), ''],
    );
  });

  it.each(serviceCases)(
    'let every Service pass; of one with %j and %j they warn: %j',
    async (annotations, spec, warning) => {
      const { status, warnings } = await askToCreate(plane, 'Service', {
        metadata: { name: 'asked', annotations },
        spec: { type: 'LoadBalancer', ports: [{ port: 80 }], ...spec },
      });
      expect(status).toBe(201);
      expect(warnings).toEqual(warning === undefined ? '' : expect.stringContaining(warning));
    },
  );

  it('leave an object alone that was wrong before them, until its spec is changed', async () => {
    const old = ['ipaddresspool', 'old', '-n', 'metallb-system'];
    await plane.kubectl('label', ...old, 'seen=yes');
    const change = ['--type=merge', '-p', '{"spec":{"addresses":["dhcp","10.0.0.0/24"]}}'];
    await expect(plane.kubectl('patch', ...old, ...change)).rejects.toThrow('dhcp');
    await plane.kubectl('patch', ...old, '--type=merge', '-p', '{"spec":{"addresses":["10.0.0.0/24"]}}');
    await plane.kubectl('delete', ...old);
  });

  it('read addresses as validate does, whatever the entry', async () => {
    for (const addresses of fc.sample(someEntries, { numRuns: 150, seed: 7 })) {
      const { status, message } = await askForPool(addresses);
      expect([addresses, status, message]).toEqual([addresses, isPool(addresses) ? 201 : 422, expect.anything()]);
    }
  });

  it('take with FRR what the native backend refuses', async () => {
    expect(await verdicts()).toEqual(frrOnly.map(() => 201));
    await install(plane, { ...releaseSettings('0.15'), backend: 'native' });
    await expect.poll(verdicts, { timeout: 60_000 }).toEqual(frrOnly.map(() => 422));
  });
});

/** Few enough addresses to meet, of both families, in every notation. */
const someEntries = fc.array(
  fc.oneof(
    fc
      .tuple(fc.nat(3), fc.nat(255), fc.integer({ min: 18, max: 33 }))
      .map(([high, low, length]) => `10.0.${high}.${low}/${length}`),
    fc
      .tuple(fc.nat(2), fc.nat(255), fc.nat(2), fc.nat(256))
      .map(([high, low, high2, low2]) => `10.0.${high}.${low}-10.0.${high2}.${low2}`),
    fc
      .tuple(fc.nat(3), fc.nat(0xffff), fc.integer({ min: 58, max: 129 }))
      .map(([high, low, length]) => `fd00:0:0:${high.toString(16)}::${low.toString(16)}/${length}`),
    fc
      .tuple(fc.nat(0xf), fc.nat(0xffff), fc.nat(0xf), fc.nat(0x1_0fff))
      .map(
        ([high, low, high2, low2]) =>
          `fd00::${high.toString(16)}:${low.toString(16)}-FD00:0::${high2.toString(16)}:${low2.toString(16)}`,
      ),
  ),
  { minLength: 1, maxLength: 3 },
);

/** The oracle: our own parser, and every pair of ranges compared. */
function isPool(addresses: readonly string[]): boolean {
  const ranges = addresses.flatMap((text) => {
    const entry = parseAddressEntry(text);
    return entry.ok ? [entry.value.range] : [];
  });
  const isApart = ranges.every((one, index) =>
    ranges.every(
      (other, at) => at === index || one.family !== other.family || one.last < other.first || other.last < one.first,
    ),
  );
  return ranges.length === addresses.length && isApart;
}
