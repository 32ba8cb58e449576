import { isJsonObject, listAt, valueAt } from '../../json.ts';
import type { Json, JsonObject } from '../../json.ts';

/** What the spec of a pod, or of a template for pods, says by saying nothing. */
export function defaultedPodSpec(spec: JsonObject): JsonObject {
  const volumes = listAt(spec, 'volumes').map((volume) => defaultedVolume(volume));
  const onNode = spec['hostNetwork'] === true;
  const lists = ['containers', 'initContainers'].flatMap((list) =>
    spec[list] === undefined || !onNode ? [] : [[list, listAt(spec, list).map((one) => onHostPorts(one))] as const],
  );
  return { ...spec, ...Object.fromEntries(lists), ...(volumes.length === 0 ? {} : { volumes }) };
}

/** A volume of no kind is an empty folder. */
function defaultedVolume(volume: Json): Json {
  const isBare = isJsonObject(volume) && Object.keys(volume).every((name) => name === 'name');
  return isBare ? { ...volume, emptyDir: {} } : volume;
}

/** In the network of its node a container's port is the node's. */
function onHostPorts(container: Json): Json {
  const ports = listAt(container, 'ports').map((port) =>
    isJsonObject(port) ? { hostPort: port['containerPort'] ?? 0, ...port } : port,
  );
  return isJsonObject(container) && ports.length > 0 ? { ...container, ports } : container;
}

/** A pod asks for what it is limited to unless it asks for less. */
export function withRequests(container: Json): Json {
  const limits = valueAt(container, 'resources', 'limits');
  if (!isJsonObject(container) || !isJsonObject(limits)) {
    return container;
  }
  const resources = valueAt(container, 'resources');
  const requests = valueAt(container, 'resources', 'requests');
  const asked = { ...limits, ...(isJsonObject(requests) ? requests : {}) };
  return { ...container, resources: { ...(isJsonObject(resources) ? resources : {}), requests: asked } };
}
