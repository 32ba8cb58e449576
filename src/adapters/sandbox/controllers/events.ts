import { listAt, numberAt, textAt } from '../../../domain/json.ts';
import { asJson } from '../../../domain/manifest/kube-object.ts';
import type { KubeObject } from '../../../domain/manifest/kube-object.ts';
import type { ClusterState } from './cluster-state.ts';

/** What happened to an object, as `kubectl describe` tells it. */
export interface Happening {
  readonly type: 'Normal' | 'Warning';
  readonly reason: string;
  readonly message: string;
  /** Who tells it. */
  readonly component: string;
}

/** Events kept an object: the same words are counted, and beyond this nothing more is told. */
const eventsEach = 64;

/** Tells of an object. The same words again only raise the count of the Event that is there. */
export function tell(state: ClusterState, object: KubeObject, happening: Happening, timestamp: string): void {
  const { uid = '', resourceVersion = '', name, namespace } = object.metadata;
  const home = namespace ?? 'default';
  const { type, reason, message, component } = happening;
  const about = state.list('', 'Event', home).filter((one) => textAt(asJson(one), 'involvedObject', 'uid') === uid);
  const same = about.find(
    (one) => textAt(asJson(one), 'reason') === reason && textAt(asJson(one), 'message') === message,
  );
  if (same !== undefined) {
    const count = (numberAt(asJson(same), 'count') ?? 1) + 1;
    state.change(same, component, (live) => ({ ...live, count, lastTimestamp: timestamp }));
    return;
  }
  if (about.length >= eventsEach || isEnding(state, home)) {
    return;
  }
  const involved = { kind: object.kind, apiVersion: object.apiVersion, name, uid, resourceVersion };
  const event = {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name: `${name}.${state.revision.toString(16).padStart(16, '0')}`, namespace: home },
    involvedObject: namespace === undefined ? involved : { ...involved, namespace },
    type,
    reason,
    message,
    count: 1,
    firstTimestamp: timestamp,
    lastTimestamp: timestamp,
    source: { component },
    reportingComponent: component,
    reportingInstance: '',
  };
  state.create(event, component);
}

const keptMs = 3_600_000;

/** Events go an hour after they were written last: the default of `--event-ttl`. */
export function forgetEvents(state: ClusterState, now: number): void {
  for (const event of state.list('', 'Event')) {
    const owners = listAt(asJson(event), 'metadata', 'managedFields');
    const times = [event.metadata.creationTimestamp, ...owners.map((owner) => textAt(owner, 'time'))];
    const written = Math.max(...times.map((time) => Date.parse(time ?? '')).filter((ms) => !Number.isNaN(ms)));
    if (now - written >= keptMs) {
      state.remove(event);
    }
  }
}

function isEnding(state: ClusterState, namespace: string): boolean {
  const home = state.get('', 'Namespace', '', namespace);
  return home === undefined || home.metadata.deletionTimestamp !== undefined;
}
