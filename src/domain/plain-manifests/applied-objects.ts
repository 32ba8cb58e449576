import { labelsAt } from '../allocation/label-selector.ts';
import { isJsonObject, jsonEqual, listAt, numberAt, textAt, valueAt, type Json, type JsonObject } from '../json.ts';
import { asJson, type KubeObject, type ObjectMeta } from '../manifest/kube-object.ts';
import { metalLbApi, metalLbGroup } from '../metallb/api.ts';
import { storageVersion } from '../metallb/kind.ts';
import type { FoundResource, FoundService } from './contribution.ts';

type Texts = { readonly [name: string]: string };

/** Where a Service without a namespace lands: kubectl's own default. */
const serviceNamespace = 'default';
/** MetalLB's own word on a Service; all its other annotations are people's. */
const written = 'metallb.io/ip-allocated-from-pool';
const ofMetalLb = /^metallb\.(?:io|universe\.tf)\//u;

/** A resource as an object that could be applied; undefined where it has no name. */
export function objectOfResource(
  { list, value, namespace, labels }: FoundResource,
  home: string,
): KubeObject | undefined {
  const kind = metalLbApi.find((candidate) => candidate.config?.key === list);
  const { name, ...spec } = value;
  if (kind === undefined || typeof name !== 'string' || name === '') {
    return undefined;
  }
  const apiVersion = `${metalLbGroup}/${storageVersion(kind).name}`;
  const metadata = { name, namespace: namespace ?? home, ...named('labels', labels) };
  return { apiVersion, kind: kind.kind, metadata, spec };
}

/** A Service as an object that could be applied; undefined where it has no name. */
export function objectOfService({ value }: FoundService): KubeObject | undefined {
  const name = textAt(value, 'metadata', 'name') ?? '';
  const metadata = {
    name,
    namespace: textAt(value, 'metadata', 'namespace') ?? serviceNamespace,
    ...named('labels', valueAt(value, 'metadata', 'labels')),
    ...named('annotations', valueAt(value, 'metadata', 'annotations')),
  };
  return name === '' ? undefined : { apiVersion: 'v1', kind: 'Service', metadata, spec: valueAt(value, 'spec') ?? {} };
}

/** Labels or annotations in their place, where there are any. */
function named(field: 'labels' | 'annotations', value: Json | undefined): Pick<ObjectMeta, 'labels' | 'annotations'> {
  const texts = labelsAt(value);
  const isEmpty = Object.keys(texts).length === 0;
  const metadata = field === 'labels' ? { labels: texts } : { annotations: texts };
  return isEmpty ? {} : metadata;
}

/** Labels with a prefix are the mark of the tool that applies (Argo CD, Flux, Helm): they aren't in the files and stay. */
function mergedLabels(live: Texts = {}, applied: Texts = {}): Texts {
  const kept = Object.entries(live).filter(([name]) => name.includes('/'));
  return { ...Object.fromEntries(kept), ...applied };
}

/** MetalLB's annotations are those of the file; those of others are kept, since a snapshot doesn't tell of them. */
function mergedAnnotations(live: Texts = {}, applied: Texts = {}): Texts {
  const kept = Object.entries(live).filter(([name]) => name === written || !ofMetalLb.test(name));
  return {
    ...Object.fromEntries(kept),
    ...Object.fromEntries(Object.entries(applied).filter(([n]) => ofMetalLb.test(n))),
  };
}

function mergedMetadata(live: KubeObject, applied: KubeObject): ObjectMeta {
  const labels = mergedLabels(live.metadata.labels, applied.metadata.labels);
  const annotations = mergedAnnotations(live.metadata.annotations, applied.metadata.annotations);
  const { labels: _labels, annotations: _annotations, ...rest } = live.metadata;
  return { ...rest, ...named('labels', labels), ...named('annotations', annotations) };
}

/** Fields of a Service that go when the file drops them; the others were filled in by the server and stay. */
const ownedByFile: ReadonlySet<string> = new Set([
  'loadBalancerIP',
  'loadBalancerClass',
  'externalTrafficPolicy',
  'selector',
  'type',
  'ports',
]);

function portKey(port: Json): string {
  return `${textAt(port, 'protocol') ?? 'TCP'}/${String(numberAt(port, 'port'))}`;
}

function mergedPorts(live: readonly Json[], applied: readonly Json[]): readonly Json[] {
  return applied.map((port) => {
    const there = live.find((candidate) => portKey(candidate) === portKey(port));
    return isJsonObject(there) && isJsonObject(port) ? { ...there, ...port } : port;
  });
}

function mergedServiceSpec(live: KubeObject, applied: KubeObject): JsonObject {
  const [was, is] = [valueAt(asJson(live), 'spec'), valueAt(asJson(applied), 'spec')];
  const kept = isJsonObject(was) ? Object.entries(was).filter(([field]) => !ownedByFile.has(field)) : [];
  const wanted = isJsonObject(is) ? is : {};
  const type = textAt(wanted, 'type') ?? 'ClusterIP';
  const policy = type === 'ClusterIP' ? {} : { externalTrafficPolicy: 'Cluster' };
  const ports = mergedPorts(listAt(was, 'ports'), listAt(is, 'ports'));
  return { ...Object.fromEntries(kept), ...policy, ...wanted, type, ports };
}

/** What the API server filled in, where the file doesn't say otherwise. */
function mergedSpec(live: KubeObject, applied: KubeObject): JsonObject {
  const kind = metalLbApi.find((candidate) => candidate.kind === live.kind);
  const fields = kind === undefined ? {} : (storageVersion(kind).spec?.fields ?? {});
  const [was, is] = [valueAt(asJson(live), 'spec'), valueAt(asJson(applied), 'spec')];
  const filled = Object.entries(isJsonObject(was) ? was : {}).filter(([name, value]) => {
    const preset = Object.hasOwn(fields, name) ? fields[name]?.default : undefined;
    return preset !== undefined && jsonEqual(preset, value);
  });
  return { ...Object.fromEntries(filled), ...(isJsonObject(is) ? is : {}) };
}

/** The live object once the file is applied to it, as a person expects it: what the file dropped is gone. */
export function afterApply(live: KubeObject, applied: KubeObject): KubeObject {
  const spec = live.kind === 'Service' ? mergedServiceSpec(live, applied) : mergedSpec(live, applied);
  return { ...live, metadata: mergedMetadata(live, applied), spec };
}
