import type { KubeObject } from './kube-object.ts';
import type { StepName } from './waves.ts';

/** One desired object and the step in which it is applied. A render is a list of these: sorted by step, then by object key. */
export interface Manifest {
  readonly step: StepName;
  readonly object: KubeObject;
}
