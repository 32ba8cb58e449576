import type { Json } from '../../../domain/json.ts';
import { asJson } from '../../../domain/manifest/kube-object.ts';
import type { RoleSource } from '../../../domain/rbac/authorization.ts';
import type { ObjectStore } from '../objects/object-store.ts';

const group = 'rbac.authorization.k8s.io';

/** The roles and bindings in the store. Lists are kept until one of them is written. */
export class StoredRoles implements RoleSource {
  readonly #store: ObjectStore;
  readonly #lists = new Map<string, readonly Json[]>();

  constructor(store: ObjectStore) {
    this.#store = store;
    store.subscribe(({ collection }) => {
      if (collection.endsWith(`.${group}`)) {
        this.#lists.clear();
      }
    });
  }

  clusterRole(name: string): Json | undefined {
    const role = this.#store.get(`clusterroles.${group}`, '', name);
    return role === undefined ? undefined : asJson(role);
  }

  role(namespace: string, name: string): Json | undefined {
    const role = this.#store.get(`roles.${group}`, namespace, name);
    return role === undefined ? undefined : asJson(role);
  }

  clusterRoleBindings(): readonly Json[] {
    return this.#list('clusterrolebindings', undefined);
  }

  roleBindings(namespace: string): readonly Json[] {
    return this.#list('rolebindings', namespace);
  }

  #list(resource: string, namespace: string | undefined): readonly Json[] {
    const key = `${resource}/${namespace ?? ''}`;
    const known = this.#lists.get(key);
    if (known !== undefined) {
      return known;
    }
    const found = this.#store.list(`${resource}.${group}`, namespace).map((binding) => asJson(binding));
    this.#lists.set(key, found);
    return found;
  }
}
