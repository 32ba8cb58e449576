import type { PolicyRule } from './policy-rule.ts';
import { pathMatches } from './policy-rule.ts';
import type { UserInfo } from './user-info.ts';

/**
 * Nobody may give away what they don't hold: the sentence of the refusal where `wanted` holds more than `held`, undefined
 * where it doesn't.
 */
export function escalationText(
  user: UserInfo,
  held: readonly PolicyRule[],
  wanted: readonly PolicyRule[],
): string | undefined {
  const missing = wanted.flatMap((rule) => singleRules(rule)).filter((rule) => !held.some((one) => covers(one, rule)));
  if (missing.length === 0) {
    return undefined;
  }
  const groups = user.groups.map((group) => JSON.stringify(group)).join(' ');
  const head = `user ${JSON.stringify(user.name)} (groups=[${groups}]) is attempting to grant RBAC permissions not currently held:`;
  const lines = new Set(compacted(missing).map((rule) => printRule(rule)));
  return `${head}\n${[...lines].toSorted().join('\n')}`;
}

/** The rule as rules of one verb, one resource and one name each. */
function singleRules(rule: PolicyRule): readonly PolicyRule[] {
  const bare = { verbs: [], apiGroups: [], resources: [], resourceNames: [], nonResourceURLs: [] };
  const names = rule.resourceNames.length === 0 ? [[]] : rule.resourceNames.map((name) => [name]);
  const ofResources = rule.apiGroups.flatMap((group) =>
    rule.resources.flatMap((resource) =>
      rule.verbs.flatMap((verb) =>
        names.map((name) => ({
          ...bare,
          verbs: [verb],
          apiGroups: [group],
          resources: [resource],
          resourceNames: name,
        })),
      ),
    ),
  );
  const ofPaths = rule.nonResourceURLs.flatMap((url) =>
    rule.verbs.map((verb) => ({ ...bare, verbs: [verb], nonResourceURLs: [url] })),
  );
  return [...ofResources, ...ofPaths];
}

const holds = (list: readonly string[], wanted: readonly string[]): boolean =>
  list.includes('*') || wanted.every((text) => list.includes(text));

function covers(held: PolicyRule, wanted: PolicyRule): boolean {
  const isNamed = held.resourceNames.length > 0;
  return (
    holds(held.verbs, wanted.verbs) &&
    holds(held.apiGroups, wanted.apiGroups) &&
    wanted.resources.every((resource) => coversResource(held.resources, resource)) &&
    (!isNamed || (wanted.resourceNames.length > 0 && holds(held.resourceNames, wanted.resourceNames))) &&
    wanted.nonResourceURLs.every((path) => held.nonResourceURLs.some((pattern) => pathMatches(pattern, path)))
  );
}

function coversResource(held: readonly string[], wanted: string): boolean {
  const [, subresource] = wanted.split('/');
  const isBelowAny = subresource !== undefined && held.includes(`*/${subresource}`);
  return held.includes('*') || held.includes(wanted) || isBelowAny;
}

/** Rules that differ in their verb alone become one. */
function compacted(rules: readonly PolicyRule[]): readonly PolicyRule[] {
  const found = new Map<string, PolicyRule>();
  for (const rule of rules) {
    const { verbs, ...rest } = rule;
    const isSimple = rule.resources.length === 1;
    const key = JSON.stringify(isSimple ? rest : rule);
    const before = found.get(key);
    found.set(key, { ...rule, verbs: [...new Set([...(before?.verbs ?? []), ...verbs])] });
  }
  return [...found.values()];
}

function printRule(rule: PolicyRule): string {
  const lists: readonly (readonly [string, readonly string[]])[] = [
    ['APIGroups', rule.apiGroups],
    ['Resources', rule.resources],
    ['NonResourceURLs', rule.nonResourceURLs],
    ['ResourceNames', rule.resourceNames],
    ['Verbs', rule.verbs],
  ];
  const parts = lists
    .filter(([, texts]) => texts.length > 0)
    .map(([name, texts]) => `${name}:[${texts.map((text) => JSON.stringify(text)).join(' ')}]`);
  return `{${parts.join(', ')}}`;
}
