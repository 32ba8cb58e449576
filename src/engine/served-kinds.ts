import type { Health } from '../domain/health/health.ts';
import { listAt, textAt, valueAt } from '../domain/json.ts';
import { asJson, type KubeObject } from '../domain/manifest/kube-object.ts';
import type { ClusterReader } from '../ports/cluster.ts';

/**
 * Established says that the API server has accepted a CRD; discovery says that it serves it. Objects of the kind can be
 * applied only then. undefined: nothing more to wait for.
 */
export async function servedHealth(
  reader: ClusterReader,
  live: KubeObject,
  signal: AbortSignal,
): Promise<Health | undefined> {
  if (live.kind !== 'CustomResourceDefinition') {
    return undefined;
  }
  const crd = asJson(live);
  const group = textAt(crd, 'spec', 'group') ?? '';
  const kind = textAt(crd, 'spec', 'names', 'kind') ?? '';
  for (const version of listAt(crd, 'spec', 'versions')) {
    const name = textAt(version, 'name') ?? '';
    const served = valueAt(version, 'served') === true;
    if (served && (await reader.findKind(`${group}/${name}`, kind, signal)) === undefined) {
      return { status: 'InProgress', message: `established, but ${group}/${name} ${kind} is not served yet` };
    }
  }
  return undefined;
}
