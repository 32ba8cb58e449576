import { describe, expect, it } from 'vitest';
import type { KubeObject } from '../../../src/domain/manifest/kube-object.ts';
import { detectMetalLb } from '../../../src/domain/metallb/detect.ts';

type Labels = { readonly [name: string]: string };

function workload(kind: string, labels: Labels, image: string, selector: Labels = labels): KubeObject {
  const spec = { selector: { matchLabels: selector }, template: { spec: { containers: [{ name: 'c', image }] } } };
  return { apiVersion: 'apps/v1', kind, metadata: { name: 'metallb', labels }, spec };
}

const plain = { app: 'metallb', component: 'controller' };
const helm = { 'app.kubernetes.io/name': 'metallb', 'app.kubernetes.io/component': 'controller' };

describe('a MetalLB that is there already', () => {
  it.each([
    ['its own manifests', plain, 'quay.io/metallb/controller:v0.15.2', '0.15.2'],
    ['its chart', helm, 'quay.io/metallb/controller:v0.14.9', '0.14.9'],
    ['a mirror with a digest', plain, 'registry.local:5000/metallb/controller:v0.16.1@sha256:00', '0.16.1'],
    ['a repackaged image', plain, 'docker.io/bitnami/metallb-controller:0.14.9-debian-12', '0.14.9'],
  ])('is recognised with its version from %s', (_name, labels, image, version) => {
    expect(detectMetalLb([workload('Deployment', labels, image)], [])).toMatchObject({ version });
  });

  it('gives the labels of both kinds of pods, as their selectors have them', () => {
    const selector = { ...helm, 'app.kubernetes.io/instance': 'lb' };
    const speaker = { ...selector, 'app.kubernetes.io/component': 'speaker' };
    const found = detectMetalLb(
      [workload('Deployment', helm, 'quay.io/metallb/controller:v0.15.2', selector)],
      [workload('DaemonSet', speaker, 'quay.io/metallb/speaker:v0.15.2')],
    );
    expect(found?.podLabels).toEqual({ controller: selector, speaker });
  });

  it('takes the version label where the image has no readable tag', () => {
    const labels = { ...helm, 'app.kubernetes.io/version': 'v0.15.2' };
    expect(detectMetalLb([workload('Deployment', labels, 'mirror/lb:latest')], [])?.version).toBe('0.15.2');
  });

  it.each([
    ['another program', workload('Deployment', { app: 'web' }, 'quay.io/metallb/controller:v0.15.2')],
    [
      'its speaker',
      workload('Deployment', { app: 'metallb', component: 'speaker' }, 'quay.io/metallb/speaker:v0.15.2'),
    ],
    ['an image without a version', workload('Deployment', plain, 'quay.io/metallb/controller:main')],
  ])('is not taken for %s', (_name, object) => {
    expect(detectMetalLb([object], [])).toBeUndefined();
  });
});
