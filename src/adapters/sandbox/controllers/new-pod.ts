import { isJsonObject, valueAt } from '../../../domain/json.ts';
import type { JsonObject } from '../../../domain/json.ts';
import { asJson } from '../../../domain/manifest/kube-object.ts';
import type { KubeObject } from '../../../domain/manifest/kube-object.ts';
import { controllerManager } from './cluster-state.ts';
import type { ClusterState } from './cluster-state.ts';
import { tell } from './events.ts';
import { ownerReference, shortHash } from './pod-state.ts';

/** Makes a pod of its owner's template, with a name of its own. */
export function makePod(
  state: ClusterState,
  owner: KubeObject,
  extra: { readonly labels?: { readonly [key: string]: string }; readonly node?: string },
  timestamp: string,
): void {
  const template = valueAt(asJson(owner), 'spec', 'template');
  const spec = valueAt(template, 'spec');
  const { namespace = '', name } = owner.metadata;
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: `${name}-${shortHash([owner.metadata.uid ?? '', state.revision], 5)}`,
      generateName: `${name}-`,
      namespace,
      labels: { ...texts(template, 'labels'), ...extra.labels },
      ...(Object.keys(texts(template, 'annotations')).length === 0
        ? {}
        : { annotations: texts(template, 'annotations') }),
      ownerReferences: [ownerReference(owner)],
    },
    spec: { ...(isJsonObject(spec) ? spec : {}), ...(extra.node === undefined ? {} : { nodeName: extra.node }) },
  };
  const made = state.create(pod, controllerManager);
  const message = `Created pod: ${made.metadata.name}`;
  const component = `${owner.kind.toLowerCase()}-controller`;
  tell(state, owner, { type: 'Normal', reason: 'SuccessfulCreate', message, component }, timestamp);
}

/** Deletes a pod of the owner's and says so. */
export function dropPod(state: ClusterState, owner: KubeObject, pod: KubeObject, timestamp: string): void {
  state.remove(pod);
  const message = `Deleted pod: ${pod.metadata.name}`;
  const component = `${owner.kind.toLowerCase()}-controller`;
  tell(state, owner, { type: 'Normal', reason: 'SuccessfulDelete', message, component }, timestamp);
}

function texts(template: JsonObject[string] | undefined, field: string): { readonly [key: string]: string } {
  const found = valueAt(template, 'metadata', field);
  const entries = Object.entries(isJsonObject(found) ? found : {});
  return Object.fromEntries(entries.flatMap(([key, value]) => (typeof value === 'string' ? [[key, value]] : [])));
}
