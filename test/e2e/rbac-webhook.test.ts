import type { Server } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stepRank } from '../../src/domain/manifest/waves.ts';
import { sampleEnvironment } from '../domain/render/sample-environment.ts';
import { metallbVersions } from '../plane/parts.ts';
import { planeUnavailable } from '../plane/plane.ts';
import { Installation, loadBalancer, namespace } from './rbac-installation.ts';
import { applyRendered } from './rendered-program.ts';
import { mountCertificate, proxyWebhook } from './served-webhook.ts';

const reason = planeUnavailable();

/** Used where a speaker takes over the status objects of another pod, which rbac.test.ts brings about. */
const provenElsewhere: ReadonlySet<string> = new Set([
  'patch metallb.io/servicel2statuses',
  'patch metallb.io/servicebgpstatuses',
]);

/** As much of FRR-K8s' API as the speaker needs to talk to it. */
const frrConfiguration = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'frrconfigurations.frrk8s.metallb.io' },
  spec: {
    group: 'frrk8s.metallb.io',
    scope: 'Namespaced',
    names: { kind: 'FRRConfiguration', plural: 'frrconfigurations', singular: 'frrconfiguration' },
    versions: [
      {
        name: 'v1beta1',
        served: true,
        storage: true,
        schema: { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } },
      },
    ],
  },
};

async function exercise(own: Installation): Promise<void> {
  const { plane, manifests } = own;
  const early = manifests.filter(({ step }) => stepRank(step) <= stepRank('speaker'));
  const late = manifests.filter(({ step }) => stepRank(step) > stepRank('speaker'));
  await plane.kubectlApply(frrConfiguration);
  await applyRendered(plane, early);
  const folder = join(plane.folder, 'k8s-webhook-server', 'serving-certs');
  // Releases before 0.16 look in the temporary folder, whatever they are told.
  const child = await own.controller([`--cert-dir=${folder}`], { TMPDIR: plane.folder });
  await mountCertificate(plane, folder);
  // What an earlier speaker left behind goes before there is a peer.
  const names = async (): Promise<string> => plane.kubectl('get', 'frrconfigurations', '-n', namespace, '-o', 'name');
  await plane.kubectlApply({
    apiVersion: 'frrk8s.metallb.io/v1beta1',
    kind: 'FRRConfiguration',
    metadata: { name: 'metallb-node-1', namespace },
  });
  await own.speaker();
  await expect.poll(names, { timeout: 30_000 }).toBe('');
  await expect
    .poll(async () => plane.kubectlApply(...late.map(({ object }) => object)).catch(() => child.lastWords()), {
      timeout: 120_000,
      interval: 1_000,
    })
    .toContain('ipaddresspool.metallb.io/default serverside-applied');
  const bad = { ...late.find(({ step }) => step === 'pools')?.object, spec: { addresses: ['nonsense'] } };
  await expect(plane.kubectlApply(bad)).rejects.toThrow(/denied the request/u);
  await plane.kubectlApply(...loadBalancer('web'), ...loadBalancer('routed', 'routed'));
  await own.addressOf('routed');
  await expect.poll(names, { timeout: 30_000 }).toContain('metallb-node-1');
  await plane.kubectl('label', 'service', 'routed', 'color=red');
  await plane.kubectl(
    'patch',
    'bgppeer',
    'router',
    '-n',
    namespace,
    '--type=merge',
    '-p',
    '{"spec":{"peerASN":64514}}',
  );
  const asn = ['get', 'frrconfiguration', 'metallb-node-1', '-n', namespace, '-o', 'json'];
  await expect.poll(async () => plane.kubectl(...asn), { timeout: 30_000 }).toContain('64514');
  expect(await own.scrape(own.version === '0.16.1' ? 9120 : 7472)).toBe(200);
  expect(await own.scrape(27_472)).toBe(200);
  await plane.kubectl('delete', 'bfdprofile', 'fast', '-n', namespace);
  await own.statusesGoWith(['servicel2statuses'], 'web', 'routed');
}

describe.skipIf(reason !== undefined).each(metallbVersions)(
  'the rights rendered for MetalLB %s with its webhook and FRR-K8s',
  (version) => {
    let installation: Installation;
    let proxy: Server;
    beforeAll(async () => {
      const { controller } = sampleEnvironment().metallb;
      proxy = await proxyWebhook();
      installation = await Installation.start(version, {
        controller: { ...controller, webhook: true },
        bfdProfiles: [{ name: 'fast', spec: { receiveInterval: 100 } }],
        backend: 'frr-k8s',
      });
    });
    afterAll(async () => {
      await installation.plane.stop();
      proxy.close();
    });

    it('let the webhook rotate its certificate and judge, and the speaker hand sessions over', async () => {
      await exercise(installation);
    });

    it.each(['controller', 'speaker'])('are enough: the %s is never refused', async (component) => {
      expect(await installation.denied(component)).toEqual([]);
    });

    it.each(['controller', 'speaker'])('are no more than enough: the %s uses each', async (component) => {
      const unused = await installation.unused(component);
      expect(unused.filter((grant) => !provenElsewhere.has(grant))).toEqual([]);
    });
  },
);
