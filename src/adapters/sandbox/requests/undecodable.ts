import { goText } from '../../../domain/object-rules/conversion.ts';
import type { Json } from '../../../domain/json.ts';
import { StatusError, badRequest } from '../answers/status-error.ts';
import type { ServedKind } from '../kinds/served-kind.ts';
import type { Target } from './target.ts';

/** How an object came to the server, which is how a mistake in it is told. `patch`: what a strategic patch says. */
export type WriteForm =
  | { readonly type: 'whole' }
  | { readonly type: 'patched' }
  | { readonly type: 'merged'; readonly patch: Json }
  | { readonly type: 'applied' };

/** The refusal of an object that cannot be decoded. Of a patch the server quotes what it would leave, or itself. */
export function undecodable({ kind, name }: Target, form: WriteForm, object: unknown, why: string): StatusError {
  switch (form.type) {
    case 'whole':
      return badRequest(`${kind.kind} in version "${kind.version}" cannot be handled as a ${kind.kind}: ${why}`);
    case 'patched':
      return refusedPatch(JSON.stringify(object), why);
    case 'merged':
      return refusedPatch(goText(form.patch), why);
    case 'applied': {
      const type = groupKind(kind);
      const failed = `unable to convert unstructured object to ${type}: ${why}`;
      return new StatusError(500, '', `failed to convert new object (/${name}; ${type}) to proper version: ${failed}`);
    }
  }
}

/** `apps/v1, Kind=Deployment`, with a slash alone for the core group. */
function groupKind({ group, version, kind }: ServedKind): string {
  return `${group}/${version}, Kind=${kind}`;
}

function refusedPatch(quoted: string, why: string): StatusError {
  const message = `Invalid value: ${JSON.stringify(quoted)}: ${why}`;
  const causes = [{ reason: 'FieldValueInvalid', message, field: 'patch' }];
  return new StatusError(422, 'Invalid', ` "" is invalid: patch: ${message}`, { causes });
}
