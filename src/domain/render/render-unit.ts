import type { JsonObject } from '../json.ts';
import type { StepName } from '../manifest/waves.ts';

/** The templates that ship with the product: one shape of object each, in src/adapters/template/manifests. */
export const templateNames = [
  'admission-policy',
  'admission-policy-binding',
  'cluster-role',
  'cluster-role-binding',
  'config-map',
  'metallb-resource',
  'metrics-service',
  'namespace',
  'native-controller',
  'pod-disruption-budget',
  'prometheus-rule',
  'role',
  'role-binding',
  'service-account',
  'service-monitor',
  'upstream-controller',
  'upstream-speaker',
  'webhook-configuration',
  'webhook-secret',
  'webhook-service',
] as const;
export type TemplateName = (typeof templateNames)[number];

/**
 * One object to be: its template and the values that go in. A template reads only what stands here; a value that is
 * null, false or an empty list is left out where the template says so.
 */
export interface RenderUnit {
  readonly step: StepName;
  readonly template: TemplateName;
  readonly values: JsonObject;
}
