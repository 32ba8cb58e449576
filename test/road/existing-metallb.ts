import { findAccess } from '../../src/adapters/kube/find-access.ts';
import { KubeCluster } from '../../src/adapters/kube/kube-cluster.ts';
import type { KubeObject } from '../../src/domain/manifest/kube-object.ts';
import { metalLbKindsOf } from '../../src/domain/metallb/api.ts';
import { crdDocument } from '../../src/domain/metallb/crd-document.ts';
import { configPath } from './config-repository.ts';

const namespace = 'metallb-system';

/** As the chart of MetalLB labels it. */
export const helmController: KubeObject = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: {
    name: 'metallb-controller',
    namespace,
    labels: {
      'app.kubernetes.io/name': 'metallb',
      'app.kubernetes.io/instance': 'metallb',
      'app.kubernetes.io/component': 'controller',
      'app.kubernetes.io/managed-by': 'Helm',
    },
  },
  spec: {
    selector: { matchLabels: { 'app.kubernetes.io/component': 'controller' } },
    template: {
      metadata: { labels: { 'app.kubernetes.io/component': 'controller' } },
      spec: { containers: [{ name: 'controller', image: 'quay.io/metallb/controller:v0.14.9' }] },
    },
  },
};

/** An environment with few objects: it leaves MetalLB itself to others. */
export const resourcesOnly: Readonly<Record<string, string>> = {
  [configPath('dev')]: [
    'metallb:',
    '  install: false',
    '  ipAddressPool:',
    '    - name: default',
    '      addresses:',
    '        - 10.20.0.0/28',
    '    - name: second',
    '      addresses:',
    '        - 10.20.1.0/28',
    '      autoAssign: false',
    '',
  ].join('\n'),
};

/** Puts definitions and a controller into a cluster, as somebody else's installation leaves them. */
export async function installMetalLb(kubeconfig: string): Promise<void> {
  const { signal } = new AbortController();
  const cluster = new KubeCluster(findAccess({ kubeconfig, context: undefined, inCluster: false, env: {} }));
  try {
    const definitions = metalLbKindsOf('0.14.9').map((kind) => crdDocument(kind, '0.14.9'));
    const place: KubeObject = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } };
    for (const object of [place, helmController, ...definitions]) {
      await cluster.apply(object, {}, signal);
    }
    await served(cluster, signal);
  } finally {
    cluster.close();
  }
}

async function served(cluster: KubeCluster, signal: AbortSignal): Promise<void> {
  for (const kind of ['IPAddressPool', 'L2Advertisement']) {
    for (let tries = 0; (await cluster.findKind('metallb.io/v1beta1', kind, signal)) === undefined; tries += 1) {
      if (tries > 200) {
        throw new Error(`${kind} is not served`);
      }
      await new Promise((resolve) => {
        setTimeout(resolve, 25);
      });
    }
  }
}
