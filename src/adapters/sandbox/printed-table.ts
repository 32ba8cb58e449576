import { isJsonArray, listAt, numberAt, textAt, valueAt } from '../../domain/json.ts';
import type { Json, JsonObject } from '../../domain/json.ts';
import { asJson } from '../../domain/manifest/kube-object.ts';
import type { KubeObject } from '../../domain/manifest/kube-object.ts';
import type { ServedKind } from './served-kind.ts';

type Cell = readonly [title: string, value: (object: Json) => Json];

const status =
  (...path: readonly string[]) =>
  (object: Json): Json =>
    valueAt(object, ...path) ?? '<none>';
const count =
  (...path: readonly string[]) =>
  (object: Json): Json =>
    numberAt(object, ...path) ?? 0;

/** Columns of the built-in kinds between name and age, titled as kubectl users know them. */
const builtIn: { readonly [kind: string]: readonly Cell[] } = {
  Namespace: [['Status', status('status', 'phase')]],
  Node: [
    ['Status', nodeStatus],
    ['Version', status('status', 'nodeInfo', 'kubeletVersion')],
  ],
  Pod: [
    ['Ready', podReady],
    ['Status', status('status', 'phase')],
    ['Restarts', () => 0],
    ['Node', status('spec', 'nodeName')],
  ],
  Service: [
    ['Type', status('spec', 'type')],
    ['Cluster-IP', status('spec', 'clusterIP')],
    ['External-IP', externalAddress],
    ['Port(s)', servicePorts],
  ],
  Deployment: [
    [
      'Ready',
      (object) => `${numberAt(object, 'status', 'readyReplicas') ?? 0}/${numberAt(object, 'spec', 'replicas') ?? 1}`,
    ],
    ['Up-to-date', count('status', 'updatedReplicas')],
    ['Available', count('status', 'availableReplicas')],
  ],
  DaemonSet: [
    ['Desired', count('status', 'desiredNumberScheduled')],
    ['Current', count('status', 'currentNumberScheduled')],
    ['Ready', count('status', 'numberReady')],
    ['Up-to-date', count('status', 'updatedNumberScheduled')],
    ['Available', count('status', 'numberAvailable')],
  ],
  ConfigMap: [['Data', (object) => Object.keys(valueAt(object, 'data') ?? {}).length]],
  Secret: [
    ['Type', status('type')],
    ['Data', (object) => Object.keys(valueAt(object, 'data') ?? {}).length],
  ],
};

/** The answer to a client that asked for a Table (meta.k8s.io/v1): one row an object, the object's metadata with it. */
export function printTable(
  kind: ServedKind,
  objects: readonly KubeObject[],
  metadata: JsonObject,
  now: number,
): JsonObject {
  const cells = kind.custom ? customCells(kind) : (builtIn[kind.kind] ?? []);
  const titles = ['Name', ...cells.map(([title]) => title), 'Age'];
  return {
    kind: 'Table',
    apiVersion: 'meta.k8s.io/v1',
    metadata,
    columnDefinitions: titles.map((name) => ({
      name,
      type: 'string',
      format: name === 'Name' ? 'name' : '',
      description: '',
      priority: 0,
    })),
    rows: objects.map((object) => ({
      cells: [object.metadata.name, ...cells.map(([, value]) => value(asJson(object))), age(object, now)],
      object: {
        kind: 'PartialObjectMetadata',
        apiVersion: 'meta.k8s.io/v1',
        metadata: valueAt(asJson(object), 'metadata') ?? {},
      },
    })),
  };
}

function customCells(kind: ServedKind): readonly Cell[] {
  return kind.columns
    .filter((column) => column.priority === 0 && column.type !== 'date')
    .map((column): Cell => [column.name, (object) => printed(valueAt(object, ...pathOf(column.jsonPath)))]);
}

function pathOf(jsonPath: string): readonly string[] {
  return jsonPath.split('.').filter((step) => step !== '');
}

function printed(value: Json | undefined): Json {
  if (value === undefined) {
    return '';
  }
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : value;
}

function age(object: KubeObject, now: number): string {
  const seconds = Math.max(0, Math.floor((now - Date.parse(object.metadata.creationTimestamp ?? '')) / 1000));
  const units: readonly (readonly [number, string])[] = [
    [86_400, 'd'],
    [3600, 'h'],
    [60, 'm'],
  ];
  const [size, unit] = units.find(([length]) => seconds >= 2 * length) ?? [1, 's'];
  return Number.isNaN(seconds) ? '<unknown>' : `${Math.floor(seconds / size)}${unit}`;
}

function nodeStatus(object: Json): Json {
  const ready = listAt(object, 'status', 'conditions').find((condition) => textAt(condition, 'type') === 'Ready');
  return textAt(ready, 'status') === 'True' ? 'Ready' : 'NotReady';
}

function podReady(object: Json): Json {
  const all = listAt(object, 'spec', 'containers').length;
  const ready = listAt(object, 'status', 'containerStatuses').filter((one) => valueAt(one, 'ready') === true).length;
  return `${ready}/${all}`;
}

function externalAddress(object: Json): Json {
  if (textAt(object, 'spec', 'type') !== 'LoadBalancer') {
    return '<none>';
  }
  const addresses = listAt(object, 'status', 'loadBalancer', 'ingress').map((one) => textAt(one, 'ip') ?? '');
  return addresses.length === 0 ? '<pending>' : addresses.join(',');
}

function servicePorts(object: Json): Json {
  const ports = valueAt(object, 'spec', 'ports');
  const texts = (isJsonArray(ports) ? ports : []).map((port) => {
    const node = numberAt(port, 'nodePort');
    return `${numberAt(port, 'port') ?? 0}${node === undefined ? '' : `:${node}`}/${textAt(port, 'protocol') ?? ''}`;
  });
  return texts.length === 0 ? '<none>' : texts.join(',');
}
