import { listAt, textAt, valueAt } from '../../../domain/json.ts';
import type { Json } from '../../../domain/json.ts';
import { ageOf, containersOf, countAt, joined, pairs, selectorText, sizeAt, textOrNone } from './cell-values.ts';
import { nodeAddress, nodeFact, nodeRoles, nodeStatus } from './node-cells.ts';
import { podReady, podRestarts, podStatus, readinessGates } from './pod-cells.ts';
import { externalAddress, servicePorts, sliceAddresses, slicePorts } from './service-cells.ts';

/** One column of a table: its title, how its cell is made, and whether only wide tables show it. */
export interface TableColumn {
  readonly title: string;
  readonly type: string;
  readonly isWide: boolean;
  readonly description?: string;
  readonly cell: (object: Json, now: number) => Json;
}

type Cell = (object: Json, now: number) => Json;

function text(title: string, cell: Cell, isWide = false): TableColumn {
  return { title, type: 'string', isWide, cell };
}

function wide(title: string, cell: Cell): TableColumn {
  return text(title, cell, true);
}

function integer(title: string, ...path: readonly string[]): TableColumn {
  return { title, type: 'integer', isWide: false, cell: (object) => countAt(object, ...path) };
}

function size(title: string, ...path: readonly string[]): TableColumn {
  return { title, type: 'integer', isWide: false, cell: (object) => sizeAt(object, ...path) };
}

export const nameColumn: TableColumn = text('Name', (object) => textAt(object, 'metadata', 'name') ?? '');
export const ageColumn: TableColumn = text('Age', (object, now) =>
  ageOf(textAt(object, 'metadata', 'creationTimestamp'), now),
);
const created: TableColumn = {
  title: 'Created At',
  type: 'date',
  isWide: false,
  cell: (object) => textAt(object, 'metadata', 'creationTimestamp') ?? '',
};

const workload: readonly TableColumn[] = [
  wide('Containers', (object) => joined(containersOf(object), 'name')),
  wide('Images', (object) => joined(containersOf(object), 'image')),
  wide('Selector', (object) => selectorText(valueAt(object, 'spec', 'selector'))),
];

function subjectsOf(object: Json, kind: string): string {
  return listAt(object, 'subjects')
    .filter((subject) => textAt(subject, 'kind') === kind)
    .map((subject) => {
      const namespace = textAt(subject, 'namespace');
      return `${namespace === undefined ? '' : `${namespace}/`}${textAt(subject, 'name') ?? ''}`;
    })
    .join(', ');
}

const binding: readonly TableColumn[] = [
  nameColumn,
  text('Role', (object) => `${textAt(object, 'roleRef', 'kind') ?? ''}/${textAt(object, 'roleRef', 'name') ?? ''}`),
  ageColumn,
  wide('Users', (object) => subjectsOf(object, 'User')),
  wide('Groups', (object) => subjectsOf(object, 'Group')),
  wide('ServiceAccounts', (object) => subjectsOf(object, 'ServiceAccount')),
];

function limitOf(object: Json, field: string): string {
  const value = valueAt(object, 'spec', field);
  return typeof value === 'string' || typeof value === 'number' ? String(value) : 'N/A';
}

/** Columns of the built-in kinds, titled and ordered as the API server prints them. */
export const builtInColumns: { readonly [kind: string]: readonly TableColumn[] } = {
  Namespace: [nameColumn, text('Status', (object) => textAt(object, 'status', 'phase') ?? ''), ageColumn],
  Node: [
    nameColumn,
    text('Status', nodeStatus),
    text('Roles', nodeRoles),
    ageColumn,
    text('Version', (object) => textAt(object, 'status', 'nodeInfo', 'kubeletVersion') ?? ''),
    wide('Internal-IP', (object) => nodeAddress(object, 'InternalIP')),
    wide('External-IP', (object) => nodeAddress(object, 'ExternalIP')),
    wide('OS-Image', (object) => nodeFact(object, 'osImage')),
    wide('Kernel-Version', (object) => nodeFact(object, 'kernelVersion')),
    wide('Container-Runtime', (object) => nodeFact(object, 'containerRuntimeVersion')),
  ],
  Pod: [
    nameColumn,
    text('Ready', podReady),
    text('Status', podStatus),
    text('Restarts', podRestarts),
    ageColumn,
    wide('IP', (object) => textOrNone(object, 'status', 'podIP')),
    wide('Node', (object) => textOrNone(object, 'spec', 'nodeName')),
    wide('Nominated Node', (object) => textOrNone(object, 'status', 'nominatedNodeName')),
    wide('Readiness Gates', readinessGates),
  ],
  Service: [
    nameColumn,
    text('Type', (object) => textAt(object, 'spec', 'type') ?? ''),
    text('Cluster-IP', (object) => textOrNone(object, 'spec', 'clusterIP')),
    text('External-IP', externalAddress),
    text('Port(s)', servicePorts),
    ageColumn,
    wide('Selector', (object) => pairs(valueAt(object, 'spec', 'selector'))),
  ],
  Deployment: [
    nameColumn,
    text('Ready', (object) => `${countAt(object, 'status', 'readyReplicas')}/${countAt(object, 'spec', 'replicas')}`),
    text('Up-to-date', (object) => countAt(object, 'status', 'updatedReplicas')),
    text('Available', (object) => countAt(object, 'status', 'availableReplicas')),
    ageColumn,
    ...workload,
  ],
  Scale: [nameColumn, integer('Desired', 'spec', 'replicas'), integer('Available', 'status', 'replicas'), ageColumn],
  ReplicaSet: [
    nameColumn,
    integer('Desired', 'spec', 'replicas'),
    integer('Current', 'status', 'replicas'),
    integer('Ready', 'status', 'readyReplicas'),
    ageColumn,
    ...workload,
  ],
  DaemonSet: [
    nameColumn,
    integer('Desired', 'status', 'desiredNumberScheduled'),
    integer('Current', 'status', 'currentNumberScheduled'),
    integer('Ready', 'status', 'numberReady'),
    integer('Up-to-date', 'status', 'updatedNumberScheduled'),
    integer('Available', 'status', 'numberAvailable'),
    text('Node Selector', (object) => pairs(valueAt(object, 'spec', 'template', 'spec', 'nodeSelector'))),
    ageColumn,
    ...workload,
  ],
  ConfigMap: [nameColumn, text('Data', (object) => sizeAt(object, 'data') + sizeAt(object, 'binaryData')), ageColumn],
  Secret: [
    nameColumn,
    text('Type', (object) => textAt(object, 'type') ?? ''),
    text('Data', (object) => sizeAt(object, 'data')),
    ageColumn,
  ],
  Event: [
    text('Last Seen', (object, now) =>
      ageOf(
        textAt(object, 'series', 'lastObservedTime') ?? textAt(object, 'lastTimestamp') ?? textAt(object, 'eventTime'),
        now,
      ),
    ),
    text('Type', (object) => textAt(object, 'type') ?? ''),
    text('Reason', (object) => textAt(object, 'reason') ?? ''),
    text(
      'Object',
      (object) =>
        `${(textAt(object, 'involvedObject', 'kind') ?? '').toLowerCase()}/${textAt(object, 'involvedObject', 'name') ?? ''}`,
    ),
    wide('Subobject', (object) => textAt(object, 'involvedObject', 'fieldPath') ?? ''),
    wide('Source', (object) => textAt(object, 'source', 'component') ?? textAt(object, 'reportingComponent') ?? ''),
    text('Message', (object) => (textAt(object, 'message') ?? '').trim()),
    wide('First Seen', (object, now) => ageOf(textAt(object, 'firstTimestamp') ?? textAt(object, 'eventTime'), now)),
    wide('Count', (object) => Math.max(1, countAt(object, 'count'))),
    { ...nameColumn, isWide: true },
  ],
  EndpointSlice: [
    nameColumn,
    text('AddressType', (object) => textAt(object, 'addressType') ?? ''),
    text('Ports', slicePorts),
    text('Endpoints', sliceAddresses),
    ageColumn,
  ],
  Lease: [nameColumn, text('Holder', (object) => textAt(object, 'spec', 'holderIdentity') ?? ''), ageColumn],
  Role: [nameColumn, created],
  ClusterRole: [nameColumn, created],
  RoleBinding: binding,
  ClusterRoleBinding: binding,
  CustomResourceDefinition: [nameColumn, created],
  PodDisruptionBudget: [
    nameColumn,
    text('Min Available', (object) => limitOf(object, 'minAvailable')),
    text('Max Unavailable', (object) => limitOf(object, 'maxUnavailable')),
    integer('Allowed Disruptions', 'status', 'disruptionsAllowed'),
    ageColumn,
  ],
  ValidatingAdmissionPolicy: [
    nameColumn,
    size('Validations', 'spec', 'validations'),
    text('ParamKind', (object) => {
      const version = textAt(object, 'spec', 'paramKind', 'apiVersion');
      return version === undefined ? '<unset>' : `${version}/${textAt(object, 'spec', 'paramKind', 'kind') ?? ''}`;
    }),
    ageColumn,
  ],
  ValidatingAdmissionPolicyBinding: [
    nameColumn,
    text('PolicyName', (object) => textAt(object, 'spec', 'policyName') ?? ''),
    text('ParamRef', (object) => {
      const name = textAt(object, 'spec', 'paramRef', 'name');
      const namespace = textAt(object, 'spec', 'paramRef', 'namespace');
      return name === undefined ? '<unset>' : `${namespace === undefined ? '' : `${namespace}/`}${name}`;
    }),
    ageColumn,
  ],
  ValidatingWebhookConfiguration: [nameColumn, size('Webhooks', 'webhooks'), ageColumn],
};
