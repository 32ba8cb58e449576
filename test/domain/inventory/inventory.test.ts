import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sha256 } from '../../../src/adapters/system/digest.ts';
import { applySetId, base64UrlOfHex } from '../../../src/domain/inventory/apply-set.ts';
import { decodeInventory } from '../../../src/domain/inventory/decode-inventory.ts';
import { encodeInventory } from '../../../src/domain/inventory/encode-inventory.ts';
import type { Inventory, InventoryEntry } from '../../../src/domain/inventory/inventory.ts';
import {
  confirmEntry,
  emptyInventory,
  markPending,
  mergeInventories,
  withoutEntries,
} from '../../../src/domain/inventory/widen.ts';
import { asJson, type KubeObject } from '../../../src/domain/manifest/kube-object.ts';
import { groupOf, objectKey } from '../../../src/domain/manifest/object-id.ts';
import { textAt } from '../../../src/domain/json.ts';

function inventory(entries: readonly InventoryEntry[], revision?: string): Inventory {
  return { environment: 'prod', revision, entries: new Map(entries.map((entry) => [objectKey(entry.id), entry])) };
}

function entry(name: string, change: Partial<InventoryEntry> = {}): InventoryEntry {
  const id = { group: 'metallb.io', kind: 'IPAddressPool', namespace: 'metallb-system', name };
  return { id, apiVersion: 'metallb.io/v1beta1', uid: `uid-${name}`, hash: sha256(name), state: 'applied', ...change };
}

function many(count: number): Inventory {
  return inventory(Array.from({ length: count }, (_, index) => entry(`pool-${index}`)));
}

const entries = fc
  .record({
    apiVersion: fc.constantFrom('v1', 'apps/v1', 'metallb.io/v1beta1'),
    kind: fc.constantFrom('ConfigMap', 'Deployment', 'IPAddressPool'),
    namespace: fc.constantFrom('', 'metallb-system', 'a'),
    name: fc.stringMatching(/^[a-z][a-z0-9.-]{0,30}$/u),
    uid: fc.option(fc.uuid(), { nil: undefined }),
    hash: fc.string({ minLength: 1 }),
    state: fc.constantFrom('pending' as const, 'applied' as const),
  })
  .map(({ apiVersion, kind, namespace, name, uid, hash, state }) => ({
    id: { group: groupOf(apiVersion), kind, namespace, name },
    apiVersion,
    uid,
    hash,
    state,
  }));

function usable(configMaps: readonly KubeObject[]): Inventory {
  const decoded = decodeInventory('prod', configMaps);
  if (decoded.state !== 'usable') {
    throw new Error(decoded.reason);
  }
  return decoded.inventory;
}

function withData(change: { readonly [key: string]: string }): readonly KubeObject[] {
  const [head] = encodeInventory(many(2), sha256);
  const data = asJson(head ?? { apiVersion: '', kind: '', metadata: { name: '' } });
  return head === undefined ? [] : [{ ...head, data: { ...(data as { data: object }).data, ...change } }];
}

describe('the stored inventory', () => {
  it('reads back as it was written', () => {
    fc.assert(
      fc.property(fc.array(entries), fc.option(fc.string(), { nil: undefined }), (list, revision) => {
        const written = inventory(list, revision);
        expect(usable(encodeInventory(written, sha256))).toEqual(written);
      }),
    );
  });

  it.each([0, 1, 1_999, 5_000])('holds %i objects, each ConfigMap below 512 KiB', (count) => {
    const written = many(count);
    const stored = encodeInventory(written, sha256);
    expect(usable(stored.toReversed())).toEqual(written);
    for (const configMap of stored) {
      expect(new TextEncoder().encode(JSON.stringify(configMap)).length).toBeLessThan(600 * 1024);
      expect(new TextEncoder().encode(textAt(asJson(configMap), 'data', 'entries') ?? '').length).toBeLessThan(
        512 * 1024,
      );
    }
  });

  it('is empty where nothing was ever stored, also after a first write that broke off', () => {
    const stored = encodeInventory(many(5_000), sha256);
    expect(usable([])).toEqual(emptyInventory('prod'));
    expect(usable(stored.slice(0, -1))).toEqual(emptyInventory('prod'));
  });

  it('is whole after every prefix of the writes that replace it', () => {
    const before = many(4_000);
    const after = many(5_000);
    const old = encodeInventory(before, sha256);
    const writes = encodeInventory(after, sha256);
    writes.forEach((_, index) => {
      const stored = new Map([...old, ...writes.slice(0, index + 1)].map((one) => [one.metadata.name, one]));
      const expected = index === writes.length - 1 ? after : before;
      expect(usable([...stored.values()])).toEqual(expected);
    });
  });

  it('is never read shorter: any missing part is corruption', () => {
    const stored = encodeInventory(many(5_000), sha256);
    expect(stored.length).toBeGreaterThan(2);
    stored.slice(0, -1).forEach((part) => {
      const decoded = decodeInventory(
        'prod',
        stored.filter((one) => one !== part),
      );
      expect(decoded).toMatchObject({
        state: 'unusable',
        cause: 'corrupt',
        reason: `its part ${part.metadata.name} is missing`,
      });
    });
  });

  it.each([
    ['a line lost', { entries: '' }],
    ['a line that is no JSON', { entries: '{' }],
    ['an entry without name', { entries: '{"apiVersion":"v1","kind":"A","hash":"h","state":"applied"}' }],
    [
      'an entry in an unknown state',
      { entries: '{"apiVersion":"v1","kind":"A","name":"a","hash":"h","state":"lost"}' },
    ],
    [
      'a uid that is no text',
      { entries: '{"apiVersion":"v1","kind":"A","name":"a","uid":1,"hash":"h","state":"applied"}' },
    ],
    ['no format', { format: '' }],
    ['another environment', { environment: 'dev' }],
  ])('is refused with %s', (_what, change) => {
    expect(decodeInventory('prod', withData(change))).toMatchObject({ state: 'unusable', cause: 'corrupt' });
  });

  it('that was copied from another set is refused', () => {
    const stored = encodeInventory(many(2), sha256);
    expect(decodeInventory('prod', stored, applySetId('prod', sha256))).toMatchObject({ state: 'usable' });
    expect(decodeInventory('prod', stored, applySetId('dev', sha256))).toMatchObject({
      state: 'unusable',
      cause: 'corrupt',
    });
  });

  it('of a newer format is left to the newer version', () => {
    expect(decodeInventory('prod', withData({ format: '2' }))).toMatchObject({
      state: 'unusable',
      cause: 'newer-format',
    });
  });

  it('is an ApplySet that other tools can read', () => {
    const head = encodeInventory(
      inventory([
        entry('a'),
        { ...entry('b'), id: { group: '', kind: 'Namespace', namespace: '', name: 'n' }, apiVersion: 'v1' },
      ]),
      sha256,
    ).at(-1);
    const id = `applyset-${Buffer.from(sha256('inventory-prod.metalwave-system.ConfigMap.'), 'hex').toString('base64url')}-v1`;
    expect(applySetId('prod', sha256)).toBe(id);
    expect(head?.metadata).toMatchObject({
      name: 'inventory-prod',
      namespace: 'metalwave-system',
      labels: { 'applyset.kubernetes.io/id': id, 'metalwave.io/environment': 'prod' },
      annotations: {
        'applyset.kubernetes.io/tooling': 'metalwave/v1',
        'applyset.kubernetes.io/contains-group-kinds': 'IPAddressPool.metallb.io,Namespace',
        'applyset.kubernetes.io/additional-namespaces': 'metallb-system',
      },
    });
  });

  it('writes base64url as Node does', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        const buffer = Buffer.from(bytes);
        expect(base64UrlOfHex(buffer.toString('hex'))).toBe(buffer.toString('base64url'));
      }),
    );
  });
});

describe('widening an inventory', () => {
  const object: KubeObject = {
    apiVersion: 'metallb.io/v1beta1',
    kind: 'IPAddressPool',
    metadata: { name: 'a', namespace: 'metallb-system' },
  };
  const { id } = entry('a');
  const key = objectKey(id);

  it('marks what is about to be applied and confirms it afterwards', () => {
    const pending = markPending(emptyInventory('prod'), [{ id, hash: 'h', object }]);
    expect(pending.entries.get(key)).toMatchObject({ state: 'pending', uid: undefined, hash: 'h' });
    expect(confirmEntry(pending, { id, hash: 'h', object }, 'u').entries.get(key)).toMatchObject({
      state: 'applied',
      uid: 'u',
    });
    expect(confirmEntry(pending, { id, hash: 'h', object }, undefined).entries.get(key)?.state).toBe('pending');
  });

  it('drops the uid of an object that is gone when it is about to be made anew', () => {
    const pending = markPending(inventory([entry('a')]), [{ id, hash: 'h', object }]);
    expect(pending.entries.get(key)?.uid).toBeUndefined();
    const update = markPending(inventory([entry('a')]), [{ id, hash: 'h', object, live: { uid: 'uid-a' } }]);
    expect(update.entries.get(key)?.uid).toBe('uid-a');
  });

  it('forgets nothing in a merge and trusts nothing that two records disagree on', () => {
    const merged = mergeInventories(
      inventory([entry('a'), entry('b')], 'one'),
      inventory([entry('a', { hash: 'other' }), entry('c')], 'two'),
    );
    expect([...merged.entries.values()].map((one) => `${one.id.name} ${one.state}`)).toEqual([
      'a pending',
      'b applied',
      'c applied',
    ]);
    expect(merged.revision).toBe('two');
    expect(withoutEntries(merged, [key]).entries.size).toBe(2);
  });
});
