import { type JsonObject, textAt } from '../json.ts';
import type { KubeObject } from '../manifest/kube-object.ts';
import { formatUtc } from '../time/utc-time.ts';

const apiVersion = 'metallb.io/v1beta1';
const kind = 'ConfigurationState';
const name = 'controller';
const conditionType = 'poolReconcilerValid';

/** The object in which a controller says whether it could take the configuration. */
export function configurationStateObject(namespace: string): KubeObject {
  const labels = { 'metallb.io/component-type': 'controller' };
  return { apiVersion, kind, metadata: { name, namespace, labels } };
}

/** Its status; `refusal` is why the configuration is refused, undefined where it was taken. */
export function configurationVerdict(refusal: string | undefined, now: number): JsonObject {
  const isValid = refusal === undefined;
  return {
    result: isValid ? 'Valid' : 'Invalid',
    errorSummary: refusal ?? '',
    conditions: [
      {
        type: conditionType,
        status: isValid ? 'True' : 'False',
        reason: isValid ? 'Reconciled' : 'ConfigurationError',
        message: refusal ?? 'The configuration was taken',
        lastTransitionTime: formatUtc(now),
      },
    ],
  };
}

/** True where that status says the same already, whenever it was written. */
export function isSameVerdict(standing: JsonObject, wanted: JsonObject): boolean {
  return ['result', 'errorSummary'].every((field) => (textAt(standing, field) ?? '') === (textAt(wanted, field) ?? ''));
}
