import type { AccessControl } from '../access/access-control.ts';
import type { ClusterState } from '../controllers/cluster-state.ts';
import type { Answer, ApiParts, ResourceRequest } from '../requests/resource-request.ts';

export interface SubresourceParts extends ApiParts {
  readonly access: AccessControl;
  readonly state: ClusterState;
  /** Whether the simulated programs of pods answer. */
  readonly podsAnswer: boolean;
  /** The pods behind which a real program runs. */
  readonly programs?: RealPrograms;
}

interface RealPrograms {
  find(namespace: string, name: string): RealProgram | undefined;
}

interface RealProgram {
  /** Its answer to a GET; undefined where nobody listens. */
  get(
    port: number,
    path: string,
  ): Promise<{ readonly status: number; readonly contentType: string; readonly body: string } | undefined>;
  /** The last lines of its log. */
  log(): string;
}

/** A path below an object that is not the object's own, `status` apart. */
export interface Subresource {
  /** Resource and group it stands under, as `pods` or `deployments.apps`. */
  readonly under: string;
  readonly name: string;
  /** Kind of what is sent or answered there. */
  readonly kind: { readonly group: string; readonly version: string; readonly kind: string };
  readonly verbs: readonly string[];
  respond(parts: SubresourceParts, request: ResourceRequest, method: string): Answer | Promise<Answer>;
}
