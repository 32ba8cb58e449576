import { textAt, valueAt } from '../../domain/json.ts';
import { asJson } from '../../domain/manifest/kube-object.ts';
import type { KubeObject } from '../../domain/manifest/kube-object.ts';
import { badRequest } from './status-error.ts';

export type Selects = (object: KubeObject) => boolean;

type LabelTest = (labels: { readonly [key: string]: string }) => boolean;

/** A label selector of a request: `a=b`, `a!=b`, `a in (b,c)`, `a notin (b)`, `a`, `!a`, joined by commas. */
export function labelSelector(text: string): Selects {
  const parts = text.split(/,(?![^(]*\))/u).map((part) => part.trim());
  const tests = parts.filter((part) => part !== '').map((part) => labelTest(part));
  return (object) => tests.every((test) => test(object.metadata.labels ?? {}));
}

function labelTest(part: string): LabelTest {
  const sets = /^([\w./-]+)\s+(in|notin)\s+\(([^)]*)\)$/u.exec(part);
  if (sets !== null) {
    const [, key = '', operator, list = ''] = sets;
    const values = new Set(list.split(',').map((value) => value.trim()));
    return (labels) => values.has(labels[key] ?? '\u0000') === (operator === 'in');
  }
  const equality = /^([\w./-]+)\s*(==|!=|=)\s*([\w.-]*)$/u.exec(part);
  if (equality !== null) {
    const [, key = '', operator, value] = equality;
    return (labels) => (labels[key] === value) === (operator !== '!=');
  }
  const presence = /^(!?)([\w./-]+)$/u.exec(part);
  if (presence === null) {
    throw badRequest(`unable to parse requirement: ${JSON.stringify(part)}`);
  }
  const [, not, key = ''] = presence;
  return (labels) => Object.hasOwn(labels, key) === (not === '');
}

/** A field selector: equality and inequality on any text field, as `metadata.name=x,status.phase!=Running`. */
export function fieldSelector(text: string): Selects {
  const parts = text.split(',').filter((part) => part !== '');
  const tests = parts.map((part): Selects => {
    const match = /^([\w.]+)(==|!=|=)(.*)$/u.exec(part);
    if (match === null) {
      throw badRequest(`invalid selector: '${part}'; can't understand '${part}'`);
    }
    const [, path = '', operator, wanted = ''] = match;
    return (object) => ((fieldText(object, path.split('.')) ?? '') === wanted) === (operator !== '!=');
  });
  return (object) => tests.every((test) => test(object));
}

function fieldText(object: KubeObject, path: readonly string[]): string | undefined {
  const value = valueAt(asJson(object), ...path);
  return typeof value === 'boolean' ? String(value) : textAt(asJson(object), ...path);
}
