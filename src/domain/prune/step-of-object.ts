import type { ObjectId } from '../manifest/object-id.ts';
import { stepRank, type StepName } from '../manifest/waves.ts';

/** Kinds that only one step applies. A name of a kind is unique among those that the product renders. */
const stepsOfKinds: ReadonlyMap<string, StepName> = new Map<string, StepName>([
  ['Namespace', 'namespace'],
  ['CustomResourceDefinition', 'crds'],
  ['ValidatingAdmissionPolicy', 'admission'],
  ['ValidatingAdmissionPolicyBinding', 'admission'],
  ['ValidatingWebhookConfiguration', 'webhook'],
  ['Deployment', 'controller'],
  ['PodDisruptionBudget', 'controller'],
  ['DaemonSet', 'speaker'],
  ['BFDProfile', 'references'],
  ['Community', 'references'],
  ['IPAddressPool', 'pools'],
  ['BGPPeer', 'peers'],
  ['L2Advertisement', 'advertisements'],
  ['BGPAdvertisement', 'advertisements'],
  ['ServiceMonitor', 'monitors'],
  ['PodMonitor', 'monitors'],
  ['PrometheusRule', 'rules'],
]);

/** The Services through which metrics are read belong to monitoring; the other one answers the admission webhook. */
function stepOfService(name: string): StepName {
  return name.endsWith('-metrics') ? 'monitors' : 'webhook';
}

/** The step that once applied an object of which only the identity is known. */
export function stepOfObject(id: ObjectId): StepName {
  return id.kind === 'Service' ? stepOfService(id.name) : (stepsOfKinds.get(id.kind) ?? 'access');
}

/** Steps whose objects make up MetalLB itself, in contrast to what it is configured with. */
const programSteps: ReadonlySet<StepName> = new Set([
  'namespace',
  'crds',
  'admission',
  'access',
  'webhook',
  'controller',
  'speaker',
]);

/** True for what `metallb.install` brings. */
export function isProgramStep(step: StepName): boolean {
  return programSteps.has(step);
}

/**
 * Position of a deletion: the steps in reverse. A webhook configuration goes before the programs that answer for it, so
 * that none ever stands without anybody behind it.
 */
export function pruneRank(id: ObjectId): number {
  const step = id.kind === 'ValidatingWebhookConfiguration' ? 'references' : stepOfObject(id);
  return -stepRank(step);
}
