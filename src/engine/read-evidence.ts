import { isFailure } from '../domain/failure.ts';
import { asJson, type KubeObject } from '../domain/manifest/kube-object.ts';
import { isJsonObject, valueAt } from '../domain/json.ts';
import type { ClusterReader, ListOptions } from '../ports/cluster.ts';

const objectsAsked = 4;

/** Evidence explains and never decides, so what can't be read of it is left out. */
async function listOrNothing(
  reader: ClusterReader,
  kind: string,
  options: ListOptions,
  signal: AbortSignal,
): Promise<readonly KubeObject[]> {
  try {
    return (await reader.list('v1', kind, options, signal)).items;
  } catch (error) {
    if (isFailure(error)) {
      return [];
    }
    throw error;
  }
}

/** The pods that a Deployment's or DaemonSet's selector picks; none for other kinds. */
export async function podsOf(
  reader: ClusterReader,
  workload: KubeObject,
  signal: AbortSignal,
): Promise<readonly KubeObject[]> {
  const labels = valueAt(asJson(workload), 'spec', 'selector', 'matchLabels');
  const namespace = workload.metadata.namespace;
  if (!isJsonObject(labels) || namespace === undefined) {
    return [];
  }
  const labelSelector = Object.entries(labels)
    .flatMap(([name, value]) => (typeof value === 'string' ? [`${name}=${value}`] : []))
    .join(',');
  return listOrNothing(reader, 'Pod', { namespace, labelSelector }, signal);
}

/** The Kubernetes Events about the first few of these objects. */
export async function eventsOf(
  reader: ClusterReader,
  objects: readonly KubeObject[],
  signal: AbortSignal,
): Promise<readonly KubeObject[]> {
  const lists = await Promise.all(
    objects.slice(0, objectsAsked).map((object) =>
      listOrNothing(
        reader,
        'Event',
        {
          ...(object.metadata.namespace === undefined ? {} : { namespace: object.metadata.namespace }),
          fieldSelector: `involvedObject.kind=${object.kind},involvedObject.name=${object.metadata.name}`,
        },
        signal,
      ),
    ),
  );
  return lists.flat();
}
