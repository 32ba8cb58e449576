import type { DocumentPlace, Finding } from '../../finding/finding.ts';
import { nearestName } from '../../finding/nearest-name.ts';
import { isJsonObject, textAt, valueAt } from '../../json.ts';
import { findingAt, originBelow } from '../origin.ts';
import { annotationNames, annotationPrefixes, isTypeMisspelt, type ServiceFacts } from './service-facts.ts';

const [prefix, oldPrefix] = annotationPrefixes;

/** MetalLB writes this one itself. */
const written = 'ip-allocated-from-pool';

function ownNames(facts: ServiceFacts, path: 'annotations' | 'labels'): readonly string[] {
  const entries = valueAt(facts.service.value, 'metadata', path);
  return isJsonObject(entries)
    ? Object.keys(entries).filter((name) => name.startsWith(prefix) || name.startsWith(oldPrefix))
    : [];
}

/** Annotations that MetalLB does not read, is giving up, or does not look for where they stand. */
export function annotationFindings(facts: ServiceFacts): readonly Finding<DocumentPlace>[] {
  const labels = ownNames(facts, 'labels').map((name) =>
    findingAt(originBelow(facts.service.origin, 'metadata', 'labels', name), {
      code: 'annotation-misplaced',
      part: 'key',
      message: `${name} is a label here; MetalLB reads annotations only.`,
      remedy: 'Move it below metadata.annotations.',
    }),
  );
  return [...labels, ...ownNames(facts, 'annotations').flatMap((name) => judge(facts, name))];
}

function judge(facts: ServiceFacts, name: string): readonly Finding<DocumentPlace>[] {
  const origin = originBelow(facts.service.origin, 'metadata', 'annotations', name);
  const bare = name.slice(name.indexOf('/') + 1);
  if (bare === written) {
    return [];
  }
  if (!annotationNames.some((known) => known === bare)) {
    return [findingAt(origin, unknown(name, bare))];
  }
  const findings: Finding<DocumentPlace>[] = [];
  const value = valueAt(facts.service.value, 'metadata', 'annotations', name);
  if (typeof value !== 'string') {
    const message = `The value of the annotation ${name} must be a text.`;
    findings.push(findingAt(origin, { code: 'wrong-type', message, remedy: 'Put the value in quotes.' }));
  }
  if (name.startsWith(oldPrefix)) {
    const message = `The prefix ${oldPrefix} is deprecated since MetalLB 0.14.9.`;
    const remedy = `Write ${prefix}${bare}.`;
    findings.push(findingAt(origin, { code: 'annotation-deprecated', part: 'key', message, remedy }));
  }
  const type = textAt(facts.service.value, 'spec', 'type') ?? 'ClusterIP';
  if (type !== 'LoadBalancer' && !isTypeMisspelt(facts.service.value)) {
    const message = `The Service ${facts.name} is of type ${type}: MetalLB gives it no address.`;
    const remedy = 'Write type: LoadBalancer, or remove the annotation.';
    findings.push(findingAt(origin, { code: 'annotation-without-effect', part: 'key', message, remedy }));
  }
  return findings;
}

function unknown(name: string, bare: string): Parameters<typeof findingAt>[1] {
  const nearest = nearestName(bare, annotationNames);
  return {
    code: 'annotation-unknown',
    part: 'key',
    message: `MetalLB reads no annotation ${name}.`,
    remedy:
      nearest === undefined
        ? `Remove it; there are ${annotationNames.map((known) => prefix + known).join(', ')}.`
        : `Did you mean ${prefix}${nearest}?`,
  };
}
