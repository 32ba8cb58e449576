import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { planeUnavailable } from '../plane/availability.ts';
import { type ClientSettings, clientProgram, clientReport } from '../plane/clients.ts';
import { type EmbeddedPlane, startEmbedded } from '../plane/embedded.ts';
import { type Plane, startPlane } from '../plane/plane.ts';

const reason = planeUnavailable();

const definition = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'things.clients.example.com' },
  spec: {
    group: 'clients.example.com',
    names: { kind: 'Thing', plural: 'things' },
    scope: 'Namespaced',
    versions: [
      {
        name: 'v1',
        served: true,
        storage: true,
        schema: {
          openAPIV3Schema: {
            type: 'object',
            properties: {
              spec: {
                type: 'object',
                properties: { size: { type: 'integer' }, colour: { type: 'string', default: 'red' } },
              },
            },
          },
        },
      },
    ],
  },
};

const settings: readonly ClientSettings[] = [
  { content: 'protobuf', watchList: true },
  { content: 'json', watchList: false },
];

describe.skipIf(reason !== undefined)(`client-go ${reason ?? ''}`.trim(), () => {
  let real: Plane;
  let embedded: EmbeddedPlane;
  beforeAll(async () => {
    await clientProgram();
    [real, embedded] = await Promise.all([startPlane({ controllers: true }), startEmbedded({ nodes: 0 })]);
    for (const plane of [real, embedded]) {
      await plane.kubectlApply(definition);
      await plane.kubectl('wait', '--for=condition=Established', 'crd', '--all', '--timeout=60s');
    }
  }, 600_000);
  afterAll(async () => {
    await embedded.stop();
    await real.stop();
  });

  it.each(settings)(
    'sees the same of the embedded control plane as of the real one: $content, list by watch: $watchList',
    async (chosen) => {
      const [theirs, ours] = await Promise.all([
        clientReport(real.kubeconfig, chosen),
        clientReport(embedded.kubeconfig, chosen),
      ]);
      expect(ours).toEqual(theirs);
      expect(ours.length).toBeGreaterThan(30);
      expect(ours.filter((line) => line.includes('failed:'))).toEqual([]);
    },
    200_000,
  );
});
