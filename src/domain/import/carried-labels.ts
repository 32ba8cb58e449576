import { isJsonObject } from '../json.ts';
import { patterns } from '../metallb/patterns.ts';
import type { FoundResource } from '../plain-manifests/contribution.ts';

/** Labels and annotations of the tools that deploy: they go with the tool. */
const ofTools =
  /^(?:app\.kubernetes\.io|helm\.sh|meta\.helm\.sh|kubectl\.kubernetes\.io|kustomize\.toolkit\.fluxcd\.io|helm\.toolkit\.fluxcd\.io|argocd\.argoproj\.io|objectset\.rio\.cattle\.io|metalwave\.io|metallb\.io|metallb\.universe\.tf)\//u;
const key = new RegExp(patterns.labelKey.pattern, 'u');
const text = new RegExp(patterns.labelValue.pattern, 'u');

/** True for the name of a label or annotation by which a tool knows its objects. */
export function isOfTools(name: string): boolean {
  return ofTools.test(name);
}

/** The labels of a resource that stay its own in an environment. */
export function carriedLabels({ labels }: FoundResource): { readonly [name: string]: string } {
  const found = isJsonObject(labels) ? Object.entries(labels) : [];
  return Object.fromEntries(
    found.flatMap(([name, value]) =>
      typeof value === 'string' && value.length <= 63 && text.test(value) && key.test(name) && !isOfTools(name)
        ? [[name, value]]
        : [],
    ),
  );
}
