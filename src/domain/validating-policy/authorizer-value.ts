import { CelReceiver, textOf } from '../cel/function.ts';
import { noOverload } from '../cel/value.ts';
import type { CelList, CelObject, CelValue } from '../cel/value.ts';
import type { Verdict } from '../rbac/authorization.ts';
import type { Action, ResourceAction } from '../rbac/policy-rule.ts';
import { serviceAccountName } from '../rbac/user-info.ts';

/** What an expression may ask about rights: those of the one who writes (user undefined), or of a service account. */
export type AskRights = (action: Action, user: string | undefined) => Verdict;

const anyResource: ResourceAction = {
  verb: '',
  group: '',
  version: '*',
  resource: '',
  subresource: '',
  namespace: '',
  name: '',
};

/** `authorizer` in expressions: a question is put together step by step, and `check` answers it. */
export class AuthorizerValue extends CelReceiver {
  readonly typeName = 'kubernetes.authorization.Authorizer';
  readonly #ask: AskRights;
  readonly #user: string | undefined;
  readonly #action: Action | undefined;

  constructor(ask: AskRights, user?: string, action?: Action) {
    super();
    this.#ask = ask;
    this.#user = user;
    this.#action = action;
  }

  equals(other: CelObject): boolean {
    return other === this;
  }

  call(method: string, args: CelList): CelValue {
    const [first, second] = args;
    if (method === 'serviceAccount') {
      return new AuthorizerValue(this.#ask, serviceAccountName(textOf(first), textOf(second)));
    }
    if (method === 'path') {
      return this.#asking({ verb: '', path: textOf(first) });
    }
    if (method === 'check' && this.#action !== undefined) {
      return new DecisionValue(this.#ask({ ...this.#action, verb: textOf(first) }, this.#user));
    }
    const field = ['group', 'resource', 'subresource', 'namespace', 'name'].find((name) => name === method);
    if (field === undefined || (this.#action !== undefined && 'path' in this.#action)) {
      throw noOverload();
    }
    return this.#asking({ ...anyResource, ...this.#action, [field]: textOf(first) });
  }

  #asking(action: Action): AuthorizerValue {
    return new AuthorizerValue(this.#ask, this.#user, action);
  }
}

class DecisionValue extends CelReceiver {
  readonly typeName = 'kubernetes.authorization.Decision';
  readonly #verdict: Verdict;

  constructor(verdict: Verdict) {
    super();
    this.#verdict = verdict;
  }

  equals(other: CelObject): boolean {
    return other === this;
  }

  call(method: string): CelValue {
    const { allowed, reason } = this.#verdict;
    const answers: { readonly [name: string]: CelValue } = { allowed, reason, errored: false, error: '' };
    const answer = answers[method];
    if (answer === undefined) {
      throw noOverload();
    }
    return answer;
  }
}
