import { isJsonObject, textAt } from '../../../domain/json.ts';
import type { KubeObject } from '../../../domain/manifest/kube-object.ts';
import { asObject } from './request-body.ts';
import type { ResourceRequest } from './resource-request.ts';
import { apiVersionOf } from '../kinds/served-kind.ts';
import { unrecognized as unrecognizedBody } from '../bodies/parse-body.ts';
import { badRequest } from '../answers/status-error.ts';

/** The object of a create or update. A built-in kind need not be named: the path tells it. */
export function sentObject({ body, kind }: ResourceRequest): KubeObject {
  const unrecognized = `the object provided is unrecognized (must be of type ${kind.kind})`;
  if (!isJsonObject(body)) {
    throw badRequest(`${unrecognized}: couldn't get version/kind; json parse error: the body is no mapping`);
  }
  const apiVersion = textAt(body, 'apiVersion') ?? (kind.custom ? '' : apiVersionOf(kind));
  const type = textAt(body, 'kind') ?? (kind.custom ? '' : kind.kind);
  if (type === '' || apiVersion === '') {
    const text = JSON.stringify(body);
    throw unrecognizedBody(kind, `Object '${type === '' ? 'Kind' : 'apiVersion'}' is missing in '${text}'`, text);
  }
  if (!kind.custom && apiVersion === apiVersionOf(kind) && type !== kind.kind) {
    const conversion = `converting (${kind.version}.${type}) to (${kind.kind}): unknown conversion`;
    throw badRequest(`${type} in version "${kind.version}" cannot be handled as a ${kind.kind}: ${conversion}`);
  }
  return asObject({ ...body, apiVersion, kind: type });
}
