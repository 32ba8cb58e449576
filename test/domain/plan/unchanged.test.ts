import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sha256 } from '../../../src/adapters/system/digest.ts';
import type { InventoryEntry } from '../../../src/domain/inventory/inventory.ts';
import { isJsonArray, isJsonObject, type Json } from '../../../src/domain/json.ts';
import type { KubeObject } from '../../../src/domain/manifest/kube-object.ts';
import { objectIdOf } from '../../../src/domain/manifest/object-id.ts';
import { hashManifests } from '../../../src/domain/plan/plan-input.ts';
import { isUnchanged } from '../../../src/domain/plan/unchanged.ts';
import { applied, object, pool } from './objects.ts';

function hashOf(desired: KubeObject): string {
  return hashManifests([{ step: 'pools', object: desired }], sha256)[0]?.hash ?? '';
}

function entryOf(desired: KubeObject, change: Partial<InventoryEntry> = {}): InventoryEntry {
  const id = objectIdOf(desired);
  return { id, apiVersion: desired.apiVersion, uid: 'uid-1', hash: hashOf(desired), state: 'applied', ...change };
}

function ask(desired: KubeObject, live: KubeObject, entry: InventoryEntry | undefined = entryOf(desired)): boolean {
  return isUnchanged({ desired, live, entry, hash: hashOf(desired), fieldManager: 'metalwave' });
}

const leaf = fc.oneof(fc.string(), fc.integer(), fc.boolean());
const { value } = fc.letrec<{ value: Json; filled: Json }>((tie) => ({
  filled: fc.oneof(
    leaf,
    fc.array(tie('value'), { minLength: 1, maxLength: 3 }),
    fc.dictionary(fc.constantFrom('a', 'b', 'c', 'name'), tie('value'), { minKeys: 1, maxKeys: 3 }),
  ),
  value: fc.oneof({ depthSize: 'small' }, leaf, tie('filled')),
}));
const specs = fc.dictionary(fc.constantFrom('x', 'y', 'z'), value, { minKeys: 1 });

/** Every way to change one leaf of a value to something else. */
function mutations(here: Json): readonly Json[] {
  if (isJsonArray(here)) {
    return here.flatMap((item, index) => mutations(item).map((other) => here.with(index, other)));
  }
  if (isJsonObject(here)) {
    return Object.entries(here).flatMap(([key, item]) => mutations(item).map((other) => ({ ...here, [key]: other })));
  }
  return [[here, 'other']];
}

function withForeignKeys(here: Json): Json {
  return isJsonObject(here)
    ? { ...Object.fromEntries(Object.entries(here).map(([key, item]) => [key, withForeignKeys(item)])), foreign: true }
    : here;
}

function withSpec(spec: Json): KubeObject {
  return { ...pool('default'), spec };
}

describe('isUnchanged', () => {
  it('sees any single changed leaf', () => {
    fc.assert(
      fc.property(specs, (spec) => {
        const desired = withSpec(spec);
        const live = applied(desired);
        expect(ask(desired, live)).toBe(true);
        for (const other of mutations(spec)) {
          expect(ask(desired, { ...live, spec: other })).toBe(false);
        }
      }),
    );
  });

  it('does not mind fields of others', () => {
    fc.assert(
      fc.property(specs, (spec) => {
        const desired = withSpec(spec);
        const live = { ...applied(desired), spec: withForeignKeys(spec), status: { assigned: 3 } };
        expect(ask(desired, live)).toBe(true);
      }),
    );
  });

  const desired = pool('default', '10.0.0.0/24');
  const live = applied(desired);

  it.each([
    ['the inventory does not know it', undefined],
    ['a write of it was never confirmed', entryOf(desired, { state: 'pending' })],
    ['something else was applied last', entryOf(desired, { hash: 'other' })],
    ['it was made anew since', entryOf(desired, { uid: 'uid-0' })],
    ['its uid was never known', entryOf(desired, { uid: undefined })],
  ])('asks the server when %s', (_why, entry) => {
    expect(isUnchanged({ desired, live, entry, hash: hashOf(desired), fieldManager: 'metalwave' })).toBe(false);
  });

  it('asks the server when it is being deleted', () => {
    expect(ask(desired, { ...live, metadata: { ...live.metadata, deletionTimestamp: '2026-01-01T00:00:00Z' } })).toBe(
      false,
    );
  });

  it('asks the server when another has taken a field, though its value stands', () => {
    const managedFields = [{ manager: 'metalwave', operation: 'Apply' as const, fieldsV1: { 'f:spec': {} } }];
    const taken = { ...managedFields[0], fieldsV1: { 'f:spec': { 'f:autoAssign': {} } } };
    expect(ask(desired, { ...live, metadata: { ...live.metadata, managedFields: [taken] } })).toBe(false);
    expect(ask(desired, { ...live, metadata: { ...live.metadata, managedFields: [] } })).toBe(false);
  });

  it('sees an address that someone added to a list', () => {
    expect(ask(desired, { ...live, spec: { addresses: ['10.0.0.0/24', '10.0.1.0/24'] } })).toBe(false);
  });

  it('finds elements of keyed lists by the key the server names, with its defaults', () => {
    const service = object(`
apiVersion: v1
kind: Service
metadata: {name: web, namespace: n}
spec: {ports: [{port: 443, name: https}]}`);
    const set = {
      'f:spec': { 'f:ports': { 'k:{"port":443,"protocol":"TCP"}': { '.': {}, 'f:port': {}, 'f:name': {} } } },
    };
    const there = {
      ...service,
      metadata: {
        ...applied(service).metadata,
        managedFields: [{ manager: 'metalwave', operation: 'Apply' as const, fieldsV1: set }],
      },
      spec: {
        ports: [
          { port: 80, protocol: 'TCP' },
          { port: 443, protocol: 'TCP', name: 'https', targetPort: 443 },
        ],
      },
    };
    expect(ask(service, there)).toBe(true);
    expect(ask(service, { ...there, spec: { ports: [{ port: 443, protocol: 'TCP', name: 'other' }] } })).toBe(false);
  });
});
