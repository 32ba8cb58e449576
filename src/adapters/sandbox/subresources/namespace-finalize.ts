import { isJsonObject, listAt, valueAt } from '../../../domain/json.ts';
import { asJson } from '../../../domain/manifest/kube-object.ts';
import { collectionOf } from '../kinds/served-kind.ts';
import { notFound } from '../answers/status-error.ts';
import type { Subresource } from './subresource.ts';

/** `namespaces/NAME/finalize`: the one place where the finalizers of a namespace's spec change. */
export const finalizeOfNamespaces: Subresource = {
  under: 'namespaces',
  name: 'finalize',
  kind: { group: '', version: 'v1', kind: 'Namespace' },
  verbs: ['update'],
  respond({ store, state }, { kind, path, body, userAgent }) {
    const name = path.name ?? '';
    const live = store.get(collectionOf(kind), '', name);
    if (live === undefined) {
      throw notFound(kind, name);
    }
    const finalizers = listAt(body, 'spec', 'finalizers');
    const changed = state.change(live, userAgent.split('/', 1)[0] ?? '', (now) => {
      const spec = valueAt(asJson(now), 'spec');
      return { ...now, spec: { ...(isJsonObject(spec) ? spec : {}), finalizers } };
    });
    return { code: 200, body: asJson(changed ?? live) };
  },
};
