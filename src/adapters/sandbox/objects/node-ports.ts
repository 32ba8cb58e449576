import type { JsonObject } from '../../../domain/json.ts';
import { invalidValue } from '../../../domain/object-rules/field-errors.ts';
import { needsNodePorts, nodePortOf, portsOf, typeOf } from '../../../domain/object-rules/service/service-spec.ts';
import { RefusedFields } from './refused-fields.ts';
import type { ServiceRanges } from './service-ranges.ts';

export function nodePortsOf(spec: JsonObject | undefined): readonly number[] {
  return portsOf(spec ?? {})
    .map((port) => nodePortOf(port))
    .filter((port) => port !== 0);
}

/** Gives every port of a Service the node port that it asked for, or a free one where its type needs one. */
export function admitNodePorts(spec: JsonObject, before: JsonObject | undefined, ranges: ServiceRanges): JsonObject {
  if (portsOf(spec).length === 0 || !['NodePort', 'LoadBalancer'].includes(typeOf(spec))) {
    return spec;
  }
  const admitted = before === undefined ? newNodePorts(spec, ranges) : changedNodePorts(spec, before, ranges);
  return { ...spec, ports: admitted };
}

function demand(index: number, wanted: number, taken: readonly number[], ranges: ServiceRanges): void {
  const why = ranges.whyNotNodePort(wanted, taken);
  if (why !== undefined) {
    throw new RefusedFields([invalidValue(`spec.ports[${index}].nodePort`, wanted, why)]);
  }
}

/** Ports of one number and several protocols share their node port. */
function newNodePorts(spec: JsonObject, ranges: ServiceRanges): readonly JsonObject[] {
  const ports = portsOf(spec);
  const taken: number[] = [];
  const byPort = new Map<unknown, number>();
  const take = (nodePort: number): number => {
    taken.push(nodePort);
    return nodePort;
  };
  return ports.map((port, index) => {
    const wanted = nodePortOf(port);
    if (wanted === 0 && !needsNodePorts(spec)) {
      return port;
    }
    const shared = byPort.get(port['port']);
    if (shared !== undefined) {
      if (wanted !== 0 && wanted !== shared) {
        demand(index, wanted, taken, ranges);
        take(wanted);
      }
      return { ...port, nodePort: wanted === 0 ? shared : wanted };
    }
    const asked = ports.filter((one) => one['port'] === port['port']).map((one) => nodePortOf(one));
    const first = asked.find((one) => one !== 0);
    if (first !== undefined) {
      demand(index, first, taken, ranges);
    }
    const nodePort = take(first ?? ranges.freeNodePort([...taken, ...nodePortsOf(spec)]));
    byPort.set(port['port'], nodePort);
    return { ...port, nodePort };
  });
}

function changedNodePorts(spec: JsonObject, before: JsonObject, ranges: ServiceRanges): readonly JsonObject[] {
  const old = nodePortsOf(before);
  const taken: number[] = [];
  return portsOf(spec).map((port, index) => {
    const wanted = nodePortOf(port);
    if (wanted === 0 && !needsNodePorts(spec)) {
      return port;
    }
    if (wanted !== 0 && !old.includes(wanted) && !taken.includes(wanted)) {
      demand(index, wanted, [], ranges);
    }
    const nodePort = wanted === 0 ? ranges.freeNodePort([...taken, ...nodePortsOf(spec)]) : wanted;
    taken.push(nodePort);
    return { ...port, nodePort };
  });
}
