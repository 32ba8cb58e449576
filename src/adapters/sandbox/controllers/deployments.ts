import { isJsonObject, numberAt, textAt, valueAt } from '../../../domain/json.ts';
import type { Json } from '../../../domain/json.ts';
import { asJson } from '../../../domain/manifest/kube-object.ts';
import type { KubeObject } from '../../../domain/manifest/kube-object.ts';
import { controllerManager } from './cluster-state.ts';
import type { ClusterState } from './cluster-state.ts';
import { deploymentStatus } from './deployment-status.ts';
import { tell } from './events.ts';
import { shareOf } from './share.ts';
import { ownedBy, ownerReference, shortHash } from './pod-state.ts';

const revisionKey = 'deployment.kubernetes.io/revision';
const hashKey = 'pod-template-hash';

/** Rolls every Deployment out: a ReplicaSet for each template, the current one grows as the older ones shrink. */
export function rollDeployments(state: ClusterState, timestamp: string): void {
  for (const deployment of state.list('apps', 'Deployment')) {
    if (deployment.metadata.deletionTimestamp !== undefined) {
      continue;
    }
    const isPaused = valueAt(asJson(deployment), 'spec', 'paused') === true;
    const current = isPaused ? currentSet(state, deployment) : ensureSet(state, deployment);
    if (current !== undefined) {
      balance(state, deployment, current, timestamp);
    }
    forgetOldSets(state, deployment, current);
    const sets = ownedBy(state, deployment, 'apps', 'ReplicaSet');
    state.writeStatus(deployment, deploymentStatus(deployment, sets, current, timestamp), controllerManager);
  }
}

function hashOf(deployment: KubeObject): string {
  return shortHash(valueAt(asJson(deployment), 'spec', 'template') ?? {}, 10);
}

function currentSet(state: ClusterState, deployment: KubeObject): KubeObject | undefined {
  const hash = hashOf(deployment);
  return ownedBy(state, deployment, 'apps', 'ReplicaSet').find((set) => set.metadata.labels?.[hashKey] === hash);
}

function revisionOf(object: KubeObject): number {
  return Number(object.metadata.annotations?.[revisionKey] ?? '0');
}

/** The ReplicaSet of the template that stands, with the highest revision; an older one of the same template is taken again. */
function ensureSet(state: ClusterState, deployment: KubeObject): KubeObject {
  const sets = ownedBy(state, deployment, 'apps', 'ReplicaSet');
  const found = currentSet(state, deployment);
  const others = sets.filter((set) => set.metadata.uid !== found?.metadata.uid).map((set) => revisionOf(set));
  const revision = String(Math.max(0, ...others) + 1);
  const isNewest = found !== undefined && revisionOf(found) >= Number(revision);
  const known = isNewest ? String(revisionOf(found)) : revision;
  const stamp = (live: KubeObject): KubeObject => ({
    ...live,
    metadata: { ...live.metadata, annotations: { ...live.metadata.annotations, [revisionKey]: known } },
  });
  state.change(deployment, controllerManager, stamp);
  if (found !== undefined) {
    return state.change(found, controllerManager, stamp) ?? found;
  }
  return state.create(stamp(newSet(deployment)), controllerManager);
}

function newSet(deployment: KubeObject): KubeObject {
  const hash = hashOf(deployment);
  const spec = valueAt(asJson(deployment), 'spec');
  const template = valueAt(spec, 'template');
  const selector = valueAt(spec, 'selector', 'matchLabels');
  const labels = valueAt(template, 'metadata', 'labels');
  const named = { ...(isJsonObject(labels) ? labels : {}), [hashKey]: hash };
  const metadata = {
    name: `${deployment.metadata.name}-${hash}`,
    namespace: deployment.metadata.namespace ?? '',
    labels: textsOf(named),
    ownerReferences: [ownerReference(deployment)],
  };
  const inner = valueAt(template, 'metadata');
  return {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata,
    spec: {
      replicas: 0,
      selector: {
        ...objectOf(valueAt(spec, 'selector')),
        matchLabels: { ...objectOf(selector), [hashKey]: hash },
      },
      template: { ...objectOf(template), metadata: { ...objectOf(inner), labels: named } },
    },
  };
}

function textsOf(labels: { readonly [key: string]: Json }): { readonly [key: string]: string } {
  const entries = Object.entries(labels);
  return Object.fromEntries(entries.map(([key, value]) => [key, typeof value === 'string' ? value : '']));
}

function objectOf(value: Json | undefined): { readonly [field: string]: Json } {
  return isJsonObject(value) ? value : {};
}

/** One step of a roll-out: no more pods than the surge allows, no fewer ready ones than may be missing. */
function balance(state: ClusterState, deployment: KubeObject, current: KubeObject, timestamp: string): void {
  const json = asJson(deployment);
  const wanted = numberAt(json, 'spec', 'replicas') ?? 1;
  const old = ownedBy(state, deployment, 'apps', 'ReplicaSet').filter(
    (set) => set.metadata.uid !== current.metadata.uid && replicasOf(set) > 0,
  );
  const oldTotal = old.reduce((sum, set) => sum + Math.max(replicasOf(set), statusNumber(set, 'replicas')), 0);
  const isRolling = textAt(json, 'spec', 'strategy', 'type') !== 'Recreate';
  const rolling = valueAt(json, 'spec', 'strategy', 'rollingUpdate');
  const surge = shareOf(valueAt(rolling, 'maxSurge'), wanted, Math.ceil);
  const missing = shareOf(valueAt(rolling, 'maxUnavailable'), wanted, Math.floor);
  const whole = oldTotal === 0 ? wanted : 0;
  const room = isRolling ? Math.max(0, wanted + surge - oldTotal) : whole;
  const isPaused = valueAt(json, 'spec', 'paused') === true;
  const target = old.length === 0 ? wanted : Math.max(Math.min(replicasOf(current), wanted), Math.min(wanted, room));
  scale(state, deployment, { set: current, to: isPaused ? Math.min(target, wanted) : target }, timestamp);
  const least = wanted - (surge === 0 && missing === 0 ? 1 : missing);
  let spare = statusNumber(current, 'availableReplicas') + sum(old, 'availableReplicas') - least;
  for (const set of isPaused ? [] : old) {
    // What does not serve can go at any time.
    const idle = replicasOf(set) - statusNumber(set, 'availableReplicas');
    const going = isRolling ? Math.min(replicasOf(set), Math.max(0, idle) + Math.max(0, spare)) : replicasOf(set);
    spare -= Math.max(0, going - Math.max(0, idle));
    scale(state, deployment, { set, to: replicasOf(set) - going }, timestamp);
  }
}

function replicasOf(set: KubeObject): number {
  return numberAt(asJson(set), 'spec', 'replicas') ?? 1;
}

function statusNumber(set: KubeObject, field: string): number {
  return numberAt(asJson(set), 'status', field) ?? 0;
}

function sum(sets: readonly KubeObject[], field: string): number {
  return sets.reduce((total, set) => total + statusNumber(set, field), 0);
}

function scale(
  state: ClusterState,
  deployment: KubeObject,
  { set, to }: { readonly set: KubeObject; readonly to: number },
  timestamp: string,
): void {
  const from = replicasOf(set);
  if (from === to) {
    return;
  }
  state.change(set, controllerManager, (live) => ({
    ...live,
    spec: { ...objectOf(valueAt(asJson(live), 'spec')), replicas: to },
  }));
  const way = to > from ? 'up' : 'down';
  const message = `Scaled ${way} replica set ${set.metadata.name} from ${from} to ${to}`;
  const component = 'deployment-controller';
  tell(state, deployment, { type: 'Normal', reason: 'ScalingReplicaSet', message, component }, timestamp);
}

/** Older templates are kept for a rollback, as many as the Deployment says. */
function forgetOldSets(state: ClusterState, deployment: KubeObject, current: KubeObject | undefined): void {
  const limit = numberAt(asJson(deployment), 'spec', 'revisionHistoryLimit') ?? 10;
  const idle = ownedBy(state, deployment, 'apps', 'ReplicaSet')
    .filter((set) => set.metadata.uid !== current?.metadata.uid)
    .filter((set) => replicasOf(set) === 0 && statusNumber(set, 'replicas') === 0)
    .toSorted((left, right) => revisionOf(right) - revisionOf(left));
  for (const set of idle.slice(limit)) {
    state.remove(set);
  }
}
