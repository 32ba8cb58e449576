import { isJsonObject, valueAt } from '../../../domain/json.ts';
import type { JsonObject } from '../../../domain/json.ts';
import type { AdmissionRequest } from '../../../domain/validating-policy/admission-request.ts';
import type { ResourceRequest } from '../requests/resource-request.ts';

const kinds = { CREATE: 'CreateOptions', UPDATE: 'UpdateOptions', DELETE: 'DeleteOptions' } as const;
const ofDeletions = ['gracePeriodSeconds', 'orphanDependents', 'preconditions', 'propagationPolicy'];

/** The options of a write as webhooks are shown them: a patch has those of the create or update that it comes to. */
export function operationOptions(
  { query, body }: ResourceRequest,
  { operation, dryRun }: AdmissionRequest,
): JsonObject {
  const named = operation === 'DELETE' ? ['propagationPolicy'] : ['fieldManager', 'fieldValidation'];
  const texts = named.flatMap((field) => {
    const text = query.get(field) ?? '';
    return text === '' ? [] : [[field, text] as const];
  });
  const sent = operation === 'DELETE' && isJsonObject(body) ? body : {};
  const fields = ofDeletions.flatMap((field) => {
    const value = valueAt(sent, field);
    return value === undefined ? [] : [[field, value] as const];
  });
  return {
    kind: kinds[operation],
    apiVersion: 'meta.k8s.io/v1',
    ...Object.fromEntries(texts),
    ...Object.fromEntries(fields),
    ...(dryRun ? { dryRun: ['All'] } : {}),
  };
}
