import { checkEscalation } from '../access/escalation-check.ts';
import type { AccessControl } from '../access/access-control.ts';
import type { Answer, ResourceRequest } from '../resource-requests.ts';
import type { ReviewedWrite } from '../write-review.ts';

export interface AdmissionParts {
  readonly access: AccessControl;
}

/** Answers a request whose writes, if it makes any, pass everybody who has a say in them first. */
export function answerReviewed(
  parts: AdmissionParts,
  request: ResourceRequest,
  answer: (request: ResourceRequest) => Answer | Promise<Answer>,
): Answer | Promise<Answer> {
  return answer({
    ...request,
    review: (write) => {
      checkRights(parts, request, write);
    },
  });
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
