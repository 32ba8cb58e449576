import { decodeSelector, labelsAt, selectorMatches } from '../allocation/label-selector.ts';
import { listAt, textAt, valueAt } from '../json.ts';
import type { Json } from '../json.ts';
import type { AdmissionRequest } from './admission-request.ts';

/** What decides which writes a policy, a binding or a webhook looks at. */
export interface MatchConstraints {
  /** undefined: every resource. */
  readonly rules: readonly Json[] | undefined;
  readonly excluded: readonly Json[];
  readonly namespaceSelector: Json | undefined;
  readonly objectSelector: Json | undefined;
  readonly isExact: boolean;
}

/** Rules never look at these: they could not be taken away again. */
const untouchable = new Set([
  'validatingadmissionpolicies',
  'validatingadmissionpolicybindings',
  'validatingwebhookconfigurations',
  'mutatingwebhookconfigurations',
]);

export function isAdmissionControl({ group, resource }: AdmissionRequest): boolean {
  return group === 'admissionregistration.k8s.io' && untouchable.has(resource);
}

/** Reads `matchConstraints` of a policy or `matchResources` of a binding; absent they match everything. */
export function decodeConstraints(value: Json | undefined): MatchConstraints {
  const rules = valueAt(value, 'resourceRules') === undefined ? undefined : listAt(value, 'resourceRules');
  return {
    rules,
    excluded: listAt(value, 'excludeResourceRules'),
    namespaceSelector: valueAt(value, 'namespaceSelector'),
    objectSelector: valueAt(value, 'objectSelector'),
    isExact: textAt(value, 'matchPolicy') === 'Exact',
  };
}

export function matches(constraints: MatchConstraints, request: AdmissionRequest): boolean {
  const { rules, excluded, isExact } = constraints;
  const isNamed = rules === undefined || rules.some((rule) => ruleMatches(rule, request, isExact));
  return (
    isNamed &&
    !excluded.some((rule) => ruleMatches(rule, request, isExact)) &&
    namespaceMatches(constraints.namespaceSelector, request) &&
    objectMatches(constraints.objectSelector, request)
  );
}

function ruleMatches(rule: Json, request: AdmissionRequest, isExact: boolean): boolean {
  const holds = (field: string, text: string): boolean => {
    const list = listAt(rule, field);
    return list.includes('*') || list.includes(text);
  };
  const scope = textAt(rule, 'scope') ?? '*';
  const names = listAt(rule, 'resourceNames');
  return (
    holds('operations', request.operation) &&
    holds('apiGroups', request.group) &&
    (!isExact || holds('apiVersions', request.version)) &&
    (scope === '*' || (scope === 'Namespaced') === (request.namespaced && request.namespace !== '')) &&
    (names.length === 0 || names.includes(request.name)) &&
    listAt(rule, 'resources').some((pattern) => resourceMatches(pattern, request))
  );
}

function resourceMatches(pattern: Json, { resource, subresource }: AdmissionRequest): boolean {
  const [wanted = '', below = ''] = typeof pattern === 'string' ? pattern.split('/') : [];
  return (wanted === '*' || wanted === resource) && (below === '*' || below === subresource);
}

/** A namespace is looked at by its own labels; what is in none always is. */
function namespaceMatches(selector: Json | undefined, request: AdmissionRequest): boolean {
  const isNamespace = request.group === '' && request.resource === 'namespaces';
  const namespace = isNamespace ? (request.object ?? request.oldObject) : request.namespaceObject;
  return namespace === null || selects(selector, namespace);
}

function objectMatches(selector: Json | undefined, { object, oldObject }: AdmissionRequest): boolean {
  return [object, oldObject].some((one) => one !== null && selects(selector, one));
}

export function selects(selector: Json | undefined, object: Json): boolean {
  const decoded = decodeSelector(selector ?? {});
  return decoded !== undefined && selectorMatches(decoded, labelsAt(object, 'metadata', 'labels'));
}
