import { segmentName, subdomainName } from '../../crd/name-rules.ts';
import type { Violation } from '../../crd/violation.ts';
import { isJsonObject, jsonEqual, listAt, textAt } from '../../json.ts';
import type { Json, JsonObject } from '../../json.ts';
import { invalidValue, named, notSupported, required } from '../field-errors.ts';
import { selectorViolations } from '../selector-violations.ts';

const group = 'rbac.authorization.k8s.io';

export function roleViolations(role: JsonObject, isNamespaced: boolean): readonly Violation[] {
  const selectors = 'aggregationRule.clusterRoleSelectors';
  const aggregated = listAt(role, 'aggregationRule', 'clusterRoleSelectors');
  const isAggregated = isJsonObject(role['aggregationRule']);
  const why = 'at least one clusterRoleSelector required if aggregationRule is non-nil';
  return [
    ...listAt(role, 'rules').flatMap((rule, index) => ruleViolations(`rules[${index}]`, rule, isNamespaced)),
    ...(isAggregated && aggregated.length === 0 ? [required(selectors, why)] : []),
    ...aggregated.flatMap((selector, index) => [...selectorViolations(`${selectors}[${index}]`, selector)]),
  ];
}

function ruleViolations(field: string, rule: Json, isNamespaced: boolean): readonly Violation[] {
  const urls = listAt(rule, 'nonResourceURLs');
  const at = `${field}.nonResourceURLs`;
  const isAny = listAt(rule, 'verbs').length === 0;
  const found = isAny ? [required(`${field}.verbs`, 'verbs must contain at least one value')] : [];
  if (urls.length > 0) {
    const isMixed = ['apiGroups', 'resources', 'resourceNames'].some((name) => listAt(rule, name).length > 0);
    return [
      ...found,
      ...(isNamespaced ? [invalidValue(at, urls, 'namespaced rules cannot apply to non-resource URLs')] : []),
      ...(isMixed
        ? [invalidValue(at, urls, 'rules cannot apply to both regular resources and non-resource URLs')]
        : []),
    ];
  }
  const lacks = (name: string): boolean => listAt(rule, name).length === 0;
  return [
    ...found,
    ...(lacks('apiGroups')
      ? [required(`${field}.apiGroups`, 'resource rules must supply at least one api group')]
      : []),
    ...(lacks('resources') ? [required(`${field}.resources`, 'resource rules must supply at least one resource')] : []),
  ];
}

export function roleBindingViolations(
  binding: JsonObject,
  before: JsonObject | undefined,
  isNamespaced: boolean,
): readonly Violation[] {
  const { apiGroup, kind, name } = refOf(binding);
  const kinds = isNamespaced ? ['Role', 'ClusterRole'] : ['ClusterRole'];
  const shown = { APIGroup: apiGroup, Kind: kind, Name: name };
  const isMoved = before !== undefined && !jsonEqual(refOf(before), refOf(binding));
  return [
    ...(apiGroup === group ? [] : [notSupported('roleRef.apiGroup', apiGroup, [group])]),
    ...(kinds.includes(kind) ? [] : [notSupported('roleRef.kind', kind, kinds)]),
    ...(name === '' ? [required('roleRef.name')] : named('roleRef.name', name, segmentName)),
    ...listAt(binding, 'subjects').flatMap((subject, index) =>
      subjectViolations(`subjects[${index}]`, subject, isNamespaced),
    ),
    ...(isMoved ? [invalidValue('roleRef', shown, 'cannot change roleRef')] : []),
  ];
}

function refOf(binding: JsonObject): { readonly apiGroup: string; readonly kind: string; readonly name: string } {
  return {
    apiGroup: textAt(binding, 'roleRef', 'apiGroup') ?? group,
    kind: textAt(binding, 'roleRef', 'kind') ?? '',
    name: textAt(binding, 'roleRef', 'name') ?? '',
  };
}

function subjectViolations(field: string, subject: Json, isNamespaced: boolean): readonly Violation[] {
  const name = textAt(subject, 'name') ?? '';
  const kind = textAt(subject, 'kind') ?? '';
  const apiGroup = textAt(subject, 'apiGroup') ?? '';
  const nameless = name === '' ? [required(`${field}.name`)] : [];
  if (kind === 'ServiceAccount') {
    const isHomeless = !isNamespaced && (textAt(subject, 'namespace') ?? '') === '';
    return [
      ...nameless,
      ...(name === '' ? [] : named(`${field}.name`, name, subdomainName)),
      ...(apiGroup === '' ? [] : [notSupported(`${field}.apiGroup`, apiGroup, [''])]),
      ...(isHomeless ? [required(`${field}.namespace`)] : []),
    ];
  }
  if (kind === 'User' || kind === 'Group') {
    return [...nameless, ...(apiGroup === group ? [] : [notSupported(`${field}.apiGroup`, apiGroup, [group])])];
  }
  return [...nameless, notSupported(`${field}.kind`, kind, ['ServiceAccount', 'User', 'Group'])];
}
