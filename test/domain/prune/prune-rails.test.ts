import { describe, expect, it } from 'vitest';
import type { Inventory } from '../../../src/domain/inventory/inventory.ts';
import type { KubeObject } from '../../../src/domain/manifest/kube-object.ts';
import { keyOf, objectIdOf, objectKey, type ObjectId } from '../../../src/domain/manifest/object-id.ts';
import type { Rail } from '../../../src/domain/plan/plan.ts';
import { pruneRails } from '../../../src/domain/prune/prune-rails.ts';
import type { PruneScope, PruneUses } from '../../../src/domain/prune/prune-scope.ts';

function object(
  kind: string,
  name: string,
  more: { readonly namespace?: string; readonly addresses?: string } = {},
): KubeObject {
  const { namespace = 'metallb-system', addresses = '10.0.0.0/24' } = more;
  const clusterWide = kind === 'Namespace' || kind === 'CustomResourceDefinition';
  return {
    apiVersion: 'metallb.io/v1beta1',
    kind,
    metadata: { name, ...(clusterWide ? {} : { namespace }), uid: 'u1' },
    spec: { addresses: [addresses] },
  };
}

function service(name: string, ip: string, annotations: { readonly [name: string]: string } = {}): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace: 'shop', annotations },
    spec: { type: 'LoadBalancer' },
    status: { loadBalancer: { ingress: [{ ip }] } },
  };
}

interface Scene {
  readonly deleted: readonly KubeObject[];
  readonly rendered?: readonly KubeObject[];
  readonly uses?: Partial<PruneUses>;
  readonly scope?: Partial<PruneScope>;
}

/** What is rendered was there before, but for what is new. */
function railsOf({ deleted, rendered = [], uses, scope }: Scene, before = [...deleted, ...rendered]): readonly Rail[] {
  const inventory: Inventory = {
    environment: 'dev',
    revision: undefined,
    entries: new Map(
      before.map((one) => [
        keyOf(one),
        { id: objectIdOf(one), apiVersion: one.apiVersion, uid: 'u1', hash: 'h', state: 'applied' },
      ]),
    ),
  };
  return pruneRails({
    leftovers: deleted.map((one) => ({
      action: 'delete',
      id: objectIdOf(one),
      step: 'pools',
      apiVersion: one.apiVersion,
      live: { uid: 'u1', resourceVersion: '1' },
    })),
    rendered,
    live: new Map(before.map((one) => [keyOf(one), one])),
    inventory,
    scope: { enabled: true, install: true, namespace: 'metallb-system', monitoringDeclined: false, ...scope },
    uses: { services: [], instances: new Map(), ...uses },
  });
}

function codes(rails: readonly Rail[]): readonly string[] {
  return rails.map(({ code }) => code);
}

const staying = ['a', 'b', 'c', 'd'].map((name, at) => object('IPAddressPool', name, { addresses: `10.9.${at}.0/24` }));
const pool = object('IPAddressPool', 'old');

describe('the rails of a prune', () => {
  it('let an unused pool among many go', () => {
    expect(railsOf({ deleted: [pool], rendered: staying })).toEqual([]);
    expect(railsOf({ deleted: [pool], rendered: staying, uses: { services: [service('web', '10.9.0.1')] } })).toEqual(
      [],
    );
  });

  it('name the Services on a pool, and say where another pool has their addresses', () => {
    const uses = { services: [service('web', '10.0.0.7'), service('api', '10.0.0.8'), service('far', '10.9.0.1')] };
    const [rail] = railsOf({ deleted: [pool], rendered: staying, uses });
    expect(rail).toMatchObject({ code: 'pool-in-use', id: { name: 'old' } });
    expect(rail?.reason).toBe('2 Services hold an address of IPAddressPool metallb-system/old: shop/api, shop/web.');
    const cover = [...staying, object('IPAddressPool', 'new')];
    expect(railsOf({ deleted: [pool], rendered: cover, uses })[0]?.reason).toContain(
      'another pool of the configuration',
    );
  });

  it("believe MetalLB's word where a pool cannot be read", () => {
    const broken = object('IPAddressPool', 'old', { addresses: 'nonsense' });
    const held = service('web', '10.0.0.7', { 'metallb.universe.tf/ip-allocated-from-pool': 'old' });
    expect(codes(railsOf({ deleted: [broken], rendered: staying, uses: { services: [held] } }))).toEqual([
      'pool-in-use',
    ]);
  });

  it('count the objects of a definition', () => {
    const definition = object('CustomResourceDefinition', 'bgppeers.metallb.io');
    const others = Array.from({ length: 4 }, (_unused, at) => object('ConfigMap', `kept-${at}`));
    const ids: ObjectId[] = staying.map((one) => objectIdOf(one));
    const instances = (found: readonly ObjectId[]): Partial<PruneUses> => ({
      instances: new Map([[objectKey(objectIdOf(definition)), found]]),
    });
    const [rail] = railsOf({ deleted: [definition], rendered: others, uses: instances(ids) });
    expect(rail).toMatchObject({ code: 'crd-with-objects' });
    expect(rail?.reason).toContain(
      'the 4 objects of its kind: metallb-system/a, metallb-system/b, metallb-system/c and 1 more',
    );
    expect(codes(railsOf({ deleted: [definition], rendered: others, uses: instances([]) }))).toEqual(['shrinks']);
    expect(() => railsOf({ deleted: [definition], rendered: others })).toThrow(/bug/u);
  });

  it('ask for namespaces and for programs, whatever is in them', () => {
    const rendered = Array.from({ length: 20 }, (_unused, at) => object('ConfigMap', `kept-${at}`));
    const uses = { services: [service('web', '10.0.0.7')] };
    const deleted = [object('Namespace', 'lab'), object('Deployment', 'controller'), object('DaemonSet', 'speaker')];
    const rails = railsOf({ deleted, rendered, uses });
    expect(codes(rails)).toEqual(['namespace-deleted', 'program-deleted', 'program-deleted', 'shrinks']);
    expect(rails[2]?.reason).toContain('1 Service holds an address');
  });

  it('ask where MetalLB moves to another namespace', () => {
    const rendered = staying.map((one) => ({ ...one, metadata: { ...one.metadata, namespace: 'lb' } }));
    const rails = railsOf({ deleted: staying, rendered, scope: { namespace: 'lb' } }, staying);
    expect(codes(rails)).toEqual(['namespace-moved', 'shrinks']);
    expect(rails[0]?.reason).toContain('4 objects move from namespace metallb-system to lb');
  });

  it('ask where more than a quarter of the pools goes, or all of them, also where others come', () => {
    const [one, two, three, four] = staying;
    const all = [one, two, three, four].filter((each) => each !== undefined);
    expect(railsOf({ deleted: all.slice(0, 1), rendered: all.slice(1) })).toEqual([]);
    expect(codes(railsOf({ deleted: all.slice(0, 2), rendered: all.slice(2) }))).toEqual(['shrinks']);
    const [rail] = railsOf({ deleted: [pool], rendered: staying }, [pool]);
    expect(rail?.reason).toContain('The last of the address pools is no longer in the configuration');
  });

  it('ask where any part of MetalLB itself goes', () => {
    const others = Array.from({ length: 30 }, (_unused, at) => object('ConfigMap', `kept-${at}`));
    const [rail] = railsOf({ deleted: [object('ConfigMap', 'frr-startup')], rendered: others });
    expect(rail?.reason).toContain("1 of 31 objects of MetalLB's own programs are");
  });

  it('let the parts of the webhook go: no address depends on them', () => {
    const parts = [
      object('ValidatingWebhookConfiguration', 'metallb-webhook-configuration'),
      object('Service', 'metallb-webhook-service'),
      object('Secret', 'metallb-webhook-cert'),
    ];
    expect(railsOf({ deleted: parts, rendered: staying })).toEqual([]);
  });

  it('let monitoring go where the configuration says so', () => {
    const deleted = [object('PrometheusRule', 'r'), object('ServiceMonitor', 's')];
    expect(codes(railsOf({ deleted, rendered: staying }))).toEqual(['shrinks']);
    expect(railsOf({ deleted, rendered: staying, scope: { monitoringDeclined: true } })).toEqual([]);
  });
});
