import { expect } from 'vitest';
import type { ApiAnswer, ApiCall } from './api-client.ts';
import type { ContractCase } from './contract.ts';
import { at, definitionsPath } from './fixtures.ts';
import type { Fields, Stage } from './fixtures.ts';
import { ownersIn } from './owner-text.ts';

/**
 * What an answer has to be: its code; a refusal as `409 Conflict: message`; or values by path. `code`, `text`, `refusal`,
 * `warning`, `names` (of a list), `events` (of a watch) and `owners` are read off the answer, every other path off its body; a
 * pattern stands for a text that matches it, undefined for what must not be there. Without it the request must go through.
 */
export type Gives = number | string | Fields;

/**
 * One request: `METHOD path [manager] [force] [as:TYPE] [type:TYPE]`, then what is sent, then what it gives. GET and DELETE have no
 * body unless three parts are written. Methods beside those of HTTP name a patch: APPLY, MERGE, JSON, STRATEGIC. A path
 * begins with a collection of `collections` (in the case's namespace) or is written out after a slash. Objects that are
 * sent get apiVersion, kind and the name of the path (POST strips it from there). `$NS`, `$UID` and `$RV` stand for the
 * namespace and for uid and resourceVersion of the last object that was answered; a text is sent as it is.
 */
export type Step = readonly [line: string, sendOrGives?: unknown, gives?: Gives];

export type ShortCase = readonly [behaviour: string, ...steps: readonly Step[]];

interface Collection {
  readonly path: string;
  readonly apiVersion: string;
  readonly kind: string;
}

function collection(prefix: string, resource: string, kind: string): Collection {
  const apiVersion = prefix.replace(/^\/apis?\//u, '');
  return { path: `${prefix}/namespaces/$NS/${resource}`, apiVersion, kind };
}

const collections: Readonly<Record<string, Collection>> = {
  maps: collection('/api/v1', 'configmaps', 'ConfigMap'),
  secrets: collection('/api/v1', 'secrets', 'Secret'),
  services: collection('/api/v1', 'services', 'Service'),
  accounts: collection('/api/v1', 'serviceaccounts', 'ServiceAccount'),
  pods: collection('/api/v1', 'pods', 'Pod'),
  events: collection('/api/v1', 'events', 'Event'),
  deployments: collection('/apis/apps/v1', 'deployments', 'Deployment'),
  daemonsets: collection('/apis/apps/v1', 'daemonsets', 'DaemonSet'),
  replicasets: collection('/apis/apps/v1', 'replicasets', 'ReplicaSet'),
  leases: collection('/apis/coordination.k8s.io/v1', 'leases', 'Lease'),
  slices: collection('/apis/discovery.k8s.io/v1', 'endpointslices', 'EndpointSlice'),
  roles: collection('/apis/rbac.authorization.k8s.io/v1', 'roles', 'Role'),
  bindings: collection('/apis/rbac.authorization.k8s.io/v1', 'rolebindings', 'RoleBinding'),
  things: collection('/apis/test.metalwave.io/v1', 'things', 'Thing'),
  widgets: collection('/apis/test.metalwave.io/v1', 'widgets', 'Widget'),
  betas: collection('/apis/test.metalwave.io/v1beta1', 'widgets', 'Widget'),
  clusterroles: {
    path: '/apis/rbac.authorization.k8s.io/v1/clusterroles',
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRole',
  },
  clusterbindings: {
    path: '/apis/rbac.authorization.k8s.io/v1/clusterrolebindings',
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRoleBinding',
  },
  namespaces: { path: '/api/v1/namespaces', apiVersion: 'v1', kind: 'Namespace' },
  nodes: { path: '/api/v1/nodes', apiVersion: 'v1', kind: 'Node' },
  definitions: { path: definitionsPath, apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition' },
};

const methods: Readonly<Record<string, readonly [ApiCall['method'], type: string]>> = {
  GET: ['GET', 'application/json'],
  DELETE: ['DELETE', 'application/json'],
  POST: ['POST', 'application/json'],
  PUT: ['PUT', 'application/json'],
  APPLY: ['PATCH', 'application/apply-patch+yaml'],
  MERGE: ['PATCH', 'application/merge-patch+json'],
  JSON: ['PATCH', 'application/json-patch+json'],
  STRATEGIC: ['PATCH', 'application/strategic-merge-patch+json'],
};

const accepted: Readonly<Record<string, string>> = {
  table: 'application/json;as=Table;v=v1;g=meta.k8s.io',
  partial: 'application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io',
  partials: 'application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io',
};

type Words = ReadonlyMap<string, string>;

function spell(text: string, words: Words): string {
  return text.replaceAll(/\$(?:NS|UID|RV)/gu, (word) => words.get(word) ?? word);
}

function spellAll(value: unknown, words: Words): unknown {
  return value === undefined ? undefined : JSON.parse(spell(JSON.stringify(value), words));
}

/** The path that a line names, and the collection it is in. */
function placeOf(
  verb: string,
  place: string,
): { readonly whole: string; readonly name: string; readonly known?: Collection } {
  const [alias = '', name = '', ...below] = place.split('/');
  const known = collections[alias];
  if (known === undefined) {
    return { whole: place, name };
  }
  const isCollection = verb === 'POST' && below.length === 0;
  return { whole: [known.path, ...(isCollection ? [] : [name]), ...below].filter(Boolean).join('/'), name, known };
}

function queryOf(given: string | undefined, marks: readonly string[]): string {
  const manager = marks.find((mark) => mark !== 'force' && !mark.includes(':'));
  const parameters = [
    ...(given === undefined ? [] : [given]),
    ...(manager === undefined ? [] : [`fieldManager=${manager}`]),
    ...(marks.includes('force') ? ['force=true'] : []),
  ];
  return parameters.length === 0 ? '' : `?${parameters.join('&')}`;
}

function markOf(marks: readonly string[], kind: string): string | undefined {
  return marks.find((mark) => mark.startsWith(kind))?.slice(kind.length);
}

function callOf(line: string, send: unknown, words: Words): ApiCall {
  const [verb = '', place = '', ...marks] = line.split(' ');
  const [method, type] = methods[verb] ?? ['GET', ''];
  const [path = '', query] = place.split('?');
  const { whole, name, known } = placeOf(verb, path);
  const as = markOf(marks, 'as:');
  const sentType = markOf(marks, 'type:') ?? type;
  const isObject = known !== undefined && ['POST', 'PUT', 'APPLY'].includes(verb) && typeof send === 'object';
  const body = isObject ? wholeObject(known, name, send as Fields) : send;
  return {
    method,
    path: spell(`${whole}${queryOf(query, marks)}`, words),
    ...(send === undefined
      ? {}
      : { type: sentType, body: typeof body === 'string' ? spell(body, words) : spellAll(body, words) }),
    ...(as === undefined ? {} : { accept: accepted[as] ?? as }),
  };
}

function wholeObject({ apiVersion, kind }: Collection, name: string, sent: Fields): Fields {
  const metadata = typeof sent['metadata'] === 'object' ? sent['metadata'] : {};
  return { apiVersion, kind, ...sent, metadata: { ...(name === '' ? {} : { name }), ...metadata } };
}

/** One of the values that a case reads off an answer. */
export function read(answer: ApiAnswer, path: string): unknown {
  switch (path) {
    case 'code':
      return answer.code;
    case 'text':
      return answer.text;
    case 'refusal':
      return `${answer.code} ${textAt(answer, 'reason')}: ${textAt(answer, 'message')}`;
    case 'warning':
      return answer.warning;
    case 'owners':
      return ownersIn(answer);
    case 'names':
      return namesIn(at(answer, 'items'));
    case 'events':
      return answer.text
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as { readonly type: string; readonly object: Fields })
        .map(({ type, object }) => [type, ...namesIn([object])].join(' '));
    default:
      return at(answer, path);
  }
}

function textAt(answer: ApiAnswer, path: string): string {
  const value = at(answer, path);
  return typeof value === 'string' ? value : '';
}

/** What the controllers of a cluster put into every namespace is no case's business. */
function namesIn(items: unknown): readonly unknown[] {
  const list = Array.isArray(items) ? (items as readonly { readonly metadata?: Fields }[]) : [];
  return list.flatMap(({ metadata }) => metadata?.['name'] ?? []).filter((name) => name !== 'kube-root-ca.crt');
}

function wantedOf(gives: Gives): Fields {
  if (typeof gives === 'number') {
    return { code: gives };
  }
  return typeof gives === 'string' ? { refusal: gives } : gives;
}

function check(line: string, answer: ApiAnswer, gives: Gives | undefined, words: Words): void {
  if (gives === undefined) {
    expect(answer.code, `${line}: ${answer.text}`).toBeLessThan(300);
    return;
  }
  for (const [path, value] of Object.entries(wantedOf(gives))) {
    const found = read(answer, path);
    if (value instanceof RegExp) {
      expect(String(found), `${line}: ${path}`).toMatch(value);
    } else {
      expect(found, `${line}: ${path}`).toEqual(spellAll(value, words));
    }
  }
}

/** Does one step and gives its answer and the words that the next may use. */
export async function take(stage: Stage, step: Step, words: Words): Promise<readonly [ApiAnswer, Words]> {
  const [line, second, third] = step;
  const hasBody = step.length > 2 || !/^(?:GET|DELETE) /u.test(line);
  const answer = await stage.client.call(callOf(line, hasBody ? second : undefined, words));
  check(line, answer, hasBody ? third : (second as Gives | undefined), words);
  const uid = at(answer, 'metadata.uid');
  const version = at(answer, 'metadata.resourceVersion');
  return [
    answer,
    new Map([
      ...words,
      ...(typeof uid === 'string' ? [['$UID', uid] as const] : []),
      ...(typeof version === 'string' ? [['$RV', version] as const] : []),
    ]),
  ];
}

/** The cases of a table, ready to run. */
export function shortCases(table: readonly ShortCase[]): readonly ContractCase[] {
  return table.map(([behaviour, ...steps]): ContractCase => [
    behaviour,
    async (stage) => {
      let words: Words = new Map([['$NS', stage.namespace]]);
      for (const step of steps) {
        [, words] = await take(stage, step, words);
      }
    },
  ]);
}
