import { describe, expect, it } from 'vitest';
import { giveAddresses } from '../../../src/adapters/sandbox/controllers/load-balancers.ts';
import { listAt, textAt } from '../../../src/domain/json.ts';
import type { KubeObject } from '../../../src/domain/manifest/kube-object.ts';

const namespace = 'metallb-system';

function controller(container: object, availableReplicas = 1): KubeObject {
  const template = { metadata: { labels: { app: 'metallb' } }, spec: { containers: [{ name: 'c', ...container }] } };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'controller', namespace, labels: { app: 'metallb' } },
    spec: { template },
    status: { availableReplicas },
  };
}
const upstream = controller({ image: 'quay.io/metallb/controller:v0.15.2' });

function pool(name: string, addresses: readonly string[], spec: object = {}): KubeObject {
  return {
    apiVersion: 'metallb.io/v1beta1',
    kind: 'IPAddressPool',
    metadata: { name, namespace },
    spec: { addresses, ...spec },
  };
}

function service(
  name: string,
  more: {
    readonly annotations?: { readonly [key: string]: string };
    readonly holds?: string;
    readonly spec?: object;
  } = {},
): KubeObject {
  const clusterIPs = ['10.96.0.1'];
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace: 'default', annotations: more.annotations ?? {} },
    spec: { type: 'LoadBalancer', clusterIP: '10.96.0.1', clusterIPs, ports: [{ port: 80 }], ...more.spec },
    status: { loadBalancer: more.holds === undefined ? {} : { ingress: [{ ip: more.holds }] } },
  };
}

/** `name=address,address` of each Service whose status was written. */
function given(...objects: readonly KubeObject[]): readonly string[] {
  const written: string[] = [];
  giveAddresses({
    list: (_, kind) => objects.filter((object) => object.kind === kind),
    writeStatus: ({ metadata }, status) => {
      const ingress = listAt(status, 'loadBalancer', 'ingress').map((one) => textAt(one, 'ip') ?? '');
      written.push(`${metadata.name}=${ingress.join()}`);
    },
  });
  return written;
}

describe("MetalLB's controller on the embedded control plane", () => {
  const small = pool('a', ['192.0.2.0/30']);

  it('gives the first free addresses, and leaves those that are held', () => {
    const services = [service('one'), service('two', { holds: '192.0.2.0' }), service('three')];
    expect(given(upstream, small, ...services)).toEqual(['one=192.0.2.1', 'three=192.0.2.2']);
  });

  it('obeys requests for an address and for a pool', () => {
    const byHand = pool('b', ['198.51.100.0/24'], { autoAssign: false });
    const asked = service('asked', { annotations: { 'metallb.io/loadBalancerIPs': '192.0.2.3' } });
    const chosen = service('chosen', { annotations: { 'metallb.io/address-pool': 'b' } });
    expect(given(upstream, small, byHand, asked, chosen)).toEqual(['asked=192.0.2.3', 'chosen=198.51.100.0']);
  });

  it('gives both families to who requires both', () => {
    const both = pool('a', ['192.0.2.0/30', '2001:db8::/126']);
    const spec = {
      clusterIPs: ['10.96.0.1', 'fd00::1'],
      ipFamilies: ['IPv4', 'IPv6'],
      ipFamilyPolicy: 'RequireDualStack',
    };
    expect(given(upstream, both, service('dual', { spec }))).toEqual(['dual=192.0.2.0,2001:db8::']);
  });

  it('takes an address that is in no pool any more', () => {
    expect(given(upstream, small, service('lost', { holds: '203.0.113.1' }))).toEqual(['lost=192.0.2.0']);
    expect(given(upstream, service('lost', { holds: '203.0.113.1' }))).toEqual(['lost=']);
  });

  it('changes nothing while the configuration is refused', () => {
    const overlapping = pool('b', ['192.0.2.2/32']);
    expect(given(upstream, small, overlapping, service('one'), service('two', { holds: '203.0.113.1' }))).toEqual([]);
  });

  it.each([
    ['is not available', controller({ image: 'quay.io/metallb/controller:v0.15.2' }, 0)],
    [
      'is our own program',
      controller({ image: 'ghcr.io/metalwave/metalwave:0.1.0', command: ['metalwave', 'controller'] }),
    ],
  ])('gives nothing where the controller %s', (_, deployment) => {
    expect(given(deployment, small, service('one'))).toEqual([]);
  });

  it('passes over Services of another class and another type', () => {
    const other = service('other', { spec: { loadBalancerClass: 'example.com/other' } });
    expect(given(upstream, small, other, service('inner', { spec: { type: 'ClusterIP' } }))).toEqual([]);
  });
});
