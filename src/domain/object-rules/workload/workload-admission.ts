import { isJsonObject, jsonEqual, textAt, valueAt } from '../../json.ts';
import type { JsonObject } from '../../json.ts';
import { admittedPodSpec } from '../pod/pod-admission.ts';
import { withSpec } from '../with-spec.ts';

/** A Deployment rolls out by quarters unless it says otherwise. */
export function admittedDeployment(object: JsonObject): JsonObject {
  return { status: {}, ...admitWorkload(object, 'strategy', { maxUnavailable: '25%', maxSurge: '25%' }) };
}

export function admittedReplicaSet(object: JsonObject): JsonObject {
  const admitted = withSpec(object, (spec) =>
    isJsonObject(spec['template']) ? { ...spec, template: withSpec(spec['template'], admittedPodSpec) } : spec,
  );
  return { status: { replicas: 0 }, ...admitted };
}

const idleDaemons: JsonObject = {
  currentNumberScheduled: 0,
  desiredNumberScheduled: 0,
  numberMisscheduled: 0,
  numberReady: 0,
};

const templateCount = 'deprecated.daemonset.template.generation';

/** How often the template of a DaemonSet changed stands in an annotation. */
export function admittedDaemonSet(object: JsonObject, live: JsonObject | undefined): JsonObject {
  const admitted = admitWorkload(object, 'updateStrategy', { maxUnavailable: 1, maxSurge: 0 });
  const before = Number(textAt(live, 'metadata', 'annotations', templateCount) ?? 0);
  const isSame =
    live !== undefined && jsonEqual(valueAt(live, 'spec', 'template'), valueAt(admitted, 'spec', 'template'));
  const metadata = isJsonObject(object['metadata']) ? object['metadata'] : {};
  const annotations = isJsonObject(metadata['annotations']) ? metadata['annotations'] : {};
  const counted = { ...annotations, [templateCount]: String(isSame ? before : before + 1) };
  return { status: idleDaemons, ...admitted, metadata: { ...metadata, annotations: counted } };
}

function admitWorkload(object: JsonObject, strategy: string, rolling: JsonObject): JsonObject {
  return withSpec(object, (spec) => {
    const given = isJsonObject(spec[strategy]) ? spec[strategy] : {};
    const current = isJsonObject(given['rollingUpdate']) ? given['rollingUpdate'] : {};
    const type = given['type'] ?? 'RollingUpdate';
    const typed = { ...given, type };
    const filled = type === 'RollingUpdate' ? { ...typed, rollingUpdate: { ...rolling, ...current } } : typed;
    const template = isJsonObject(spec['template']) ? withSpec(spec['template'], admittedPodSpec) : {};
    return { ...spec, [strategy]: filled, template };
  });
}
