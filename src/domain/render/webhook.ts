import type { Environment } from '../environment/environment.ts';
import { transitionAnnotation } from '../identity.ts';
import type { JsonObject } from '../json.ts';
import { serverPortOfWebhook, webhookConfiguration, webhookSecret, webhookService } from './metallb-profile.ts';
import { objectMetadata, podLabels } from './object-labels.ts';
import type { RenderUnit } from './render-unit.ts';

interface CheckedKind {
  readonly resource: string;
  /** As it stands in the path the controller serves. */
  readonly kind: string;
  readonly version: string;
  readonly operations: readonly ('CREATE' | 'UPDATE' | 'DELETE')[];
}

/** What upstream's controller checks. A BFD profile is immutable to it, but may not go while a peer refers to it. */
const checkedKinds: readonly CheckedKind[] = [
  { resource: 'bfdprofiles', kind: 'bfdprofile', version: 'v1beta1', operations: ['CREATE', 'DELETE'] },
  { resource: 'bgpadvertisements', kind: 'bgpadvertisement', version: 'v1beta1', operations: ['CREATE', 'UPDATE'] },
  { resource: 'bgppeers', kind: 'bgppeer', version: 'v1beta2', operations: ['CREATE', 'UPDATE'] },
  { resource: 'communities', kind: 'community', version: 'v1beta1', operations: ['CREATE', 'UPDATE'] },
  { resource: 'ipaddresspools', kind: 'ipaddresspool', version: 'v1beta1', operations: ['CREATE', 'UPDATE'] },
  { resource: 'l2advertisements', kind: 'l2advertisement', version: 'v1beta1', operations: ['CREATE', 'UPDATE'] },
];

/**
 * Pools that take addresses from another one overlap it until that one has given them up, and nothing is lost because
 * they do; so these are not asked about (matchConditions, Kubernetes 1.28).
 */
const unlessInTransition: JsonObject = {
  name: 'not-in-transition',
  expression: `!has(object.metadata.annotations) || !('${transitionAnnotation}' in object.metadata.annotations)`,
};

function webhookEntry(namespace: string, checked: CheckedKind): JsonObject {
  const { resource, kind, version, operations } = checked;
  return {
    name: `${kind}validationwebhook.metallb.io`,
    admissionReviewVersions: ['v1'],
    clientConfig: {
      service: { name: webhookService, namespace, path: `/validate-metallb-io-${version}-${kind}`, port: 443 },
    },
    failurePolicy: 'Fail',
    ...(resource === 'ipaddresspools' ? { matchConditions: [unlessInTransition] } : {}),
    sideEffects: 'None',
    rules: [
      { apiGroups: ['metallb.io'], apiVersions: [version], operations, resources: [resource], scope: 'Namespaced' },
    ],
  };
}

/**
 * MetalLB's admission webhook. `caBundle` and the Secret's data are the controller's own to write: they are never
 * rendered, so nothing here ever differs because of them.
 */
export function webhookUnits(environment: Environment): readonly RenderUnit[] {
  const { namespace } = environment.metallb;
  const labels = podLabels('controller');
  return [
    {
      step: 'webhook',
      template: 'webhook-secret',
      values: { metadata: objectMetadata(environment, webhookSecret, { namespace, labels }) },
    },
    {
      step: 'webhook',
      template: 'webhook-service',
      values: {
        metadata: objectMetadata(environment, webhookService, { namespace, labels }),
        selector: labels,
        targetPort: serverPortOfWebhook,
      },
    },
    {
      step: 'webhook',
      template: 'webhook-configuration',
      values: {
        metadata: objectMetadata(environment, webhookConfiguration, { labels }),
        webhooks: checkedKinds.map((checked) => webhookEntry(namespace, checked)),
      },
    },
  ];
}
