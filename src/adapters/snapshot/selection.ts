import { textAt } from '../../domain/json.ts';
import { asJson } from '../../domain/manifest/kube-object.ts';
import type { KubeObject } from '../../domain/manifest/kube-object.ts';
import type { ListOptions } from '../../ports/cluster.ts';

/** Label and field selectors of equality (`a=b`, `a==b`, `a!=b`) and presence (`a`, `!a`), joined by commas. */
export function matchesSelectors(object: KubeObject, options: ListOptions): boolean {
  const labels = object.metadata.labels ?? {};
  return (
    terms(options.labelSelector).every((term) => holds(term, (key) => labels[key])) &&
    terms(options.fieldSelector).every((term) => holds(term, (path) => textAt(asJson(object), ...path.split('.'))))
  );
}

function terms(selector: string | undefined): readonly string[] {
  return (selector ?? '').split(',').filter((term) => term !== '');
}

function holds(term: string, read: (key: string) => string | undefined): boolean {
  const [, key, operator, value] = /^([^=!]+)(==|=|!=)(.*)$/u.exec(term) ?? [];
  if (key !== undefined) {
    return (read(key) === value) === (operator !== '!=');
  }
  return term.startsWith('!') ? read(term.slice(1)) === undefined : read(term) !== undefined;
}
