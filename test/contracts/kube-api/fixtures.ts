import type { KubeObject } from '../../../src/domain/manifest/kube-object.ts';
import type { ApiAnswer, ApiCall, ApiClient } from './api-client.ts';

export type Fields = { readonly [field: string]: unknown };

const group = 'test.metalwave.io';
export const thingsPath = (namespace: string): string => `/apis/${group}/v1/namespaces/${namespace}/things`;
export const definitionsPath = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';

/** A definition with one of everything that decides what becomes of an object. */
export const thingDefinition: KubeObject = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: `things.${group}` },
  spec: {
    group,
    names: { kind: 'Thing', plural: 'things' },
    scope: 'Namespaced',
    versions: [
      {
        name: 'v1',
        served: true,
        storage: true,
        subresources: { status: {} },
        schema: {
          openAPIV3Schema: {
            type: 'object',
            required: ['spec'],
            properties: {
              spec: {
                type: 'object',
                required: ['size'],
                properties: {
                  size: { type: 'integer', format: 'int32', minimum: 1, maximum: 10 },
                  mode: { type: 'string', enum: ['a', 'b'], default: 'a' },
                  names: { type: 'array', items: { type: 'string' }, maxItems: 2 },
                  label: { type: 'string', pattern: '^[a-z]+$', maxLength: 5 },
                  tags: { type: 'array', 'x-kubernetes-list-type': 'set', items: { type: 'string' } },
                  ports: {
                    type: 'array',
                    'x-kubernetes-list-type': 'map',
                    'x-kubernetes-list-map-keys': ['port'],
                    items: {
                      type: 'object',
                      required: ['port'],
                      properties: {
                        port: { type: 'integer' },
                        name: { type: 'string' },
                        on: { type: 'boolean', default: true },
                      },
                    },
                  },
                  whole: {
                    type: 'object',
                    'x-kubernetes-map-type': 'atomic',
                    properties: { x: { type: 'string' }, y: { type: 'string' } },
                  },
                  extra: { type: 'object', additionalProperties: { type: 'string' } },
                },
              },
              status: { type: 'object', properties: { ready: { type: 'boolean' } } },
            },
          },
        },
      },
    ],
  },
};

/** One namespace and client for a case, with the requests that most of them make. */
export class Stage {
  readonly client: ApiClient;
  readonly namespace: string;

  constructor(client: ApiClient, namespace: string) {
    this.client = client;
    this.namespace = namespace;
  }

  get maps(): string {
    return `/api/v1/namespaces/${this.namespace}/configmaps`;
  }

  get things(): string {
    return thingsPath(this.namespace);
  }

  async call(method: ApiCall['method'], path: string, body?: unknown, type?: string): Promise<ApiAnswer> {
    return this.client.call({
      method,
      path,
      ...(body === undefined ? {} : { body }),
      ...(type === undefined ? {} : { type }),
    });
  }

  async get(path: string): Promise<ApiAnswer> {
    return this.call('GET', path);
  }

  async createThing(name: string, spec: Fields, query = ''): Promise<ApiAnswer> {
    return this.call('POST', `${this.things}${query}`, thing(name, spec));
  }

  async applyThing(name: string, spec: Fields, manager: string, query = ''): Promise<ApiAnswer> {
    return this.apply(`${this.things}/${name}`, thing(name, spec), manager, query);
  }

  async createMap(name: string, data: Fields, more: Fields = {}): Promise<ApiAnswer> {
    return this.call('POST', this.maps, map(name, data, more));
  }

  async applyMap(name: string, data: Fields, manager: string, query = ''): Promise<ApiAnswer> {
    return this.apply(`${this.maps}/${name}`, map(name, data), manager, query);
  }

  async apply(path: string, object: unknown, manager: string, query = ''): Promise<ApiAnswer> {
    return this.call('PATCH', `${path}?fieldManager=${manager}${query}`, object, 'application/apply-patch+yaml');
  }

  async merge(path: string, patch: unknown): Promise<ApiAnswer> {
    return this.call('PATCH', path, patch, 'application/merge-patch+json');
  }
}

export function thing(name: string, spec: Fields, metadata: Fields = {}): Fields {
  return { apiVersion: `${group}/v1`, kind: 'Thing', metadata: { name, ...metadata }, spec };
}

export function map(name: string, data: Fields, metadata: Fields = {}): Fields {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, ...metadata }, data };
}

/** The value at a path of a body, as `metadata.labels.app` or `items.0.metadata.name`. */
export function at(answer: ApiAnswer, path: string): unknown {
  let here: unknown = answer.body;
  for (const step of path.split('.')) {
    here = typeof here === 'object' && here !== null ? (here as Fields)[step] : undefined;
  }
  return here;
}

/** Code, reason and message of a refusal: what clients decide on and people read. */
export function refusal(answer: ApiAnswer): Fields {
  return { code: answer.code, reason: at(answer, 'reason'), message: at(answer, 'message') };
}

/** managers of an object with what they own, in the order of the record. */
export function owners(answer: ApiAnswer): readonly unknown[] {
  const entries = at(answer, 'metadata.managedFields');
  return Array.isArray(entries)
    ? entries.map((entry: Fields) => [entry['manager'], entry['operation'], entry['fieldsV1']])
    : [];
}
