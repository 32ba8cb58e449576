import type { MetalLbSettings, NamedSpec } from '../environment/environment.ts';
import { listAt, valueAt, type JsonObject } from '../json.ts';
import type { AlertRule } from './alert-rule.ts';
import { alertSource } from './alert-rules.generated.ts';

/** The places of the source that an environment fills in. Each stands there with its default, so the file works as it is. */
const usageThreshold = '>= 0.9';
const everyPool = '{pool!=""}';

/** A pool name as a literal of RE2. */
function quotePattern(text: string): string {
  return text.replaceAll(/[\\^$.|?*+()[\]{}]/gu, String.raw`\$&`);
}

/** One address, handed out by request only: kept for one Service, and full as soon as it does its work. */
function isReserved({ spec }: NamedSpec): boolean {
  const [only, ...others] = listAt(spec, 'addresses');
  if (typeof only !== 'string' || others.length > 0 || valueAt(spec, 'autoAssign') !== false) {
    return false;
  }
  const [start, end] = only.split('-').map((part) => part.trim());
  return (start !== undefined && start === end) || (only.includes(':') ? only.endsWith('/128') : only.endsWith('/32'));
}

function fillIn(rule: AlertRule, place: string, value: string): string {
  if (!rule.expr.includes(place)) {
    throw new Error(`bug: the expression of ${rule.alert} lost its place ${place}`);
  }
  return rule.expr.replaceAll(place, () => value);
}

function expressionFor(rule: AlertRule, settings: MetalLbSettings): string {
  if (rule.alert === 'MetalLBIPPoolExhausted') {
    return fillIn(rule, usageThreshold, `>= ${settings.monitoring.poolUsageThreshold}`);
  }
  if (rule.alert === 'MetalLBIPPoolFull') {
    const reserved = settings.pools
      .filter((pool) => isReserved(pool))
      .map(({ name }) => quotePattern(name))
      .toSorted();
    return reserved.length === 0 ? rule.expr : fillIn(rule, everyPool, `{pool!~${JSON.stringify(reserved.join('|'))}}`);
  }
  return rule.expr;
}

/** The alerts with the environment's threshold and labels. Severity is the rule's own and cannot be relabelled. */
export function alertRules(settings: MetalLbSettings): readonly JsonObject[] {
  return alertSource.map((rule) => ({
    alert: rule.alert,
    expr: expressionFor(rule, settings),
    for: rule.for,
    labels: { ...settings.monitoring.alertLabels, ...rule.labels },
    annotations: rule.annotations,
  }));
}
