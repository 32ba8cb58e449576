import type { KubeObject } from './kube-object.ts';

/** Who an object is, whatever version of its API it is read through. `group` is '' for the core group, `namespace` '' for cluster scope. */
export interface ObjectId {
  readonly group: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

declare const objectKeyBrand: unique symbol;
/** One text for one identity, fit as a map key and for people: `IPAddressPool.metallb.io/metallb-system/default`, `Namespace/metallb-system`. */
export type ObjectKey = string & { readonly [objectKeyBrand]: true };

/** The API group of an apiVersion: `metallb.io/v1beta1` → `metallb.io`, `v1` → ''. */
export function groupOf(apiVersion: string): string {
  const slash = apiVersion.indexOf('/');
  return slash === -1 ? '' : apiVersion.slice(0, slash);
}

/** The version of an apiVersion: `metallb.io/v1beta1` → `v1beta1`. */
export function versionOf(apiVersion: string): string {
  return apiVersion.slice(apiVersion.indexOf('/') + 1);
}

/** The identity of an object. */
export function objectIdOf(object: KubeObject): ObjectId {
  return {
    group: groupOf(object.apiVersion),
    kind: object.kind,
    namespace: object.metadata.namespace ?? '',
    name: object.metadata.name,
  };
}

/** The key of an identity. Names and namespaces hold no slash, so the form is unambiguous. */
export function objectKey(id: ObjectId): ObjectKey {
  const kind = id.group === '' ? id.kind : `${id.kind}.${id.group}`;
  const scope = id.namespace === '' ? '' : `${id.namespace}/`;
  return `${kind}/${scope}${id.name}` as ObjectKey;
}

/** The key of an object. */
export function keyOf(object: KubeObject): ObjectKey {
  return objectKey(objectIdOf(object));
}

/** How an object is named to people: kind and name, with its namespace where it has one. */
export function describeObject(id: ObjectId): string {
  return id.namespace === '' ? `${id.kind} ${id.name}` : `${id.kind} ${id.namespace}/${id.name}`;
}

/** One text for a kind at an API version, fit as a set member: `metallb.io/v1beta1 IPAddressPool`. */
export function kindKey(apiVersion: string, kind: string): string {
  return `${apiVersion} ${kind}`;
}
