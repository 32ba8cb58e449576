import { isJsonObject } from '../../../domain/json.ts';
import type { JsonObject } from '../../../domain/json.ts';
import { asJson } from '../../../domain/manifest/kube-object.ts';
import type { KubeObject } from '../../../domain/manifest/kube-object.ts';
import type { UserInfo } from '../../../domain/rbac/user-info.ts';
import { authenticated, serviceAccountGroups, serviceAccountOf } from '../../../domain/rbac/user-info.ts';
import type { AdmissionRequest } from '../../../domain/validating-policy/admission-request.ts';
import type { AskRights } from '../../../domain/validating-policy/authorizer-value.ts';
import { checkEscalation } from '../access/escalation-check.ts';
import type { AccessControl } from '../access/access-control.ts';
import { conflict } from '../answers/status-error.ts';
import type { ObjectStore } from '../objects/object-store.ts';
import type { Answer, ResourceRequest } from '../requests/resource-request.ts';
import { OpenReviews } from '../requests/write-review.ts';
import type { OpenReview, ReviewWrite, ReviewedWrite } from '../requests/write-review.ts';
import { operationOptions } from './operation-options.ts';
import type { PolicyReview } from './policy-review.ts';
import { reviewKey } from './review-key.ts';
import type { Verdict, WebhookReview } from './webhook-review.ts';

export interface AdmissionParts {
  readonly access: AccessControl;
  readonly policies: PolicyReview;
  readonly webhooks: WebhookReview;
  readonly store: ObjectStore;
  readonly newUid: () => string;
}

/** How often the world may change while webhooks are asked about one request. */
const mostRounds = 10;
/** Writes of one request that webhooks are asked about at once. */
const mostAtOnce = 16;

/**
 * Answers a request whose writes, if it makes any, pass everybody who has a say in them first. A write is made in one go, and
 * webhooks take their time: a request that needs them ends before it writes anything, and is answered anew when they have
 * spoken about exactly what it would have written.
 */
export async function answerReviewed(
  parts: AdmissionParts,
  request: ResourceRequest,
  answer: (request: ResourceRequest) => Answer | Promise<Answer>,
  warn: (texts: readonly string[]) => void,
): Promise<Answer> {
  const verdicts: Verdicts = new Map();
  const nameSuffix = pinned(parts.newUid);
  for (let round = 0; round < mostRounds; round += 1) {
    const warnings: string[] = [];
    const own = { ...parts, verdicts, warnings };
    const review: ReviewWrite = (write) => reviewWrite(own, request, write);
    try {
      return await answer({ ...request, nameSuffix, review, warn: (text) => warnings.push(text) });
    } catch (error) {
      if (!(error instanceof OpenReviews)) {
        throw error;
      }
      await askAll(error.reviews);
    } finally {
      warn(warnings);
    }
  }
  const why = 'the object has been modified; please apply your changes to the latest version and try again';
  throw conflict(request.kind, request.path.name ?? '', why);
}

/** What webhooks said in the course of a request, and the object they were shown, by `reviewKey`. */
type Verdicts = Map<string, Verdict & { readonly object: KubeObject | undefined }>;

function pinned(make: () => string): () => string {
  let made: string | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

async function askAll(reviews: readonly OpenReview[]): Promise<void> {
  for (let start = 0; start < reviews.length; start += mostAtOnce) {
    await Promise.all(reviews.slice(start, start + mostAtOnce).map(async (one) => one.ask()));
  }
}

interface Round extends AdmissionParts {
  readonly verdicts: Verdicts;
  readonly warnings: string[];
}

function reviewWrite(round: Round, request: ResourceRequest, write: ReviewedWrite): KubeObject | undefined {
  checkRights(round, request, write);
  const { policies, webhooks, warnings } = round;
  if (policies.isIdle && webhooks.isIdle) {
    return undefined;
  }
  const admission = admissionRequest(round, request.user, write);
  const ask = asker(round, request.user);
  policies.review(admission, ask, (text) => warnings.push(text));
  // Webhooks are not told the names of what goes with its collection.
  const shown = write.object === undefined && request.path.name === undefined ? { ...admission, name: '' } : admission;
  const asked = webhooks.isIdle ? [] : webhooks.asked(shown, ask);
  if (asked.length === 0) {
    return undefined;
  }
  const key = reviewKey(write);
  const verdict = round.verdicts.get(key);
  if (verdict === undefined) {
    const askThem = async (): Promise<void> => {
      const options = operationOptions(request, shown);
      round.verdicts.set(key, { ...(await webhooks.verdict(shown, options, asked)), object: write.object });
    };
    throw new OpenReviews([{ ask: askThem }]);
  }
  warnings.push(...verdict.warnings);
  if (verdict.refusal !== undefined) {
    throw verdict.refusal;
  }
  return verdict.object;
}

/** Rights that only the merged object tells: whether an apply creates, and what a role gives away. */
function checkRights({ access }: AdmissionParts, { user, path }: ResourceRequest, write: ReviewedWrite): void {
  const { target, live, object } = write;
  if (object === undefined) {
    return;
  }
  if (live === undefined && path.name !== undefined) {
    const { group, version, resource } = target.kind;
    const { namespace, name } = target;
    access.demand(user, { verb: 'create', group, version, resource, subresource: '', namespace, name });
  }
  checkEscalation(access, user, target, object);
}

/** The write as rules of admission see it. */
function admissionRequest({ store }: AdmissionParts, user: UserInfo, write: ReviewedWrite): AdmissionRequest {
  const { target, live, object, subresource, dryRun } = write;
  const { group, version, kind, resource, namespaced } = target.kind;
  const { namespace, name } = target;
  const updating = live === undefined ? 'CREATE' : 'UPDATE';
  return {
    operation: object === undefined ? 'DELETE' : updating,
    group,
    version,
    kind,
    resource,
    subresource,
    namespaced,
    namespace,
    name,
    user,
    dryRun,
    object: jsonOrNull(object),
    oldObject: jsonOrNull(live),
    namespaceObject: namespaced ? jsonOrNull(store.get('namespaces', '', namespace)) : null,
  };
}

function jsonOrNull(object: KubeObject | undefined): JsonObject | null {
  const json = object === undefined ? undefined : asJson(object);
  return isJsonObject(json) ? json : null;
}

function asker({ access }: AdmissionParts, user: UserInfo): AskRights {
  return (action, name) => {
    const account = name === undefined ? undefined : serviceAccountOf(name);
    const asked =
      name === undefined || account === undefined
        ? user
        : { name, groups: [...serviceAccountGroups(account.namespace), authenticated] };
    return access.decide(asked, action);
  };
}
