import { describe, expect, it } from 'vitest';
import type { KubeObject } from '../../../src/domain/manifest/kube-object.ts';
import { needsDryRun } from '../../../src/domain/plan/make-plan.ts';
import { hashManifests } from '../../../src/domain/plan/plan-input.ts';
import { sha256 } from '../../../src/adapters/system/digest.ts';
import { markPending } from '../../../src/domain/inventory/widen.ts';
import { objectIdOf } from '../../../src/domain/manifest/object-id.ts';
import { applied, inventoryOf, object, planOf, pool, type Scene } from './objects.ts';

const desired = pool('default', '10.0.0.0/24');
const rule = object(
  '{apiVersion: monitoring.coreos.com/v1, kind: PrometheusRule, metadata: {name: r, namespace: m}, spec: {}}',
);
const definition = object(`
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: ipaddresspools.metallb.io}
spec: {group: metallb.io, names: {kind: IPAddressPool}, versions: [{name: v1beta1}]}`);

function actions(scene: Scene): readonly string[] {
  return planOf(scene).changes.map((change) => `${change.action} ${change.id.name}`);
}

function dryRun(result: KubeObject): readonly (readonly [KubeObject, { kind: 'object'; object: KubeObject }])[] {
  return [[result, { kind: 'object', object: result }]];
}

describe('makePlan', () => {
  it('creates what is not there, in the order of the steps and then of the keys', () => {
    const rendered = [
      { step: 'rules' as const, object: rule },
      { step: 'pools' as const, object: pool('b') },
      { step: 'pools' as const, object: pool('a') },
      { step: 'crds' as const, object: definition },
    ];
    expect(actions({ rendered })).toEqual(['create ipaddresspools.metallb.io', 'create a', 'create b', 'create r']);
  });

  it('keeps what was applied last and still stands, without a dry run', () => {
    const scene = {
      rendered: [{ step: 'pools' as const, object: desired }],
      live: [applied(desired)],
      inventory: inventoryOf(desired),
    };
    expect(actions(scene)).toEqual(['keep default']);
    const [manifest] = hashManifests(scene.rendered, sha256);
    const entry = scene.inventory.entries.values().next().value;
    expect(manifest !== undefined && needsDryRun(manifest, scene.live[0], entry)).toBe(false);
    expect(manifest !== undefined && needsDryRun(manifest, undefined, entry)).toBe(false);
    expect(manifest !== undefined && needsDryRun(manifest, scene.live[0], undefined)).toBe(true);
  });

  it('updates what a dry run would change and says which fields', () => {
    const live = applied(pool('default', '10.0.1.0/24'));
    const [change] = planOf({
      rendered: [{ step: 'pools', object: desired }],
      live: [live],
      dryRuns: dryRun(applied(desired)),
    }).changes;
    expect(change).toMatchObject({
      action: 'update',
      fields: [{ path: 'spec.addresses[0]', before: '10.0.1.0/24', after: '10.0.0.0/24' }],
      live: { uid: 'uid-1', resourceVersion: '7' },
    });
  });

  it('keeps an object whose dry run changes neither values nor owners, whatever the inventory lost', () => {
    const live = applied(desired);
    expect(actions({ rendered: [{ step: 'pools', object: desired }], live: [live], dryRuns: dryRun(live) })).toEqual([
      'keep default',
    ]);
  });

  it('updates an object of the same values that is not ours yet', () => {
    const live = { ...applied(desired), metadata: { ...applied(desired).metadata, managedFields: [] } };
    const [change] = planOf({
      rendered: [{ step: 'pools', object: desired }],
      live: [live],
      dryRuns: dryRun(applied(desired)),
    }).changes;
    expect(change).toMatchObject({ action: 'update', fields: [] });
  });

  it('never keeps an object that is being deleted', () => {
    const leaving = { ...applied(desired), metadata: { ...applied(desired).metadata, deletionTimestamp: 'now' } };
    expect(
      actions({
        rendered: [{ step: 'pools', object: desired }],
        live: [leaving],
        inventory: inventoryOf(desired),
        dryRuns: dryRun(leaving),
      }),
    ).toEqual(['update default']);
  });

  it('reports who stands in the way', () => {
    const conflicts = [{ manager: 'kubectl-edit', field: '.spec.addresses' }];
    const [change] = planOf({
      rendered: [{ step: 'pools', object: desired }],
      live: [applied(desired)],
      dryRuns: [[desired, { kind: 'conflict', conflicts }]],
    }).changes;
    expect(change).toMatchObject({ action: 'conflict', conflicts });
  });

  it('does without the checks of a server that has no such kind, and says what checks instead', () => {
    const apiVersion = 'admissionregistration.k8s.io/v1';
    const object = { apiVersion, kind: 'ValidatingAdmissionPolicy', metadata: { name: 'p' } };
    const missingKinds = [`${apiVersion} ValidatingAdmissionPolicy`];
    const [change] = planOf({ rendered: [{ step: 'admission', object }], missingKinds }).changes;
    expect(change?.action).toBe('skip');
    expect(JSON.stringify(change)).toContain('since 1.30');
  });

  it('skips monitoring where its kinds are not served, and refuses to go without any other kind', () => {
    const missingKinds = ['monitoring.coreos.com/v1 PrometheusRule', 'metallb.io/v1beta1 IPAddressPool'];
    expect(actions({ rendered: [{ step: 'rules', object: rule }], missingKinds })).toEqual(['skip r']);
    expect(() => planOf({ rendered: [{ step: 'pools', object: desired }], missingKinds })).toThrow(/does not serve/u);
    expect(
      actions({
        rendered: [
          { step: 'pools', object: desired },
          { step: 'crds', object: definition },
        ],
        missingKinds,
      }),
    ).toEqual(['create ipaddresspools.metallb.io', 'create default']);
  });

  it('calls an orphan only what is ours, lives, and is rendered no more', () => {
    const inventory = inventoryOf(desired);
    expect(actions({ rendered: [], live: [applied(desired)], inventory })).toEqual(['orphan default']);
    expect(actions({ rendered: [], live: [applied(desired, 'another-uid')], inventory })).toEqual(['forget default']);
    expect(actions({ rendered: [], live: [], inventory })).toEqual(['forget default']);
  });

  it('does not claim an object that a broken run only meant to apply', () => {
    const live = { ...applied(desired), metadata: { ...applied(desired).metadata, managedFields: [] } };
    const write = { id: objectIdOf(desired), hash: 'h', object: desired, live: { uid: 'uid-1' } };
    const inventory = markPending(inventoryOf(), [write]);
    expect(actions({ rendered: [], live: [live], inventory })).toEqual(['forget default']);
    expect(actions({ rendered: [], live: [applied(desired)], inventory })).toEqual(['orphan default']);
  });

  it('calls a missing dry run and a doubled object bugs', () => {
    const one = { step: 'pools' as const, object: desired };
    expect(() => planOf({ rendered: [one], live: [applied(desired)] })).toThrow(/bug: no dry run/u);
    expect(() => planOf({ rendered: [one, one] })).toThrow(/rendered twice/u);
  });
});

describe('the plan hash', () => {
  const rendered = [{ step: 'pools' as const, object: desired }];
  const inventory = inventoryOf(desired);
  const base = planOf({ rendered, live: [applied(desired)], inventory }).hash;

  it('outlives status writes and new resource versions', () => {
    const live = {
      ...applied(desired),
      status: { assignedIPv4: 3 },
      metadata: { ...applied(desired).metadata, resourceVersion: '99' },
    };
    expect(planOf({ rendered, live: [live], inventory }).hash).toBe(base);
    expect(base).toMatch(/^sha256:[0-9a-f]{64}$/u);
  });

  it('changes with the configuration and with the live spec', () => {
    const drifted = { ...applied(desired), spec: { addresses: ['10.9.9.0/24'] } };
    const other = pool('default', '10.0.7.0/24');
    const hashes = [
      planOf({ rendered, live: [drifted], inventory, dryRuns: dryRun(applied(desired)) }).hash,
      planOf({ rendered, live: [], inventory }).hash,
      planOf({
        rendered: [{ step: 'pools', object: other }],
        live: [applied(desired)],
        inventory,
        dryRuns: dryRun(applied(other)),
      }).hash,
    ];
    expect(new Set([base, ...hashes]).size).toBe(4);
  });
});
