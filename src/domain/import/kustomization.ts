import { type JsonObject, listAt, textAt } from '../json.ts';
import { defaultNamespace } from '../environment/metallb-defaults.ts';

/** True for the file that tells Kustomize how to build its folder. */
export function isKustomization(path: string, value: JsonObject): boolean {
  const apiVersion = textAt(value, 'apiVersion') ?? 'kustomize.config.k8s.io/';
  return (
    apiVersion.startsWith('kustomize.config.k8s.io/') &&
    (/(?:^|\/)[Kk]ustomization(?:\.ya?ml)?$/u.test(path) || textAt(value, 'kind') === 'Kustomization')
  );
}

/** What leaves names and specs of resources as they are. */
const harmless = new Set(
  'apiVersion kind metadata resources namespace commonLabels commonAnnotations labels buildMetadata sortOptions generatorOptions'.split(
    ' ',
  ),
);

/** The first thing in it that makes resources other than the files beside it say; undefined where nothing does. */
export function changesResources(value: JsonObject): string | undefined {
  const key = Object.keys(value).find((each) => !harmless.has(each));
  if (key !== undefined) {
    return key;
  }
  const namespace = textAt(value, 'namespace') ?? defaultNamespace;
  if (namespace !== defaultNamespace) {
    return `namespace: ${namespace}`;
  }
  const outside = listAt(value, 'resources').find(
    (each) => typeof each === 'string' && /^\.\.|:\/\/|^github\.com\//u.test(each),
  );
  return typeof outside === 'string' ? `resources: ${outside}` : undefined;
}
