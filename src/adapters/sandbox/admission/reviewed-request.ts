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
import type { ObjectStore } from '../objects/object-store.ts';
import type { Answer, ResourceRequest } from '../requests/resource-request.ts';
import type { ReviewedWrite } from '../requests/write-review.ts';
import type { PolicyReview } from './policy-review.ts';

export interface AdmissionParts {
  readonly access: AccessControl;
  readonly policies: PolicyReview;
  readonly store: ObjectStore;
}

/** Answers a request whose writes, if it makes any, pass everybody who has a say in them first. */
export async function answerReviewed(
  parts: AdmissionParts,
  request: ResourceRequest,
  answer: (request: ResourceRequest) => Answer | Promise<Answer>,
): Promise<Answer> {
  const warnings: string[] = [];
  const answered = await answer({
    ...request,
    review: (write) => {
      checkRights(parts, request, write);
      if (!parts.policies.isIdle) {
        parts.policies.review(admissionRequest(parts, request.user, write), asker(parts, request.user), (text) =>
          warnings.push(text),
        );
      }
    },
  });
  return warnings.length === 0 ? answered : { ...answered, warnings: [...(answered.warnings ?? []), ...warnings] };
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
