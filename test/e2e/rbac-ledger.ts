import { listAt, textAt, type Json } from '../../src/domain/json.ts';
import { asJson } from '../../src/domain/manifest/kube-object.ts';
import type { Manifest } from '../../src/domain/manifest/manifest.ts';
import type { AuditRecord } from '../plane/plane.ts';

/** One verb on one resource, as a role grants it. `namespace` is undefined for a ClusterRole. */
export interface Grant {
  readonly verb: string;
  readonly resource: string;
  readonly group: string;
  readonly namespace: string | undefined;
  readonly names: readonly string[];
}

function texts(root: Json, field: string): readonly string[] {
  return listAt(root, field).filter((item) => typeof item === 'string');
}

/** Everything that the rendered roles of one component grant, verb by verb. */
export function grantsOf(manifests: readonly Manifest[], component: string): readonly Grant[] {
  return manifests
    .map(({ object }) => object)
    .filter(({ kind, metadata }) => /^(Cluster)?Role$/u.test(kind) && metadata.name.split(':').at(-1) === component)
    .flatMap((role) =>
      listAt(asJson(role), 'rules').flatMap((rule) =>
        texts(rule, 'resources').flatMap((resource) =>
          texts(rule, 'verbs').map((verb) => ({
            verb,
            resource,
            group: textAt(rule, 'apiGroups', 0) ?? '',
            namespace: role.metadata.namespace,
            names: texts(rule, 'resourceNames'),
          })),
        ),
      ),
    );
}

/** How a grant is written in a table: `update metallb.io/ipaddresspools/status`. */
export function describeGrant({ verb, group, resource, names }: Grant): string {
  const where = group === '' ? resource : `${group}/${resource}`;
  return `${verb} ${where}${names.length === 0 ? '' : ` ${names.join()}`}`;
}

/** A list or watch of one object by name is authorized by that name (the server reads it from the field selector). */
function nameOf({ objectRef, requestURI }: AuditRecord): string | undefined {
  const selector = new URL(requestURI, 'https://server').searchParams.get('fieldSelector');
  return objectRef?.name ?? /^metadata\.name=([^,]+)$/u.exec(selector ?? '')?.[1];
}

function resourceOf({ objectRef }: AuditRecord): string {
  const { resource = '', subresource } = objectRef ?? {};
  return subresource === undefined ? resource : `${resource}/${subresource}`;
}

/** A server-side apply is a patch, and where the object isn't there yet the server wants the right to create it too. */
function isVerb(record: AuditRecord, verb: string): boolean {
  return record.verb === verb || (verb === 'create' && record.verb === 'patch' && record.responseStatus?.code === 201);
}

function uses(record: AuditRecord, grant: Grant): boolean {
  const name = nameOf(record);
  return (
    isVerb(record, grant.verb) &&
    resourceOf(record) === grant.resource &&
    (record.objectRef?.apiGroup ?? '') === grant.group &&
    (grant.namespace === undefined || record.objectRef?.namespace === grant.namespace) &&
    (grant.names.length === 0 || (name !== undefined && grant.names.includes(name)))
  );
}

/** What was granted and never asked for. */
export function unusedGrants(grants: readonly Grant[], records: readonly AuditRecord[]): readonly string[] {
  return grants.filter((grant) => !records.some((record) => uses(record, grant))).map((grant) => describeGrant(grant));
}

/** What was asked for and refused, once each. */
export function deniedRequests(records: readonly AuditRecord[]): readonly string[] {
  const denied = records.filter(({ responseStatus }) => responseStatus?.code === 403);
  return [...new Set(denied.map((record) => `${record.verb} ${record.requestURI}`))];
}
