function deployment(...images: readonly string[]): unknown {
  const labels = { app: 'ap' };
  const containers = images.map((image, index) => ({
    name: `c${index}`,
    image,
    ports: [{ containerPort: 80 + index }],
  }));
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'ap' },
    spec: { replicas: 0, selector: { matchLabels: labels }, template: { metadata: { labels }, spec: { containers } } },
  };
}

function configMap(name: string, fields: { readonly [field: string]: unknown }): unknown {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, ...fields };
}

const thingSpec = {
  type: 'object',
  description: 'What it is.',
  required: ['size'],
  properties: {
    size: { type: 'integer', description: 'How big.' },
    tags: { type: 'array', items: { type: 'string' } },
  },
};

const definition = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'things.kubectl.example.com' },
  spec: {
    group: 'kubectl.example.com',
    names: { kind: 'Thing', plural: 'things' },
    scope: 'Namespaced',
    versions: [
      {
        name: 'v1',
        served: true,
        storage: true,
        schema: { openAPIV3Schema: { type: 'object', description: 'A thing.', properties: { spec: thingSpec } } },
        additionalPrinterColumns: [
          { name: 'Size', type: 'integer', jsonPath: '.spec.size' },
          { name: 'Tags', type: 'string', jsonPath: '.spec.tags', priority: 1 },
          { name: 'Age', type: 'date', jsonPath: '.metadata.creationTimestamp' },
        ],
      },
    ],
  },
};

/** Files for kubectl, by name; the namespace is that of the command. */
export const manifests: { readonly [name: string]: readonly unknown[] } = {
  definition: [definition],
  misspelt: [configMap('bad', { dato: { a: '1' } })],
  applied: [configMap('ssa', { data: { a: '1', b: '1' } })],
  changed: [configMap('ssa', { data: { a: '2' } })],
  deployment: [deployment('example.invalid/a:1', 'example.invalid/b:1')],
  fewer: [deployment('example.invalid/a:2')],
  things: [
    { apiVersion: 'kubectl.example.com/v1', kind: 'Thing', metadata: { name: 'one' }, spec: { size: 3, tags: ['x'] } },
  ],
};
