import type { DocumentPlace, Finding } from '../../finding/finding.ts';
import { isJsonObject, textAt, valueAt } from '../../json.ts';
import type { ManifestDocument } from '../contribution.ts';
import { findingAt, originBelow } from '../origin.ts';
import { annotationNames, annotationPrefixes } from './service-facts.ts';

/**
 * Kinds whose annotations nobody hands on to a Service. Charts, operators and gateways do so with those of theirs, which
 * are therefore left alone.
 */
const beside = new Set(['Ingress', 'Pod', 'Deployment', 'DaemonSet', 'StatefulSet', 'ReplicaSet']);

const placesOfAnnotations = [
  ['metadata', 'annotations'],
  ['spec', 'template', 'metadata', 'annotations'],
] as const;

const forServices = new Set(annotationPrefixes.flatMap((prefix) => annotationNames.map((name) => prefix + name)));

/** MetalLB's annotations for Services on what stands beside a Service: nothing reads them there. */
export function annotationsBesideServices({ origin, value }: ManifestDocument): readonly Finding<DocumentPlace>[] {
  const kind = textAt(value, 'kind') ?? '';
  if (!beside.has(kind)) {
    return [];
  }
  return placesOfAnnotations.flatMap((path) => {
    const annotations = valueAt(value, ...path);
    const names = isJsonObject(annotations) ? Object.keys(annotations) : [];
    return names
      .filter((name) => forServices.has(name))
      .map((name) =>
        findingAt(originBelow(origin, ...path, name), {
          code: 'annotation-misplaced',
          part: 'key',
          message: `MetalLB reads ${name} on Services only; on this ${kind} it does nothing.`,
          remedy: 'Move it below metadata.annotations of the Service.',
        }),
      );
  });
}
