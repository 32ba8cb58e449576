import { textAt } from '../../json.ts';
import { asJson, type KubeObject } from '../../manifest/kube-object.ts';
import { conditionsOf } from '../conditions.ts';
import type { ConfigurationEvidence } from './evidence.ts';

/** MetalLB names these objects after the program, a speaker's after its node too. */
export function configurationStateName(component: 'controller' | 'speaker', node: string): string {
  return component === 'controller' ? 'controller' : `speaker-${node}`;
}

/**
 * The conditions decide, not `status.result`: it says Valid also where a condition is False for an UnknownError. Their
 * message is empty; the words stand in `errorSummary`.
 */
export function readConfigurationState(object: KubeObject | undefined): ConfigurationEvidence {
  const conditions = object === undefined ? [] : conditionsOf(object);
  const worst =
    conditions.find(({ status }) => status === 'False') ??
    conditions.find(({ status }) => status !== 'True') ??
    conditions[0];
  if (object === undefined || worst === undefined) {
    return { kind: 'silent', why: 'it has written no ConfigurationState yet', final: false };
  }
  const summary = textAt(asJson(object), 'status', 'errorSummary') ?? '';
  return {
    kind: 'state',
    valid: worst.status,
    reason: worst.reason,
    message: summary === '' ? worst.message : summary,
    resourceVersion: object.metadata.resourceVersion ?? '',
  };
}
