import type { JsonObject } from '../json.ts';
import type { KubeObject } from '../manifest/kube-object.ts';
import { metalLbGroup, metalLbKind } from './api.ts';
import { structuralSchema } from './crd-schema.ts';
import type { KindVersion, MetalLbKind, MetalLbKindName } from './kind.ts';
import { isSince, type Release, releaseOf } from './release.ts';

/** What the document depends on beside kind and release. */
export interface CrdOptions {
  /** MetalLB's webhook runs and converts between the versions of BGPPeer. Without it the stored fields are served as they are. */
  readonly webhook?: boolean;
  /** MetalLB's namespace, where the webhook's Service is. */
  readonly namespace?: string;
}

const standardFields: JsonObject = {
  apiVersion: { type: 'string', description: 'Group and version of the API that the object is written in.' },
  kind: { type: 'string', description: 'Kind of the object.' },
  metadata: { type: 'object' },
};

/**
 * MetalLB's API of one kind as a CustomResourceDefinition that accepts, refuses, defaults and prunes what upstream's of
 * that version does. `version` is a release (`0.15.2`) or a line (`0.15`, meaning its tested release). The webhook's CA
 * bundle is never part of it: MetalLB's controller owns that field.
 */
export function crdDocument(kind: MetalLbKindName, version: string, options: CrdOptions = {}): KubeObject {
  const table = metalLbKind(kind);
  const release = releaseOf(version);
  if (!isSince(release, table.since)) {
    throw new Error(`bug: MetalLB ${release} has no kind ${kind}; metalLbKindsOf says which it has`);
  }
  // Every version is served, webhook or not: MetalLB's programs do not start where BGPPeer v1beta1 is unknown.
  const converted = table.versions.length > 1 && options.webhook === true;
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${table.plural}.${metalLbGroup}` },
    spec: {
      group: metalLbGroup,
      names: {
        kind: table.kind,
        listKind: `${table.kind}List`,
        plural: table.plural,
        singular: table.singular,
      },
      scope: 'Namespaced',
      versions: table.versions.map((entry) => versionDocument(table, entry, release)),
      ...(converted ? { conversion: conversion(options.namespace ?? 'metallb-system') } : {}),
    },
  };
}

function versionDocument(table: MetalLbKind, version: KindVersion, release: Release): JsonObject {
  return {
    name: version.name,
    served: true,
    storage: version.storage,
    ...(version.deprecation === undefined ? {} : { deprecated: true, deprecationWarning: version.deprecation }),
    subresources: { status: {} },
    ...(version.columns.length === 0
      ? {}
      : { additionalPrinterColumns: version.columns.map((column) => ({ ...column })) }),
    schema: { openAPIV3Schema: rootSchema(table, version, release) },
  };
}

function rootSchema(table: MetalLbKind, version: KindVersion, release: Release): JsonObject {
  const { spec, status } = version;
  return {
    type: 'object',
    description: table.description,
    properties: {
      ...standardFields,
      ...(spec === undefined ? {} : { spec: structuralSchema(spec, release) }),
      ...(status === undefined ? {} : { status: structuralSchema(status, release) }),
    },
    ...(spec?.required === true ? { required: ['spec'] } : {}),
  };
}

/** How the API server reaches MetalLB to translate between the versions of BGPPeer. */
function conversion(namespace: string): JsonObject {
  return {
    strategy: 'Webhook',
    webhook: {
      conversionReviewVersions: ['v1beta1', 'v1beta2'],
      clientConfig: { service: { namespace, name: 'metallb-webhook-service', path: '/convert' } },
    },
  };
}
