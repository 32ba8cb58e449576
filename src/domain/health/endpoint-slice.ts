import { listAt, valueAt } from '../json.ts';
import { asJson, type KubeObject } from '../manifest/kube-object.ts';
import type { Health } from './health.ts';

/** How many endpoints of some slices are ready. A missing `ready` counts as ready, as the API defines it. */
export function readyEndpoints(slices: readonly KubeObject[]): { readonly ready: number; readonly all: number } {
  const endpoints = slices.flatMap((slice) => listAt(asJson(slice), 'endpoints'));
  const ready = endpoints.filter((endpoint) => valueAt(endpoint, 'conditions', 'ready') !== false);
  return { ready: ready.length, all: endpoints.length };
}

/** A slice is good once one of its endpoints takes traffic. */
export function endpointSliceHealth(object: KubeObject): Health {
  const { ready, all } = readyEndpoints([object]);
  return { status: ready > 0 ? 'Current' : 'InProgress', message: `${ready} of ${all} endpoints ready` };
}
