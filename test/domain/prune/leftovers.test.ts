import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Inventory, InventoryEntry } from '../../../src/domain/inventory/inventory.ts';
import type { KubeObject } from '../../../src/domain/manifest/kube-object.ts';
import { keyOf, objectIdOf, objectKey, type ObjectKey } from '../../../src/domain/manifest/object-id.ts';
import { leftoversOf, type Leftover } from '../../../src/domain/prune/leftovers.ts';
import { pruneRails } from '../../../src/domain/prune/prune-rails.ts';
import type { PruneScope } from '../../../src/domain/prune/prune-scope.ts';

const scope: PruneScope = { enabled: true, install: true, namespace: 'metallb-system', monitoringDeclined: false };
const managed = [{ manager: 'metalwave', operation: 'Apply' as const, fieldsV1: { 'f:spec': {} } }];

interface Thing {
  readonly kind: string;
  readonly name: string;
  readonly uid?: string;
  readonly label?: string | undefined;
  readonly managed?: boolean;
  readonly kept?: boolean;
  readonly namespace?: string;
}

const apiVersions: { readonly [kind: string]: string } = {
  IPAddressPool: 'metallb.io/v1beta1',
  L2Advertisement: 'metallb.io/v1beta1',
  Namespace: 'v1',
  ConfigMap: 'v1',
  Deployment: 'apps/v1',
  DaemonSet: 'apps/v1',
  CustomResourceDefinition: 'apiextensions.k8s.io/v1',
};

function thing({
  kind,
  name,
  uid = 'u1',
  label = 'dev',
  managed: ours = true,
  kept = false,
  namespace,
}: Thing): KubeObject {
  const place = ['Namespace', 'CustomResourceDefinition'].includes(kind)
    ? {}
    : { namespace: namespace ?? 'metallb-system' };
  return {
    apiVersion: apiVersions[kind] ?? 'v1',
    kind,
    metadata: {
      name,
      ...place,
      uid,
      resourceVersion: '7',
      labels: label === 'none' ? {} : { 'metalwave.io/environment': label },
      annotations: kept ? { 'metalwave.io/prune': 'disabled' } : {},
      managedFields: ours ? managed : [],
    },
    spec: { addresses: [`10.0.${name.length}.0/24`] },
  };
}

function entry(object: KubeObject, changes: Partial<InventoryEntry> = {}): InventoryEntry {
  return { id: objectIdOf(object), apiVersion: object.apiVersion, uid: 'u1', hash: 'h', state: 'applied', ...changes };
}

function inventoryOf(...entries: readonly InventoryEntry[]): Inventory {
  return { environment: 'dev', revision: undefined, entries: new Map(entries.map((one) => [objectKey(one.id), one])) };
}

const kept = thing({ kind: 'ConfigMap', name: 'kept' });

function decide(
  entries: readonly InventoryEntry[],
  live: readonly KubeObject[],
  changes: Partial<PruneScope> = {},
): readonly Leftover[] {
  return leftoversOf({
    inventory: inventoryOf(...entries),
    rendered: new Set([keyOf(kept)]),
    live: new Map(live.map((one) => [keyOf(one), one])),
    missingKinds: new Set(),
    scope: { ...scope, ...changes },
  });
}

function actionOf(object: KubeObject, changes: Partial<InventoryEntry> = {}, more: Partial<PruneScope> = {}): string {
  return decide([entry(object, changes)], [object], more)
    .map(({ action }) => action)
    .join();
}

const pool = thing({ kind: 'IPAddressPool', name: 'old' });

describe('what is left over', () => {
  it('is deleted where it is ours by uid, label and fields', () => {
    expect(actionOf(pool)).toBe('delete');
    expect(actionOf(pool, {}, { enabled: false })).toBe('orphan');
  });

  it.each([
    [
      'another object under its name that claims to be ours',
      thing({ kind: 'IPAddressPool', name: 'old', uid: 'u2' }),
      'orphan',
    ],
    [
      'another object under its name',
      thing({ kind: 'IPAddressPool', name: 'old', uid: 'u2', managed: false }),
      'forget',
    ],
    [
      'an object that another environment has taken over',
      thing({ kind: 'IPAddressPool', name: 'old', label: 'prod' }),
      'release',
    ],
    ['an object whose label was taken away', thing({ kind: 'IPAddressPool', name: 'old', label: 'none' }), 'orphan'],
    [
      'an object of which another manager holds every field',
      thing({ kind: 'IPAddressPool', name: 'old', managed: false }),
      'orphan',
    ],
    ['an object that a person keeps', thing({ kind: 'IPAddressPool', name: 'old', kept: true }), 'orphan'],
    ['the namespace with the state of Metalwave', thing({ kind: 'Namespace', name: 'metalwave-system' }), 'orphan'],
    ['a namespace of the cluster', thing({ kind: 'Namespace', name: 'kube-system' }), 'orphan'],
    [
      'anything beside the state of Metalwave',
      thing({ kind: 'ConfigMap', name: 'x', namespace: 'metalwave-system' }),
      'orphan',
    ],
  ])('never deletes %s', (_what, object, action) => {
    expect(actionOf(object)).toBe(action);
  });

  it('takes an entry that was never confirmed for ours only with our fields and our label', () => {
    const pending = { uid: undefined, state: 'pending' } as const;
    expect(actionOf(pool, pending)).toBe('delete');
    expect(actionOf(thing({ kind: 'IPAddressPool', name: 'old', label: 'none' }), pending)).toBe('orphan');
    expect(actionOf(thing({ kind: 'IPAddressPool', name: 'old', managed: false }), pending)).toBe('forget');
  });

  it('deletes nothing by an inventory that was recorded in another cluster', () => {
    const others = ['a', 'b'].map((name) => thing({ kind: 'ConfigMap', name, uid: 'elsewhere' }));
    const entries = [...others.map((one) => entry(one)), entry(pool, { uid: undefined, state: 'pending' })];
    expect(decide(entries, [...others, pool]).map(({ action }) => action)).toEqual(['orphan', 'orphan', 'orphan']);
  });

  it('deletes nothing where nothing is rendered', () => {
    const left = leftoversOf({
      inventory: inventoryOf(entry(pool)),
      rendered: new Set(),
      live: new Map([[keyOf(pool), pool]]),
      missingKinds: new Set(),
      scope,
    });
    expect(left).toMatchObject([{ action: 'orphan' }]);
  });

  it.each([
    ['goes, with sync.prune off too: nobody serves it any more', {}, { enabled: false }, 'delete'],
    ['stays where a person keeps it', { kept: true }, {}, 'orphan'],
    ['is let go with MetalLB itself', {}, { install: false }, 'release'],
  ])('where it is a webhook configuration, %s', (_case, facts, changes, action) => {
    const webhook = thing({ kind: 'ValidatingWebhookConfiguration', name: 'old', ...facts });
    expect(decide([entry(webhook)], [webhook], changes)).toMatchObject([{ action }]);
  });

  it('says nothing of a kind that is not served', () => {
    const missingKinds = new Set(['metallb.io/v1beta1 IPAddressPool']);
    const inventory = inventoryOf(entry(pool));
    expect(leftoversOf({ inventory, rendered: new Set([keyOf(kept)]), live: new Map(), missingKinds, scope })).toEqual(
      [],
    );
  });

  it('goes through the steps in reverse, webhooks before their programs', () => {
    const kinds = [
      'Namespace',
      'CustomResourceDefinition',
      'ConfigMap',
      'Deployment',
      'DaemonSet',
      'IPAddressPool',
      'L2Advertisement',
    ];
    const objects = kinds.map((kind) => thing({ kind, name: 'old' }));
    const order = decide(
      objects.map((one) => entry(one)),
      objects,
    ).map(({ id }) => id.kind);
    expect(order).toEqual(kinds.toReversed());
  });

  it('is only ever deleted where it is in the inventory, lives as the same object, is ours and is rendered no more', () => {
    const anyThing = fc.record({
      kind: fc.constantFrom(...Object.keys(apiVersions)),
      name: fc.constantFrom('a', 'b', 'metalwave-system', 'default'),
      uid: fc.constantFrom('u1', 'u2'),
      label: fc.constantFrom('dev', 'dev', 'dev', 'prod', 'none'),
      managed: fc.boolean(),
      kept: fc.boolean(),
      inLive: fc.boolean(),
      inInventory: fc.boolean(),
      isRendered: fc.boolean(),
      knownUid: fc.constantFrom('u1', 'u1', undefined),
      state: fc.constantFrom('applied' as const, 'pending' as const),
    });
    const flags = fc.record({ enabled: fc.boolean(), install: fc.boolean(), missing: fc.boolean() });
    fc.assert(
      fc.property(fc.array(anyThing, { maxLength: 12 }), flags, (things, { enabled, install, missing }) => {
        const unique = [...new Map(things.map((one) => [keyOf(thing(one)), one])).values()];
        const entries = unique.filter((one) => one.inInventory);
        const rendered = unique.filter((one) => one.isRendered).map((one) => thing(one));
        const live = new Map(unique.filter((one) => one.inLive).map((one) => [keyOf(thing(one)), thing(one)]));
        const inventory = inventoryOf(
          ...entries.map((one) =>
            entry(thing(one), { uid: one.knownUid, state: one.knownUid === undefined ? 'pending' : one.state }),
          ),
        );
        const asked = { ...scope, enabled, install };
        const missingKinds = new Set(missing ? ['metallb.io/v1beta1 IPAddressPool'] : []);
        const leftovers = leftoversOf({
          inventory,
          rendered: new Set(rendered.map((one) => keyOf(one))),
          live,
          missingKinds,
          scope: asked,
        });
        const deleted = leftovers.filter(({ action }) => action === 'delete').map(({ id }) => objectKey(id));
        const mayGo = entries
          .filter((one) => one.inLive && !one.isRendered && one.managed && one.label === 'dev' && !one.kept)
          .filter((one) => one.knownUid === undefined || one.knownUid === one.uid)
          .filter((one) => one.name !== 'metalwave-system' || one.kind !== 'Namespace')
          .filter((one) => install || one.kind === 'IPAddressPool' || one.kind === 'L2Advertisement')
          .map((one) => keyOf(thing(one)));
        expect(mayGo).toEqual(expect.arrayContaining(deleted));
        expect(enabled && rendered.length > 0 ? [] : deleted).toEqual([]);
        const uses = { services: [], instances: new Map(deleted.map((key): [ObjectKey, []] => [key, []])) };
        const rails = pruneRails({ leftovers, rendered, live, inventory, scope: asked, uses });
        const named = new Set(rails.flatMap(({ id }) => (id === undefined ? [] : [objectKey(id)])));
        expect(deleted.filter((key) => /^(?:Namespace|Deployment|DaemonSet)/u.test(key) && !named.has(key))).toEqual(
          [],
        );
      }),
      { numRuns: 300 },
    );
  });
});
