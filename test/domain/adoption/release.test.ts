import { describe, expect, it } from 'vitest';
import { printRelease } from '../../../src/domain/adoption/print-release.ts';
import { lettingOf, planRelease, type ReleaseVerdict } from '../../../src/domain/adoption/release.ts';
import type { Inventory, InventoryEntry } from '../../../src/domain/inventory/inventory.ts';
import type { KubeObject } from '../../../src/domain/manifest/kube-object.ts';
import { keyOf, objectIdOf } from '../../../src/domain/manifest/object-id.ts';
import { managersOf, pool, rendered, withVersion, written } from './objects.ts';

const spec = { addresses: ['192.168.1.240/28'] };
const ours = written({ manager: 'metalwave', operation: 'Apply', object: rendered(spec) });

function inventoryOf(entry: Partial<InventoryEntry> = {}): Inventory {
  const { apiVersion } = ours;
  const whole = { id: objectIdOf(ours), apiVersion, uid: 'u1', hash: 'h', state: 'applied', ...entry } as const;
  return { environment: 'dev', revision: undefined, entries: new Map([[keyOf(ours), whole]]) };
}

function verdictOf(live: KubeObject | undefined, entry: Partial<InventoryEntry> = {}): ReleaseVerdict | undefined {
  const found = new Map(live === undefined ? [] : [[keyOf(live), live]]);
  return planRelease(inventoryOf(entry), found, () => true).objects[0]?.verdict;
}

describe('letting go', () => {
  it('tells what is ours from what is gone, replaced, or bears nothing of ours', () => {
    expect(verdictOf(ours)).toBe('release');
    expect(verdictOf(ours, { uid: undefined, state: 'pending' })).toBe('release');
    expect(verdictOf(undefined)).toBe('gone');
    expect(verdictOf(ours, { uid: 'another' })).toBe('replaced');
    expect(verdictOf(written({ manager: 'helm', operation: 'Update', object: pool(spec) }))).toBe('untouched');
  });

  it('takes our fields and our labels off, and leaves those of others', () => {
    const labels = { team: 'net' };
    const live = written(
      { manager: 'kubectl', operation: 'Apply', object: pool({ autoAssign: true }, { labels }) },
      { manager: 'metalwave', operation: 'Apply', object: rendered(spec) },
      { manager: 'metalwave', operation: 'Update', object: pool({ avoidBuggyIPs: true }) },
    );
    const letting = lettingOf(live, 'dev');
    expect(letting?.withoutLabels).toEqual(['app.kubernetes.io/managed-by', 'metalwave.io/environment']);
    expect(managersOf(letting?.managedFields)).toEqual(['kubectl Apply']);
  });

  it("leaves a record that is in nobody's way where we were the only owner", () => {
    expect(lettingOf(ours, 'dev')?.managedFields).toEqual([
      {
        manager: 'before-first-apply',
        operation: 'Update',
        apiVersion: 'metallb.io/v1beta1',
        fieldsType: 'FieldsV1',
        fieldsV1: { 'f:metadata': {} },
      },
    ]);
  });

  it('leaves labels alone that say something else', () => {
    const labels = { 'app.kubernetes.io/managed-by': 'Helm', 'metalwave.io/environment': 'prod' };
    expect(lettingOf(withVersion(pool(spec, { labels })), 'dev')).toBeUndefined();
  });

  it('is about the chosen objects alone', () => {
    const found = new Map([[keyOf(ours), ours]]);
    expect(planRelease(inventoryOf(), found, () => false).objects).toEqual([]);
  });

  it('says what it would do, and that nothing is deleted', () => {
    const plan = planRelease(inventoryOf(), new Map([[keyOf(ours), ours]]), () => true);
    expect(printRelease(plan)).toBe(
      `Release plan for environment dev

- release IPAddressPool metallb-system/default

Field ownership, labels and inventory entries of Metalwave go; every other value stays, and nothing is deleted.
Release: 1 to let go, 0 to forget.
`,
    );
  });
});
