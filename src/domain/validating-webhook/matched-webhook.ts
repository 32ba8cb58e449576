import type { CelValue } from '../cel/value.ts';
import { objectValue, requestValue } from '../validating-policy/admission-request.ts';
import type { AdmissionRequest } from '../validating-policy/admission-request.ts';
import { AuthorizerValue } from '../validating-policy/authorizer-value.ts';
import type { AskRights } from '../validating-policy/authorizer-value.ts';
import { Budget } from '../validating-policy/expression.ts';
import { conditionsHold } from '../validating-policy/match-conditions.ts';
import type { Objection } from '../validating-policy/match-conditions.ts';
import { matches } from '../validating-policy/match-rules.ts';
import type { Webhook } from './webhook.ts';

/** Work that the match conditions of one webhook may do for one write. */
const conditionBudget = 2_500_000;

/** The version in which a webhook is shown a write that it looks at; undefined for one that it does not look at. */
type Matched = { readonly version: string } | { readonly objection: Objection } | undefined;

/**
 * Whether a webhook is asked about a write, by its rules, its selectors and its conditions. `others` are the further versions
 * in which the resource is served: a rule for one of them is meant for this write too unless the webhook wants exact matches.
 */
export function matchWebhook(
  webhook: Webhook,
  request: AdmissionRequest,
  others: () => readonly string[],
  ask: AskRights,
): Matched {
  const version = versionFor(webhook, request, others);
  if (version === undefined) {
    return undefined;
  }
  if (webhook.conditions.length === 0) {
    return { version };
  }
  const decision = conditionsHold(webhook.conditions, reader(request, ask), new Budget(conditionBudget));
  if (typeof decision === 'boolean') {
    return decision ? { version } : undefined;
  }
  return webhook.ignoresFailures ? undefined : { objection: decision };
}

function versionFor(
  { constraints, seesEveryVersion }: Webhook,
  request: AdmissionRequest,
  others: () => readonly string[],
): string | undefined {
  if (matches(constraints, request)) {
    return request.version;
  }
  const further = seesEveryVersion ? others() : [];
  return further.find((version) => matches(constraints, { ...request, version }));
}

function reader(request: AdmissionRequest, ask: AskRights): (name: string) => CelValue {
  const values: { readonly [name: string]: CelValue } = {
    object: objectValue(request.object),
    oldObject: objectValue(request.oldObject),
    request: requestValue(request),
    authorizer: new AuthorizerValue(ask),
  };
  return (name) => values[name] ?? null;
}
