import { describe, expect, it } from 'vitest';
import { conflictMessage } from '../../../src/domain/merge/merge-apply.ts';
import { updateOwnership } from '../../../src/domain/merge/update-ownership.ts';
import { appliedObject, applyService, later, service, serviceSchema, time } from './apply-fixture.ts';

const http = { port: 80, protocol: 'TCP', name: 'http' };
const https = { port: 443, protocol: 'TCP', name: 'https' };

describe('server-side apply of one manager', () => {
  it('creates the object and owns what it said', () => {
    const object = appliedObject(applyService(undefined, service({ type: 'LoadBalancer', ports: [http] }), 'a'));
    expect(object['spec']).toEqual({ type: 'LoadBalancer', ports: [http] });
    expect(object.metadata.managedFields).toEqual([
      {
        manager: 'a',
        operation: 'Apply',
        apiVersion: 'v1',
        time,
        fieldsType: 'FieldsV1',
        fieldsV1: {
          'f:spec': {
            'f:ports': {
              'k:{"port":80,"protocol":"TCP"}': { '.': {}, 'f:name': {}, 'f:port': {}, 'f:protocol': {} },
            },
            'f:type': {},
          },
        },
      },
    ]);
  });

  it('changes nothing, the time included, when the same is applied again', () => {
    const first = appliedObject(applyService(undefined, service({ type: 'LoadBalancer', ports: [http] }), 'a'));
    const again = applyService(first, service({ type: 'LoadBalancer', ports: [http] }), 'a', { time: later });
    expect(again.object).toEqual(first);
  });

  it('removes what it no longer says', () => {
    const first = appliedObject(applyService(undefined, service({ type: 'LoadBalancer', ports: [http, https] }), 'a'));
    const second = appliedObject(applyService(first, service({ ports: [https] }), 'a'));
    expect(second['spec']).toEqual({ ports: [https] });
  });

  it('removes a declared mapping with its last field', () => {
    const first = appliedObject(applyService(undefined, service({}, { app: 'web' }), 'a'));
    expect(appliedObject(applyService(first, service({}), 'a')).metadata.labels).toBeUndefined();
  });

  it('counts an absent key of a keyed list as its default', () => {
    const first = appliedObject(applyService(undefined, service({ ports: [http] }), 'a'));
    const second = appliedObject(applyService(first, service({ ports: [{ port: 80, name: 'web' }] }), 'a'));
    // The key given up is filled in again by the server's defaults.
    expect(second['spec']).toEqual({ ports: [{ port: 80, name: 'web' }] });
  });
});

describe('server-side apply of two managers', () => {
  const live = appliedObject(applyService(undefined, service({ type: 'LoadBalancer', ports: [http] }), 'a'));

  it('shares a field at equal values, and leaves it while one still wants it', () => {
    const both = appliedObject(applyService(live, service({ type: 'LoadBalancer' }), 'b'));
    const one = appliedObject(applyService(both, service({ ports: [http] }), 'a'));
    expect(one['spec']).toEqual({ type: 'LoadBalancer', ports: [http] });
    const none = appliedObject(applyService(one, service({}), 'b'));
    expect(none['spec']).toEqual({ ports: [http] });
  });

  it('gives a sharer that changed nothing no time', () => {
    const both = appliedObject(applyService(live, service({ type: 'LoadBalancer' }), 'b'));
    expect(both.metadata.managedFields?.map((entry) => [entry.manager, entry.time])).toEqual([
      ['b', undefined],
      ['a', time],
    ]);
  });

  it('stops at a field of the other at another value', () => {
    const result = applyService(live, service({ type: 'ClusterIP' }), 'b');
    expect(result.conflicts?.map(({ manager, field }) => ({ manager, field }))).toEqual([
      { manager: 'a', field: '.spec.type' },
    ]);
    expect(conflictMessage(result.conflicts ?? [])).toBe('Apply failed with 1 conflict: conflict with "a": .spec.type');
  });

  it('names fields in keyed lists by their keys and groups several by manager', () => {
    const result = applyService(live, service({ type: 'ClusterIP', ports: [{ ...http, name: 'x' }] }), 'b');
    expect(conflictMessage(result.conflicts ?? [])).toBe(
      [
        'Apply failed with 2 conflicts: conflicts with "a":',
        '- .spec.type',
        '- .spec.ports[port=80,protocol="TCP"].name',
      ].join('\n'),
    );
  });

  it('takes the field when forced', () => {
    const taken = appliedObject(applyService(live, service({ type: 'ClusterIP' }), 'b', { force: true, time: later }));
    expect(taken['spec']).toEqual({ type: 'ClusterIP', ports: [http] });
    const owners = taken.metadata.managedFields?.map((entry) => [entry.manager, JSON.stringify(entry.fieldsV1)]);
    expect(owners?.[0]?.[1]).not.toContain('f:type');
    expect(owners?.[1]).toEqual(['b', '{"f:spec":{"f:type":{}}}']);
  });

  it('puts the applied order first and leaves foreign elements where they stood', () => {
    const dns = { port: 53, protocol: 'UDP', name: 'dns' };
    const two = appliedObject(applyService(live, service({ ports: [https] }), 'b'));
    const three = appliedObject(applyService(two, service({ ports: [dns, http] }), 'a'));
    expect(three['spec']).toMatchObject({ ports: [dns, http, https] });
  });
});

describe('updates', () => {
  it('own what they create, save the containers that the type itself always has', () => {
    const created = updateOwnership({
      live: undefined,
      updated: service({ type: 'ClusterIP' }),
      manager: 'kubectl-create',
      schema: serviceSchema,
      time,
    });
    expect(created.metadata.managedFields?.[0]?.fieldsV1).toEqual({ 'f:spec': { 'f:type': {} } });
  });

  it('take a field from an applier, who then conflicts', () => {
    const live = appliedObject(applyService(undefined, service({ type: 'LoadBalancer' }), 'a'));
    const updated = updateOwnership({
      live,
      updated: { ...live, spec: { type: 'ClusterIP' } },
      manager: 'edit',
      schema: serviceSchema,
      time,
    });
    const result = applyService(updated, service({ type: 'LoadBalancer' }), 'a');
    expect(conflictMessage(result.conflicts ?? [])).toBe(
      'Apply failed with 1 conflict: conflict with "edit" using v1: .spec.type',
    );
  });

  it('keep a field alive that an applier gives up', () => {
    const created = updateOwnership({
      live: undefined,
      updated: service({ type: 'ClusterIP' }),
      manager: 'u',
      schema: serviceSchema,
      time,
    });
    const shared = appliedObject(applyService(created, service({ type: 'ClusterIP' }), 'a'));
    expect(appliedObject(applyService(shared, service({}), 'a'))['spec']).toEqual({ type: 'ClusterIP' });
  });

  it('leave the record alone when nothing changes, and reset it when asked', () => {
    const live = appliedObject(applyService(undefined, service({ type: 'ClusterIP' }), 'a'));
    const input = { live, manager: 'u', schema: serviceSchema, time: later };
    expect(updateOwnership({ ...input, updated: live })).toEqual(live);
    const reset = updateOwnership({ ...input, updated: { ...live, metadata: { name: 'web', managedFields: [] } } });
    expect(reset.metadata.managedFields).toBeUndefined();
  });

  it('fold the oldest updaters so that the record stays bounded', () => {
    let live = service({ type: 'ClusterIP' });
    live = updateOwnership({ live: undefined, updated: live, manager: 'u0', schema: serviceSchema, time });
    for (let index = 1; index < 30; index += 1) {
      const updated = service(
        { type: 'ClusterIP' },
        Object.fromEntries([...Array(index).keys()].map((i) => [`l${i}`, 'x'])),
      );
      const kept = { ...updated, metadata: { ...updated.metadata, managedFields: live.metadata.managedFields ?? [] } };
      live = updateOwnership({ live, updated: kept, manager: `u${index}`, schema: serviceSchema, time });
    }
    expect(live.metadata.managedFields?.length).toBe(10);
    expect(live.metadata.managedFields?.[0]?.manager).toBe('ancient-changes');
  });
});
