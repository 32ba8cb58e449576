import { textAt, valueAt } from '../../../domain/json.ts';
import { asJson } from '../../../domain/manifest/kube-object.ts';
import type { KubeObject } from '../../../domain/manifest/kube-object.ts';
import type { ServedKind } from '../kinds/served-kind.ts';
import { badRequest } from '../answers/status-error.ts';
import type { Selects } from './label-selector.ts';

const common = ['metadata.name', 'metadata.namespace'];

/** Kinds that have no namespace, and no field for it to be selected by. */
const homeless: ReadonlySet<string> = new Set(['Namespace', 'Node']);

/** The further fields by which a kind of the core group can be selected. */
const fields: { readonly [kind: string]: readonly string[] } = {
  Pod: [
    'spec.nodeName',
    'spec.restartPolicy',
    'spec.schedulerName',
    'spec.serviceAccountName',
    'spec.hostNetwork',
    'status.phase',
    'status.podIP',
    'status.nominatedNodeName',
  ],
  Service: ['spec.clusterIP', 'spec.type'],
  Node: ['spec.unschedulable'],
  Secret: ['type'],
  Namespace: ['status.phase'],
  Event: [
    'involvedObject.kind',
    'involvedObject.namespace',
    'involvedObject.name',
    'involvedObject.uid',
    'involvedObject.apiVersion',
    'involvedObject.resourceVersion',
    'involvedObject.fieldPath',
    'reason',
    'reportingComponent',
    'source',
    'type',
  ],
};

/** A field selector: equality and inequality of the fields that the kind offers, as `metadata.name=x,status.phase!=Running`. */
export function fieldSelector(text: string, kind: ServedKind): Selects {
  const terms = text
    .split(/(?<!\\),/u)
    .filter((term) => term !== '')
    .toSorted();
  const tests = terms.map((term): Selects => {
    const match = /^(.*?)(==|!=|=)(.*)$/u.exec(term);
    if (match === null) {
      throw badRequest(`invalid selector: '${text}'; can't understand '${term}'`);
    }
    const [, path = '', operator, escaped = ''] = match;
    const wanted = unescaped(escaped);
    checkField(path, kind);
    return (object) => (fieldText(object, path.split('.')) === wanted) === (operator !== '!=');
  });
  return (object) => tests.every((test) => test(object));
}

/** Commas, equality signs and backslashes of a value stand behind a backslash. */
function unescaped(text: string): string {
  const odd = /^(?:[^\\,=]|\\[\\,=])*(.?)(.?)/su.exec(text);
  const [, sign = '', next = ''] = odd ?? [];
  if (sign === '\\') {
    throw badRequest(`invalid field selector: invalid escape sequence: \\${next}`);
  }
  if (sign !== '') {
    throw badRequest(`invalid field selector: unescaped character in value: ${sign.charCodeAt(0)}`);
  }
  return text.replaceAll(/\\([\\,=])/gu, '$1');
}

function checkField(path: string, kind: ServedKind): void {
  const more = kind.custom ? (kind.selectableFields ?? []) : coreFields(kind);
  const isHome = path === 'metadata.namespace' && homeless.has(kind.kind) && kind.group === '';
  if ((common.includes(path) && !isHome) || more?.includes(path) === true) {
    return;
  }
  if (more !== undefined) {
    throw badRequest(`field label not supported: ${path}`);
  }
  const known = common.map((field) => JSON.stringify(field)).join(', ');
  throw badRequest(`${JSON.stringify(path)} is not a known field selector: only ${known}`);
}

function coreFields({ group, kind }: ServedKind): readonly string[] | undefined {
  return group === '' && Object.hasOwn(fields, kind) ? fields[kind] : undefined;
}

/** Absent text is empty, an absent flag is off: fields are read as the server holds them. */
function fieldText(object: KubeObject, path: readonly string[]): string {
  const value = valueAt(asJson(object), ...path);
  if (path.at(-1) === 'unschedulable' || path.at(-1) === 'hostNetwork') {
    return String(value === true);
  }
  if (path[0] === 'source') {
    return textAt(asJson(object), 'source', 'component') ?? '';
  }
  return typeof value === 'object' || value === undefined ? '' : String(value);
}
