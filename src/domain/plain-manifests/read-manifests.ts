import { isJsonObject, listAt, textAt } from '../json.ts';
import { type Contribution, joined, type ManifestDocument, nothing, type ReadInnerYaml } from './contribution.ts';
import { readLegacyManifest } from './legacy-manifest.ts';
import { isOfMetalLb, readMetalLbObject } from './metallb-object.ts';
import { originBelow } from './origin.ts';
import { isBesideMetalLb } from './services/service-facts.ts';
import { annotationsBesideServices } from './services/stray-annotations.ts';

/** What one document has to do with MetalLB; undefined where it has nothing. */
export function readManifest(document: ManifestDocument, readInner: ReadInnerYaml): Contribution | undefined {
  const { origin, value } = document;
  if (textAt(value, 'kind') === 'List') {
    const items = listAt(value, 'items').flatMap((item, index) =>
      isJsonObject(item) ? [readManifest({ origin: originBelow(origin, 'items', index), value: item }, readInner)] : [],
    );
    const found = items.filter((item) => item !== undefined);
    return found.length === 0 ? undefined : joined(...found);
  }
  if (isOfMetalLb(document)) {
    return readMetalLbObject(document);
  }
  if (textAt(value, 'kind') === 'Service' && isBesideMetalLb(value)) {
    return { ...nothing, services: [document] };
  }
  const stray = annotationsBesideServices(document);
  if (stray.length > 0) {
    return { ...nothing, findings: stray };
  }
  const legacy = readLegacyManifest(document, readInner);
  return legacy.findings.length === 0 ? undefined : legacy;
}
