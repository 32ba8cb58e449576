import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ownOwnership, takeFields, withoutTaken } from '../../../src/domain/adoption/take-fields.ts';
import { fieldManager } from '../../../src/domain/identity.ts';
import type { JsonObject } from '../../../src/domain/json.ts';
import type { KubeObject } from '../../../src/domain/manifest/kube-object.ts';
import { emptySet, fieldSetOf, intersectionOf, isEmptySet, unionOf } from '../../../src/domain/merge/field-set.ts';
import { mergeSchemaFor } from '../../../src/domain/merge/kind-schemas.ts';
import { mergeApply } from '../../../src/domain/merge/merge-apply.ts';
import { parseManagedFields } from '../../../src/domain/merge/ownership.ts';
import { foreseen, managersOf, pool, written } from './objects.ts';

const apiVersion = 'metallb.io/v1beta1';
const everyone = (): boolean => true;

function adopted(live: KubeObject, object: KubeObject): KubeObject {
  const ours = ownOwnership(foreseen(live, object))?.fields ?? emptySet;
  const { managedFields } = takeFields(live, { ours, apiVersion }, everyone);
  return managedFields === undefined ? live : { ...live, metadata: { ...live.metadata, managedFields } };
}

function applied(live: KubeObject, object: KubeObject): KubeObject {
  const schema = mergeSchemaFor(apiVersion, object.kind, []);
  const merged = mergeApply({ live, applied: object, manager: fieldManager, force: false, schema, time: '' });
  if (merged.object === undefined) {
    throw new Error(`conflicts: ${JSON.stringify(merged.conflicts)}`);
  }
  return merged.object;
}

describe('taking fields', () => {
  const nested = pool({ addresses: ['a'], serviceAllocation: { priority: 1 } }, { labels: { team: 'net' } });

  it('takes the mapping with the last of its fields, so that none stays behind empty', () => {
    const live = written({ manager: 'kubectl-client-side-apply', operation: 'Update', object: nested });
    const after = applied(adopted(live, nested), nested);
    expect(managersOf(after.metadata.managedFields)).toEqual(['metalwave Apply']);
    const bare = pool({ addresses: ['a'] });
    expect(applied(after, bare)['spec']).toEqual({ addresses: ['a'] });
    expect(applied(after, bare).metadata.labels).toBeUndefined();
  });

  it('without it a field given up would stay: the former writer holds it', () => {
    const live = written({ manager: 'kubectl-client-side-apply', operation: 'Update', object: nested });
    expect(applied(applied(live, nested), pool({ addresses: ['a'] }))['spec']).toEqual(nested['spec']);
  });

  it('leaves the status to its writer, and entries that it cannot read as they are', () => {
    const live = written({ manager: 'helm', operation: 'Update', object: nested });
    const status = {
      manager: 'controller',
      operation: 'Update',
      apiVersion,
      subresource: 'status',
      fieldsType: 'FieldsV1',
      fieldsV1: { 'f:status': { 'f:assignedIPv4': {} } },
    } as const;
    const strange = {
      manager: 'old',
      operation: 'Update',
      apiVersion,
      fieldsType: 'FieldsV0',
      fieldsV1: { x: 1 },
    } as const;
    const managedFields = [...(live.metadata.managedFields ?? []), status, strange];
    const after = adopted({ ...live, metadata: { ...live.metadata, managedFields } }, nested);
    expect(after.metadata.managedFields?.slice(1)).toEqual([status, strange]);
  });

  it('takes nothing twice', () => {
    const live = written({ manager: 'helm', operation: 'Update', object: nested });
    const once = adopted(live, nested);
    expect(adopted(once, nested)).toBe(once);
  });

  it('gives every taken field to us alone, and no other field changes its owner', () => {
    const element = fc.constantFrom('f:a', 'f:b', 'k:{"name":"x"}', 'v:"y"');
    const set = fc
      .array(fc.array(element, { minLength: 1, maxLength: 3 }), { maxLength: 6 })
      .map((paths) => fieldSetOf(paths));
    fc.assert(
      fc.property(set, set, (theirs, ours) => {
        const left = withoutTaken(theirs, ours);
        expect(isEmptySet(intersectionOf(left, ours))).toBe(true);
        expect(unionOf(left, theirs)).toEqual(unionOf(theirs, emptySet));
      }),
    );
  });

  it('changes no value, whoever wrote what, and what is given up afterwards goes', () => {
    const specs = fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.constantFrom<JsonObject[string]>(1, [1], { x: 1 }));
    const writer = fc.record({
      manager: fc.constantFrom('helm', 'kubectl-edit', 'kubectl'),
      operation: fc.constantFrom('Apply' as const, 'Update' as const),
      object: specs.map((spec) => pool({ keep: true, ...spec })),
    });
    fc.assert(
      fc.property(fc.array(writer, { minLength: 1, maxLength: 3 }), (writers) => {
        const live = written(...writers);
        const object = pool((live['spec'] ?? {}) as JsonObject);
        const after = applied(adopted(live, object), object);
        expect(after['spec']).toEqual(live['spec']);
        const others = parseManagedFields(after.metadata.managedFields).filter((one) => one.manager !== fieldManager);
        expect(others.filter(({ fields }) => fields.children.has('f:spec'))).toEqual([]);
        expect(applied(after, pool({ keep: true }))['spec']).toEqual({ keep: true });
      }),
      { numRuns: 40 },
    );
  });
});
