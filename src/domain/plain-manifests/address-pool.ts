import { isJsonObject, textAt, valueAt } from '../json.ts';
import type { Contribution, ManifestDocument } from './contribution.ts';
import { legacyPool } from './legacy-config.ts';
import { findingAt, originBelow } from './origin.ts';
import { unknownKeys } from './object-keys.ts';

/** The kind AddressPool, which MetalLB had before IPAddressPool, as the pool and the advertisements it stands for. */
export function addressPool(document: ManifestDocument): Contribution {
  const { origin, value } = document;
  const spec = valueAt(value, 'spec');
  const name = valueAt(value, 'metadata', 'name');
  const namespace = textAt(value, 'metadata', 'namespace');
  const converted = legacyPool({
    fields: isJsonObject(spec) ? spec : {},
    origin: originBelow(origin, 'spec'),
    name,
    nameOrigin: originBelow(origin, 'metadata', 'name'),
    namespace,
    namespaceOrigin: originBelow(origin, 'metadata', ...(namespace === undefined ? [] : ['namespace'])),
  });
  const legacy = findingAt(originBelow(origin, 'kind'), {
    code: 'legacy-format',
    message: 'The kind AddressPool was removed in MetalLB 0.14.2: the API server refuses the document.',
    remedy: 'Write an IPAddressPool with the addresses, and an L2Advertisement or BGPAdvertisement that names it.',
  });
  return {
    resources: converted.resources,
    services: [],
    findings: [legacy, ...unknownKeys(document, 'AddressPool'), ...converted.findings],
  };
}
