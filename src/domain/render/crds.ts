import type { Environment } from '../environment/environment.ts';
import type { Manifest } from '../manifest/manifest.ts';
import { metalLbKindsOf } from '../metallb/api.ts';
import { crdDocument } from '../metallb/crd-document.ts';
import { ownerLabels } from './object-labels.ts';

/** The definitions of MetalLB's API that the release has. Both engines read the same API. */
export function crdManifests(environment: Environment): readonly Manifest[] {
  const { controller, engine, install, namespace, version } = environment.metallb;
  if (!install) {
    return [];
  }
  const options = { webhook: engine === 'upstream' && controller.webhook, namespace };
  return metalLbKindsOf(version).map((kind): Manifest => {
    const object = crdDocument(kind, version, options);
    const labels = { ...object.metadata.labels, ...ownerLabels(environment) };
    return { step: 'crds', object: { ...object, metadata: { ...object.metadata, labels } } };
  });
}
