import { listAt, textAt, valueAt } from '../../json.ts';
import type { Json, JsonObject } from '../../json.ts';
import { invalidValue, oneOf, required } from '../../object-rules/field-errors.ts';
import { serviceName, subdomainName } from '../name-rules.ts';
import type { Violation } from '../violation.ts';

const approval = 'api-approved.kubernetes.io';

/** What is wrong with the group of a definition, its scope, its names and the name of itself. */
export function definitionNameViolations(definition: JsonObject, isNew: boolean): readonly Violation[] {
  const spec = valueAt(definition, 'spec');
  const group = textAt(spec, 'group') ?? '';
  const plural = textAt(spec, 'names', 'plural') ?? '';
  const name = textAt(definition, 'metadata', 'name') ?? '';
  return [
    ...(!isNew || name === `${plural}.${group}`
      ? []
      : [invalidValue('metadata.name', name, 'must be spec.names.plural+"."+spec.group')]),
    ...groupViolations(definition, group),
    ...oneOf('spec.scope', textAt(spec, 'scope'), ['Cluster', 'Namespaced']),
    ...typeNames(valueAt(spec, 'names')),
  ];
}

function groupViolations(definition: JsonObject, group: string): readonly Violation[] {
  if (group === '') {
    return [required('spec.group')];
  }
  const malformed = subdomainName(group).map((rule) => invalidValue('spec.group', group, rule));
  const isLabel = malformed.length === 0 && !group.includes('.');
  return [
    ...malformed,
    ...(isLabel ? [invalidValue('spec.group', group, 'should be a domain with at least one dot')] : []),
    ...approvalViolations(definition, group),
  ];
}

/** Groups of the project itself are protected. */
export function isProtectedGroup(group: string): boolean {
  return ['k8s.io', 'kubernetes.io'].some((domain) => group === domain || group.endsWith(`.${domain}`));
}

function approvalViolations(definition: JsonObject, group: string): readonly Violation[] {
  const given = textAt(definition, 'metadata', 'annotations', approval) ?? '';
  if (!isProtectedGroup(group) || given.startsWith('unapproved') || /^https?:\/\//u.test(given)) {
    return [];
  }
  const field = `metadata.annotations[${approval}]`;
  const see = 'see https://github.com/kubernetes/enhancements/pull/1111';
  return given === ''
    ? [required(field, `protected groups must have approval annotation "${approval}", ${see}`)]
    : [
        invalidValue(
          field,
          given,
          `protected groups must have approval annotation "${approval}" with either a URL or a reason starting with "unapproved", ${see}`,
        ),
      ];
}

function field(name: string): string {
  return `spec.names.${name}`;
}

function typeNames(names: Json | undefined): readonly Violation[] {
  const label = (name: string, isMixed = false): readonly Violation[] => {
    const text = textAt(names, name) ?? '';
    if (text === '') {
      return [required(field(name))];
    }
    const mixed = isMixed ? 'may have mixed case, but should otherwise match: ' : '';
    return serviceName(isMixed ? text.toLowerCase() : text).map((rule) =>
      invalidValue(field(name), text, `${mixed}${rule}`),
    );
  };
  const listed = (name: string): readonly Violation[] =>
    listAt(names, name).flatMap((text, index) =>
      typeof text === 'string'
        ? serviceName(text).map((rule) => invalidValue(`${field(name)}[${index}]`, text, rule))
        : [],
    );
  const kind = textAt(names, 'kind') ?? '';
  const isSame = kind !== '' && kind === textAt(names, 'listKind');
  return [
    ...label('plural'),
    ...label('singular'),
    ...label('kind', true),
    ...label('listKind', true),
    ...(isSame ? [invalidValue(field('listKind'), kind, 'kind and listKind may not be the same')] : []),
    ...listed('shortNames'),
    ...listed('categories'),
  ];
}
