import type { KubeObject } from '../../../src/domain/manifest/kube-object.ts';

const text = { type: 'string' } as const;

/** A structure with one of every way in which the parts of an object merge, nested in each other. */
const spec = {
  type: 'object',
  properties: {
    replicas: { type: 'integer', minimum: 0 },
    title: text,
    maybe: { type: 'string', nullable: true },
    port: { 'x-kubernetes-int-or-string': true },
    inner: {
      type: 'object',
      properties: { one: text, two: text, deep: { type: 'object', properties: { three: text } } },
    },
    preset: {
      type: 'object',
      default: {},
      properties: { level: { type: 'integer', default: 3 }, word: text },
    },
    open: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
    anything: { 'x-kubernetes-preserve-unknown-fields': true },
    labels: { type: 'object', additionalProperties: text },
    nested: { type: 'object', additionalProperties: { type: 'object', properties: { a: text, b: text } } },
    atomicMap: { type: 'object', 'x-kubernetes-map-type': 'atomic', additionalProperties: text },
    words: { type: 'array', items: text },
    numbers: { type: 'array', 'x-kubernetes-list-type': 'set', items: { type: 'integer' } },
    tags: { type: 'array', 'x-kubernetes-list-type': 'set', items: text },
    rules: {
      type: 'array',
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-list-map-keys': ['port', 'protocol'],
      items: {
        type: 'object',
        required: ['port'],
        properties: {
          port: { type: 'integer' },
          protocol: { type: 'string', default: 'TCP' },
          note: text,
          hosts: { type: 'array', 'x-kubernetes-list-type': 'set', items: text },
          paths: {
            type: 'array',
            'x-kubernetes-list-type': 'map',
            'x-kubernetes-list-map-keys': ['name'],
            items: { type: 'object', required: ['name'], properties: { name: text, to: text } },
          },
        },
      },
    },
    atoms: {
      type: 'array',
      items: { type: 'object', properties: { name: text, value: text } },
    },
  },
} as const;

const status = {
  type: 'object',
  properties: {
    replicas: { type: 'integer' },
    selector: text,
    phase: text,
    conditions: {
      type: 'array',
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-list-map-keys': ['type'],
      items: { type: 'object', required: ['type'], properties: { type: text, status: text } },
    },
  },
} as const;

/** Served in two versions, with status and scale, short names, a category and columns. */
export const widgetDefinition: KubeObject = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'widgets.test.metalwave.io' },
  spec: {
    group: 'test.metalwave.io',
    names: { kind: 'Widget', plural: 'widgets', shortNames: ['wd'], categories: ['all'] },
    scope: 'Namespaced',
    versions: ['v1', 'v1beta1'].map((name) => ({
      name,
      served: true,
      storage: name === 'v1',
      schema: { openAPIV3Schema: { type: 'object', properties: { spec, status } } },
      subresources: {
        status: {},
        scale: {
          specReplicasPath: '.spec.replicas',
          statusReplicasPath: '.status.replicas',
          labelSelectorPath: '.status.selector',
        },
      },
      additionalPrinterColumns: [
        { name: 'Title', type: 'string', jsonPath: '.spec.title' },
        { name: 'Wide', type: 'integer', jsonPath: '.spec.replicas', priority: 1 },
        { name: 'Age', type: 'date', jsonPath: '.metadata.creationTimestamp' },
      ],
    })),
  },
};
