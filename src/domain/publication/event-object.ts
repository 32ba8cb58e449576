import type { Decision } from '../allocation/native/decision.ts';
import type { Digest } from '../digest.ts';
import type { KubeObject } from '../manifest/kube-object.ts';
import { formatUtc } from '../time/utc-time.ts';
import type { ServiceRecord } from './service-record.ts';

/** What is told of a Service. */
export type ServiceEvent = Decision['events'][number];

/** How often the same was said of a Service, and since when. */
export interface EventCount {
  readonly first: number;
  readonly last: number;
  readonly count: number;
}

/** One name for one Service and one text, so that a repetition counts up the event that is there. */
export function eventName(record: ServiceRecord, { reason, message }: ServiceEvent, digest: Digest): string {
  return `${record.view.name}.${digest(`${record.uid} ${reason} ${message}`).slice(0, 16)}`;
}

/** The Event as it is written. */
export function eventObject(record: ServiceRecord, event: ServiceEvent, name: string, times: EventCount): KubeObject {
  const { namespace } = record.view;
  const component = 'metalwave-controller';
  return {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name, namespace },
    involvedObject: {
      apiVersion: 'v1',
      kind: 'Service',
      namespace,
      name: record.view.name,
      uid: record.uid,
      resourceVersion: record.version,
    },
    type: event.type,
    reason: event.reason,
    message: event.message,
    count: times.count,
    firstTimestamp: formatUtc(times.first),
    lastTimestamp: formatUtc(times.last),
    source: { component },
    reportingComponent: component,
    reportingInstance: '',
  };
}
