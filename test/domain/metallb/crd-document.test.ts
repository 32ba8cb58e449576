import { describe, expect, it } from 'vitest';
import { isJsonArray, isJsonObject, type Json, listAt, textAt, valueAt } from '../../../src/domain/json.ts';
import { metalLbApi, metalLbKindsOf } from '../../../src/domain/metallb/api.ts';
import { crdDocument } from '../../../src/domain/metallb/crd-document.ts';
import { readUpstreamCrds, upstreamCrdFolder } from './upstream-crds.ts';

/** What a CRD means, without the words: descriptions, messages and annotations go, required lists are sets. */
function meaningOf(value: Json, parentKey = ''): Json {
  if (isJsonArray(value)) {
    const items = value.map((item) => meaningOf(item));
    return parentKey === 'required'
      ? items.toSorted((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b)))
      : items;
  }
  if (!isJsonObject(value)) {
    return value;
  }
  const kept: { [key: string]: Json } = {};
  for (const [key, inner] of Object.entries(value)) {
    const isText = typeof inner === 'string';
    const wording =
      isText && ['description', 'message', 'deprecationWarning'].includes(key) && parentKey !== 'properties';
    if (!wording && key !== 'annotations' && key !== 'creationTimestamp') {
      kept[key] = meaningOf(inner, key);
    }
  }
  return kept;
}

describe.each(['0.14.9', '0.15.2', '0.15.3', '0.16.1', '0.16.2'])('the CRDs of MetalLB %s', (release) => {
  const missing = upstreamCrdFolder(release) === undefined;
  const reason = missing ? ' (skipped: the Go module cache has no such module)' : '';

  it.skipIf(missing)(`are the kinds that upstream ships${reason}`, () => {
    const upstream = readUpstreamCrds(release).map((crd) => textAt(crd as Json, 'spec', 'names', 'kind') ?? '');
    expect([...metalLbKindsOf(release)].toSorted()).toEqual(upstream.toSorted());
  });

  it.skipIf(missing)(`mean what upstream's mean in every word but the wording${reason}`, () => {
    for (const upstream of readUpstreamCrds(release)) {
      const kind = metalLbApi.find((entry) => `${entry.plural}.metallb.io` === upstream.metadata.name);
      if (kind === undefined) {
        throw new Error(`the table lacks ${upstream.metadata.name}`);
      }
      const ours = crdDocument(kind.kind, release, { webhook: true }) as Json;
      const { conversion: _conversion, ...spec } = valueAt(ours, 'spec') as { [key: string]: Json };
      expect(meaningOf(spec)).toEqual(meaningOf(valueAt(upstream as Json, 'spec') ?? null));
    }
  });
});

describe('a CRD document', () => {
  it("serves BGPPeer v1beta1 without the webhook, too, since MetalLB's programs do not start without it", () => {
    const without = crdDocument('BGPPeer', '0.15.2') as Json;
    expect(listAt(without, 'spec', 'versions').map((version) => textAt(version, 'name'))).toContain('v1beta1');
    expect(valueAt(without, 'spec', 'conversion')).toBeUndefined();
  });

  it("converts through the webhook in MetalLB's namespace and leaves the CA bundle to MetalLB", () => {
    const crd = crdDocument('BGPPeer', '0.15.2', { webhook: true, namespace: 'lb' }) as Json;
    expect(valueAt(crd, 'spec', 'conversion', 'webhook', 'clientConfig')).toEqual({
      service: { namespace: 'lb', name: 'metallb-webhook-service', path: '/convert' },
    });
  });

  it('takes a line for its tested release', () => {
    expect(crdDocument('IPAddressPool', '0.15')).toEqual(crdDocument('IPAddressPool', '0.15.2'));
    expect(metalLbKindsOf('0.15')).not.toContain('ConfigurationState');
    expect(metalLbKindsOf('0.15.3')).toContain('ConfigurationState');
    expect(metalLbKindsOf('0.14')).not.toContain('ServiceBGPStatus');
  });

  it('is never asked for a kind that the release does not have', () => {
    expect(() => crdDocument('ConfigurationState', '0.15.2')).toThrow(/has no kind/);
  });

  it('is the same at every call', () => {
    expect(JSON.stringify(crdDocument('BGPPeer', '0.16.1'))).toBe(JSON.stringify(crdDocument('BGPPeer', '0.16.1')));
  });
});
