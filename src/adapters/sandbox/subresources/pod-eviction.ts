import { numberAt, textAt } from '../../../domain/json.ts';
import { asJson } from '../../../domain/manifest/kube-object.ts';
import type { KubeObject } from '../../../domain/manifest/kube-object.ts';
import { isUnder } from '../controllers/disruption-budgets.ts';
import { isActive, isReady } from '../controllers/pod-state.ts';
import { collectionOf } from '../kinds/served-kind.ts';
import { StatusError, badRequest, notFound } from '../answers/status-error.ts';
import type { Subresource } from './subresource.ts';

function spend(budget: KubeObject): void {
  const said = (field: string): number => numberAt(asJson(budget), 'status', field) ?? 0;
  if (said('disruptionsAllowed') < 1) {
    const counts = `${said('desiredHealthy')} healthy pods and has ${said('currentHealthy')} currently`;
    const message = `The disruption budget ${budget.metadata.name} needs ${counts}`;
    const causes = [{ reason: 'DisruptionBudget', message }];
    const words = "Cannot evict pod as it would violate the pod's disruption budget.";
    throw new StatusError(429, 'TooManyRequests', words, { causes });
  }
}

/** `pods/NAME/eviction`: deletes the pod if its budget lets it go now. */
export const evictionOfPods: Subresource = {
  under: 'pods',
  name: 'eviction',
  kind: { group: 'policy', version: 'v1', kind: 'Eviction' },
  verbs: ['create'],
  respond({ store, state }, { kind, path, body, query }) {
    const name = path.name ?? '';
    const pod = store.get(collectionOf(kind), path.namespace ?? '', name);
    if (pod === undefined) {
      throw notFound(kind, name);
    }
    if (textAt(body, 'kind') !== 'Eviction') {
      throw badRequest('the body of an eviction is an Eviction of policy/v1');
    }
    const budget = state.list('policy', 'PodDisruptionBudget', path.namespace).find((one) => isUnder(one, pod));
    if (budget !== undefined && isActive(pod) && isReady(pod)) {
      spend(budget);
    }
    if (!query.getAll('dryRun').includes('All')) {
      state.remove(pod, 'Background', numberAt(body, 'deleteOptions', 'gracePeriodSeconds'));
    }
    return { code: 201, body: { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', code: 201 } };
  },
};
