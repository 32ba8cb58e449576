import { listAt, textAt, valueAt } from '../../../domain/json.ts';
import type { Json } from '../../../domain/json.ts';
import { asJson } from '../../../domain/manifest/kube-object.ts';
import type { KubeObject } from '../../../domain/manifest/kube-object.ts';
import type { AskRights } from '../../../domain/validating-policy/authorizer-value.ts';
import type { AdmissionRequest } from '../../../domain/validating-policy/admission-request.ts';
import { decodePolicy, evaluatePolicy } from '../../../domain/validating-policy/evaluate-policy.ts';
import type { Policy } from '../../../domain/validating-policy/evaluate-policy.ts';
import type { Objection } from '../../../domain/validating-policy/match-conditions.ts';
import {
  decodeConstraints,
  isAdmissionControl,
  matches,
  selects,
} from '../../../domain/validating-policy/match-rules.ts';
import type { ObjectStore } from '../objects/object-store.ts';
import type { KindRegistry } from '../kinds/kind-registry.ts';
import { collectionOf } from '../kinds/served-kind.ts';
import { StatusError } from '../answers/status-error.ts';

const group = 'admissionregistration.k8s.io';

interface Bound {
  readonly policy: Policy;
  readonly binding: Json;
}

/** The validating admission policies in the store, with their bindings. Compiled once, until one of them is written. */
export class PolicyReview {
  readonly #store: ObjectStore;
  readonly #registry: KindRegistry;
  #bound: readonly Bound[] | undefined;

  constructor(store: ObjectStore, registry: KindRegistry) {
    this.#store = store;
    this.#registry = registry;
    store.subscribe(({ collection }) => {
      if (collection.startsWith('validatingadmissionpolic')) {
        this.#bound = undefined;
      }
    });
  }

  get isIdle(): boolean {
    return this.#all().length === 0;
  }

  /** Throws the refusal of the first policy that denies the write; warnings are told by `warn`. */
  review(request: AdmissionRequest, ask: AskRights, warn: (text: string) => void): void {
    if (isAdmissionControl(request)) {
      return;
    }
    const denials = this.#all().flatMap((bound) => this.#judge(bound, request, ask, warn));
    const [first] = denials;
    if (first !== undefined) {
      throw refusal(request, first);
    }
  }

  #all(): readonly Bound[] {
    this.#bound ??= this.#read();
    return this.#bound;
  }

  #read(): readonly Bound[] {
    const list = (resource: string): readonly KubeObject[] => this.#store.list(`${resource}.${group}`);
    const bindings = list('validatingadmissionpolicybindings').map((binding) => asJson(binding));
    return list('validatingadmissionpolicies').flatMap((object) => {
      const own = bindings.filter((binding) => textAt(binding, 'spec', 'policyName') === object.metadata.name);
      const policy = own.length === 0 ? undefined : decodePolicy(asJson(object));
      return policy === undefined ? [] : own.map((binding) => ({ policy, binding }));
    });
  }

  #judge(
    { policy, binding }: Bound,
    request: AdmissionRequest,
    ask: AskRights,
    warn: (text: string) => void,
  ): readonly Objection[] {
    const isMeant =
      matches(policy.constraints, request) &&
      matches(decodeConstraints(valueAt(binding, 'spec', 'matchResources')), request);
    if (!isMeant) {
      return [];
    }
    const names = `ValidatingAdmissionPolicy '${policy.name}' with binding '${textAt(binding, 'metadata', 'name') ?? ''}'`;
    const objections = this.#objections(policy, binding, request, ask);
    const actions = listAt(binding, 'spec', 'validationActions');
    if (actions.includes('Warn')) {
      for (const { message } of objections) {
        warn(`Validation failed for ${names}: ${message}`);
      }
    }
    return actions.includes('Deny')
      ? objections.map(({ message, reason }) => ({ message: `${names} denied request: ${message}`, reason }))
      : [];
  }

  #objections(policy: Policy, binding: Json, request: AdmissionRequest, ask: AskRights): readonly Objection[] {
    const reference = valueAt(binding, 'spec', 'paramRef');
    if (policy.paramKind === undefined || reference === undefined) {
      return evaluatePolicy(policy, request, null, ask);
    }
    const found = this.#params(policy.paramKind, reference, request.namespace);
    if (found.length > 0) {
      return found.flatMap((params) => evaluatePolicy(policy, request, params, ask));
    }
    const isAllowed = textAt(reference, 'parameterNotFoundAction') === 'Allow' || policy.ignoresFailures;
    const why = 'failed to configure binding: no params found for policy binding with `Deny` parameterNotFoundAction';
    return isAllowed ? [] : [{ message: why, reason: 'Invalid' }];
  }

  #params(paramKind: Json, reference: Json, requestNamespace: string): readonly Json[] {
    const apiVersion = textAt(paramKind, 'apiVersion') ?? '';
    const kind = this.#registry
      .all()
      .find(
        (one) =>
          one.kind === textAt(paramKind, 'kind') &&
          apiVersion === `${one.group === '' ? '' : `${one.group}/`}${one.version}`,
      );
    if (kind === undefined) {
      return [];
    }
    const namespace = kind.namespaced ? (textAt(reference, 'namespace') ?? requestNamespace) : '';
    const name = textAt(reference, 'name');
    if (name !== undefined) {
      const object = this.#store.get(collectionOf(kind), namespace, name);
      return object === undefined ? [] : [asJson(object)];
    }
    const all = this.#store.list(collectionOf(kind), kind.namespaced ? namespace : undefined);
    return all.map((object) => asJson(object)).filter((object) => selects(valueAt(reference, 'selector'), object));
  }
}

const codes: { readonly [reason: string]: number } = {
  Unauthorized: 401,
  Forbidden: 403,
  RequestEntityTooLarge: 413,
  Invalid: 422,
};

/** A refusal by admission, which speaks of a forbidden object whatever its reason. */
function refusal({ group: apiGroup, resource, name }: AdmissionRequest, { message, reason }: Objection): StatusError {
  const type = apiGroup === '' ? resource : `${resource}.${apiGroup}`;
  const details = { name, ...(apiGroup === '' ? {} : { group: apiGroup }), kind: resource, causes: [{ message }] };
  return new StatusError(codes[reason] ?? 422, reason, `${type} "${name}" is forbidden: ${message}`, details);
}
