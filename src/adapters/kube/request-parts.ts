import type { ApiKind, ListOptions, WriteLimit } from '../../ports/cluster.ts';
import { resourceName } from './discovery.ts';
import type { Asked } from './status-failure.ts';

/** The server ends a request by itself after `timeout`, also where the connection has broken meanwhile. */
export function serverTimeout(joint: '?' | '&', limit: WriteLimit | undefined): string {
  return limit === undefined ? '' : `${joint}timeout=${Math.ceil(limit.timeoutMs / 1000)}s`;
}

export function limited(limit: WriteLimit | undefined): { readonly limit?: WriteLimit } {
  return limit === undefined ? {} : { limit };
}

export function askedFor(verb: string, kind: ApiKind, subject: string): Asked {
  return { verb, resource: resourceName(kind), subject, isSecret: kind.group === '' && kind.kind === 'Secret' };
}

/** The query of one page of a list; `next` is what the page before it gave. */
export function pageQuery(options: ListOptions, pageSize: number, next: string): string {
  const query = new URLSearchParams({ limit: String(pageSize) });
  if (options.labelSelector !== undefined) {
    query.set('labelSelector', options.labelSelector);
  }
  if (options.fieldSelector !== undefined) {
    query.set('fieldSelector', options.fieldSelector);
  }
  if (next !== '') {
    query.set('continue', next);
  }
  return query.toString();
}
