import { asJson } from '../../../domain/manifest/kube-object.ts';
import type { KubeObject } from '../../../domain/manifest/kube-object.ts';
import { conflictMessage } from '../../../domain/merge/merge-apply.ts';
import type { ApplyConflict } from '../../../domain/merge/merge-apply.ts';
import { describeOwner } from '../../../domain/merge/ownership.ts';
import { typedErrors } from '../../../domain/merge/typed-errors.ts';
import { StatusError } from '../answers/status-error.ts';
import type { Target } from './target.ts';

/** Server-side apply reads a body by the schema alone, whatever the field validation asked for. */
export function checkReadable({ kind, name }: Target, body: KubeObject): void {
  const errors = typedErrors(asJson(body), kind.schema);
  if (errors !== undefined) {
    const group = kind.group === '' ? `/${kind.version}` : `${kind.group}/${kind.version}`;
    const where = `${body.metadata.namespace ?? ''}/${name}; ${group}, Kind=${kind.kind}`;
    throw new StatusError(500, '', `failed to create typed patch object (${where}): ${errors}`);
  }
}

export function applyConflict(conflicts: readonly ApplyConflict[]): StatusError {
  const causes = conflicts.map((one) => ({
    reason: 'FieldManagerConflict',
    message: `conflict with ${describeOwner(one.owner)}`,
    field: one.field,
  }));
  return new StatusError(409, 'Conflict', conflictMessage(conflicts), { causes });
}
