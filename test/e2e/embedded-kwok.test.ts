import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { planeUnavailable } from '../plane/availability.ts';
import { buildPrograms, programPath } from '../plane/build.ts';
import type { Child } from '../plane/child.ts';
import { type EmbeddedPlane, startEmbedded } from '../plane/embedded.ts';
import { freePorts } from '../plane/free-ports.ts';
import { kwokArguments } from '../plane/plane-arguments.ts';

const reason = planeUnavailable();

function deployment(name: string, nodeSelector: Readonly<Record<string, string>>): unknown {
  const labels = { app: name };
  const spec = { nodeSelector, containers: [{ name: 'c', image: 'example.invalid/c:1' }] };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace: 'default' },
    spec: { replicas: 2, selector: { matchLabels: labels }, template: { metadata: { labels }, spec } },
  };
}

describe.skipIf(reason !== undefined)(`kwok on the embedded control plane ${reason ?? ''}`.trim(), () => {
  let plane: EmbeddedPlane;
  let kwok: Child;
  beforeAll(async () => {
    plane = await startEmbedded({ nodes: 1 });
    await buildPrograms(['kwok']);
    const [port = 0] = await freePorts(1);
    kwok = await plane.start('kwok', programPath('kwok'), kwokArguments(plane, port), {});
  });
  afterAll(async () => {
    await plane.stop();
  });

  async function waitFor(kind: string, select: string, condition: string): Promise<string> {
    return plane.kubectl('wait', `--for=${condition}`, kind, '-l', select, '--timeout=60s');
  }

  it('readies its own nodes, which take pods only then', async () => {
    await plane.kubectlApply({
      apiVersion: 'v1',
      kind: 'Node',
      metadata: { name: 'fake-1', labels: { run: 'kwok' }, annotations: { 'kwok.x-k8s.io/node': 'fake' } },
    });
    await waitFor('node', 'run=kwok', 'condition=Ready');
    const version = ['get', 'nodes', '-o', 'jsonpath={.items[*].status.nodeInfo.kubeletVersion}'];
    expect(await plane.kubectl(...version)).toMatch(/^kwok-\S+ v1\.35/u);
  });

  it('runs the pods on them, the embedded control plane those on its own', async () => {
    await plane.kubectlApply(
      deployment('theirs', { run: 'kwok' }),
      deployment('ours', { 'kubernetes.io/hostname': 'node-1' }),
    );
    for (const name of ['theirs', 'ours']) {
      await plane.kubectl('rollout', 'status', `deployment/${name}`, '--timeout=60s');
    }
    const hosts = ['get', 'pods', '-l', 'app=theirs', '-o', 'jsonpath={.items[*].spec.nodeName}'];
    expect(await plane.kubectl(...hosts)).toBe('fake-1 fake-1');
    const managers = [
      'get',
      'pods',
      '--show-managed-fields',
      '-o',
      'jsonpath={.items[*].metadata.managedFields[*].manager}',
    ];
    const writers = await plane.kubectl(...managers, '-l', 'app=theirs');
    expect(writers.split(' ')).not.toContain('kubelet');
    expect(writers.split(' ')).toContain('kwok');
  });

  it('ends them, and what was on a node that is taken away goes with it', async () => {
    await plane.kubectl('scale', 'deployment/theirs', '--replicas=1');
    await expect
      .poll(async () => plane.kubectl('get', 'pods', '-l', 'app=theirs', '-o', 'name'), { timeout: 60_000 })
      .toMatch(/^pod\/\S+\n$/u);
    await plane.kubectl('delete', 'deployment', 'ours', '--wait=true', '--timeout=60s');
    await plane.kubectl('delete', 'node', 'fake-1');
    const pods = ['get', 'pods', '-o', 'jsonpath={.items[*].spec.nodeName}'];
    await expect.poll(async () => plane.kubectl(...pods), { timeout: 60_000 }).toBe('');
    expect(readFileSync(kwok.logPath, 'utf8')).not.toMatch(/is invalid|unsupported|panic/u);
  });
});
