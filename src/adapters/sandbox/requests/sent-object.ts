import { isJsonObject } from '../../../domain/json.ts';
import type { JsonObject } from '../../../domain/json.ts';
import type { KubeObject } from '../../../domain/manifest/kube-object.ts';
import { asObject } from './request-body.ts';
import type { ResourceRequest } from './resource-request.ts';
import { jsonForm } from './patch-types.ts';
import type { ServedKind } from '../kinds/served-kind.ts';
import { apiVersionOf } from '../kinds/served-kind.ts';
import { unrecognized as unrecognizedBody } from '../bodies/parse-body.ts';
import { badRequest } from '../answers/status-error.ts';

/** The object of a create or update. A built-in kind need not be named: the path tells it. */
export function sentObject({ body, kind }: ResourceRequest): KubeObject {
  const unrecognized = `the object provided is unrecognized (must be of type ${kind.kind})`;
  if (!isJsonObject(body)) {
    throw badRequest(`${unrecognized}: couldn't get version/kind; json parse error: the body is no mapping`);
  }
  const apiVersion = ownText(body, 'apiVersion', kind.custom ? undefined : apiVersionOf(kind), kind);
  const type = ownText(body, 'kind', kind.custom ? undefined : kind.kind, kind);
  if (apiVersion.split('/').length > 2) {
    throw unrecognizedBody(kind, `unexpected GroupVersion string: ${apiVersion}`, JSON.stringify(body));
  }
  if (!kind.custom) {
    checkBuiltIn(kind, apiVersion, type);
  }
  return asObject({ ...body, apiVersion, kind: type });
}

/** The text of a field of the body; what is not there is as the path has it. */
function ownText(body: JsonObject, field: string, known: string | undefined, kind: ServedKind): string {
  const value = body[field] ?? '';
  const text = JSON.stringify(body);
  if (typeof value !== 'string') {
    const why = `json: cannot unmarshal ${jsonForm(value)} into Go struct field .${field} of type string`;
    throw unrecognizedBody(kind, `couldn't get version/kind; json parse error: ${why}`, text);
  }
  if (value === '' && known === undefined && field === 'kind') {
    throw unrecognizedBody(kind, `Object 'Kind' is missing in '${text}'`, text);
  }
  return value === '' ? (known ?? '') : value;
}

/** A built-in kind is decoded as what it says it is, and then converted. */
function checkBuiltIn(kind: ServedKind, apiVersion: string, type: string): void {
  const version = apiVersion.split('/').at(-1) ?? '';
  const refused = (why: string): Error =>
    badRequest(`${type} in version "${version}" cannot be handled as a ${kind.kind}: ${why}`);
  if (apiVersion !== apiVersionOf(kind)) {
    const scheme = 'in scheme "pkg/runtime/scheme.go:111"';
    throw refused(`no kind "${type}" is registered for version "${apiVersion}" ${scheme}`);
  }
  if (type !== kind.kind) {
    const internal = `${kind.group === '' ? 'core' : (kind.group.split('.', 1)[0] ?? '')}.${kind.kind}`;
    throw refused(`converting (${kind.version}.${type}) to (${internal}): unknown conversion`);
  }
}
