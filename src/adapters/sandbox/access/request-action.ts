import type { Action } from '../../../domain/rbac/policy-rule.ts';
import type { ResourcePath } from '../requests/request-path.ts';

const objectVerbs: { readonly [method: string]: string } = {
  GET: 'get',
  HEAD: 'get',
  POST: 'create',
  PUT: 'update',
  PATCH: 'patch',
  DELETE: 'delete',
};

/** What a request asks for, in the words of the authorizer. `resource` undefined: the path names none. */
export function actionOf(method: string, url: URL, resource: ResourcePath | undefined): Action {
  if (resource === undefined) {
    return { verb: method.toLowerCase(), path: url.pathname };
  }
  const { group, version, subresource } = resource;
  const isNamespace = group === '' && resource.resource === 'namespaces' && resource.name !== undefined;
  const selected = /(?:^|,)metadata\.name==?([^,]+)/u.exec(url.searchParams.get('fieldSelector') ?? '')?.[1];
  const verb = verbOf(method, url.searchParams, resource);
  const isMany = verb === 'list' || verb === 'watch' || verb === 'deletecollection';
  return {
    verb,
    group,
    version,
    resource: resource.resource,
    subresource,
    namespace: (isNamespace ? resource.name : resource.namespace) ?? '',
    name: resource.name ?? (isMany ? (selected ?? '') : ''),
  };
}

function verbOf(method: string, query: URLSearchParams, { name }: ResourcePath): string {
  if (method === 'GET' && ['true', '1'].includes(query.get('watch') ?? '')) {
    return 'watch';
  }
  if (name === undefined && (method === 'GET' || method === 'HEAD')) {
    return 'list';
  }
  return name === undefined && method === 'DELETE' ? 'deletecollection' : (objectVerbs[method] ?? method.toLowerCase());
}
