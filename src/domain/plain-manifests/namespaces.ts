import { defaultNamespace } from '../environment/metallb-defaults.ts';
import type { DocumentPlace, Finding } from '../finding/finding.ts';
import type { FoundResource } from './contribution.ts';
import { findingAt } from './origin.ts';
import { isPlaceholder } from './placeholders.ts';

/**
 * MetalLB reads its own namespace only. Which one that is the manifests do not say: metallb-system where any resource is
 * in it, else where most are. Those without a namespace get it when they are applied and count for nothing.
 */
export function homeNamespace(resources: readonly FoundResource[]): string | undefined {
  const counts = new Map<string, number>();
  for (const { namespace } of resources) {
    if (namespace !== undefined && !isPlaceholder(namespace)) {
      counts.set(namespace, (counts.get(namespace) ?? 0) + 1);
    }
  }
  const most = [...counts].toSorted((left, right) => right[1] - left[1])[0]?.[0];
  return counts.has(defaultNamespace) ? defaultNamespace : most;
}

/** Resources in another namespace than MetalLB's own do nothing. */
export function namespaceFindings(resources: readonly FoundResource[]): readonly Finding<DocumentPlace>[] {
  const home = homeNamespace(resources);
  return resources.flatMap((resource) => {
    const { namespace, namespaceOrigin, kind } = resource;
    if (namespace === undefined || isPlaceholder(namespace) || namespace === home || home === undefined) {
      return [];
    }
    return [
      findingAt(namespaceOrigin, {
        code: 'namespace-differs',
        message: `This ${kind} is in namespace ${namespace}, others are in ${home}: MetalLB reads only its own namespace.`,
        remedy: `Write namespace: ${home}, if MetalLB runs there.`,
      }),
    ];
  });
}
