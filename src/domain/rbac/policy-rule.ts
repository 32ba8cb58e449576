import { listAt } from '../json.ts';
import type { Json } from '../json.ts';

/** One rule of a role: these verbs on these resources, or on these paths. */
export interface PolicyRule {
  readonly verbs: readonly string[];
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  /** Empty: every name. */
  readonly resourceNames: readonly string[];
  readonly nonResourceURLs: readonly string[];
}

/** What a request asks for, of a resource. `namespace` '' is cluster scope, `name` '' no certain object. */
export interface ResourceAction {
  readonly verb: string;
  readonly group: string;
  readonly version: string;
  readonly resource: string;
  readonly subresource: string;
  readonly namespace: string;
  readonly name: string;
}

/** What a request asks for, of a path that is no resource. */
export interface PathAction {
  readonly verb: string;
  readonly path: string;
}

export type Action = ResourceAction | PathAction;

export function isPathAction(action: Action): action is PathAction {
  return 'path' in action;
}

export function decodeRules(role: Json): readonly PolicyRule[] {
  return listAt(role, 'rules').map((rule) => ({
    verbs: textsAt(rule, 'verbs'),
    apiGroups: textsAt(rule, 'apiGroups'),
    resources: textsAt(rule, 'resources'),
    resourceNames: textsAt(rule, 'resourceNames'),
    nonResourceURLs: textsAt(rule, 'nonResourceURLs'),
  }));
}

function textsAt(rule: Json, field: string): readonly string[] {
  return listAt(rule, field).filter((text) => typeof text === 'string');
}

/** The rule in its JSON form, without the lists that are empty. */
export function encodeRule(rule: PolicyRule): { readonly [field: string]: readonly string[] } {
  const { verbs, apiGroups, resources, resourceNames, nonResourceURLs } = rule;
  const lists = Object.entries({ verbs, apiGroups, resources, resourceNames, nonResourceURLs });
  return Object.fromEntries(lists.filter(([, texts]) => texts.length > 0));
}

const has = (list: readonly string[], text: string): boolean => list.includes('*') || list.includes(text);

export function ruleAllows(rule: PolicyRule, action: Action): boolean {
  if (isPathAction(action)) {
    return has(rule.verbs, action.verb) && rule.nonResourceURLs.some((pattern) => pathMatches(pattern, action.path));
  }
  const { resource, subresource, name } = action;
  const whole = subresource === '' ? resource : `${resource}/${subresource}`;
  return (
    has(rule.verbs, action.verb) &&
    has(rule.apiGroups, action.group) &&
    (has(rule.resources, whole) || (subresource !== '' && rule.resources.includes(`*/${subresource}`))) &&
    (rule.resourceNames.length === 0 || rule.resourceNames.includes(name))
  );
}

/** A pattern is a path, or the start of paths with a star behind it. */
export function pathMatches(pattern: string, path: string): boolean {
  return pattern === path || (pattern.endsWith('*') && path.startsWith(pattern.replace(/\*+$/u, '')));
}
