import { isJsonArray, isJsonObject, type Json, type JsonObject, listAt, textAt, valueAt } from '../json.ts';
import type { ManifestDocument, ReadInnerYaml } from '../plain-manifests/contribution.ts';
import { type Origin, originBelow } from '../plain-manifests/origin.ts';

/** Values for MetalLB's Helm chart, and what is known of the release they belong to. */
export interface ChartValues {
  readonly values: JsonObject;
  readonly origin: Origin;
  /** Namespace of the Helm release, where a resource says so. */
  readonly namespace: string | undefined;
  /** Version of the chart, which is MetalLB's own. */
  readonly version: string | undefined;
}

const controllerKeys =
  'enabled logLevel webhookMode image strategy updateStrategy serviceAccount securityContext resources nodeSelector tolerations priorityClassName runtimeClassName affinity podAnnotations labels livenessProbe readinessProbe command tlsMinVersion tlsCipherSuites extraContainers'.split(
    ' ',
  );
const chartKeys =
  'imagePullSecrets nameOverride fullnameOverride loadBalancerClass rbac psp tls prometheus controller speaker crds frrk8s frr-k8s networkpolicies configInline existingConfigMap'.split(
    ' ',
  );

/** True for values of MetalLB's chart: other charts have a key `controller`, too, with other keys below it. */
function isForMetalLb(values: JsonObject): boolean {
  if (Object.hasOwn(values, 'configInline') || isJsonObject(values['speaker']) || Object.hasOwn(values, 'frrk8s')) {
    return true;
  }
  const { controller } = values;
  const known = Object.keys(values).every((key) => chartKeys.includes(key));
  return known && isJsonObject(controller) && Object.keys(controller).every((key) => controllerKeys.includes(key));
}

interface Release {
  readonly origin: Origin;
  readonly namespace: string | undefined;
  readonly version: string | undefined;
  /** It installs MetalLB's chart by its name, so whatever the values are, they are for it. */
  readonly isMetalLb: boolean;
}

/** The values themselves, or those below the name of the chart, where another chart brings it along. */
function chosen(values: Json | undefined, release: Release): readonly ChartValues[] {
  if (!isJsonObject(values)) {
    return [];
  }
  const below = values['metallb'];
  const { origin, namespace, version } = release;
  if (isJsonObject(below) && isForMetalLb(below)) {
    return [{ values: below, origin: originBelow(origin, 'metallb'), namespace, version: undefined }];
  }
  return release.isMetalLb || isForMetalLb(values) ? [{ values, origin, namespace, version }] : [];
}

const isMetalLbName = (name: string | undefined): boolean => name !== undefined && /(?:^|\/)metallb$/u.test(name);

function helmRelease({ origin, value }: ManifestDocument): readonly ChartValues[] {
  const chart = valueAt(value, 'spec', 'chart', 'spec');
  return chosen(valueAt(value, 'spec', 'values'), {
    origin: originBelow(origin, 'spec', 'values'),
    namespace: textAt(value, 'spec', 'targetNamespace') ?? textAt(value, 'metadata', 'namespace'),
    version: textAt(chart, 'version'),
    isMetalLb: isMetalLbName(textAt(chart, 'chart')),
  });
}

function helmChart({ origin, value }: ManifestDocument, readInner: ReadInnerYaml): readonly ChartValues[] {
  const text = textAt(value, 'spec', 'valuesContent');
  return chosen(text === undefined ? undefined : readInner(text).value, {
    origin: { ...originBelow(origin, 'spec', 'valuesContent'), inner: [] },
    namespace: textAt(value, 'spec', 'targetNamespace'),
    version: textAt(value, 'spec', 'version'),
    isMetalLb: isMetalLbName(textAt(value, 'spec', 'chart') ?? textAt(value, 'metadata', 'name')),
  });
}

/** An Argo CD Application; of several sources each may be the chart. */
function application({ origin, value }: ManifestDocument, readInner: ReadInnerYaml): readonly ChartValues[] {
  const only = valueAt(value, 'spec', 'source');
  const several = listAt(value, 'spec', 'sources').map((source, index) => ({
    source,
    at: originBelow(origin, 'spec', 'sources', index),
  }));
  const sources =
    only === undefined ? several : [{ source: only, at: originBelow(origin, 'spec', 'source') }, ...several];
  return sources.flatMap(({ source, at }) => {
    const release = {
      namespace: textAt(value, 'spec', 'destination', 'namespace'),
      version: textAt(source, 'targetRevision'),
      isMetalLb: isMetalLbName(textAt(source, 'chart')),
    };
    const helm = originBelow(at, 'helm');
    const text = textAt(source, 'helm', 'values');
    const parameters = listAt(source, 'helm', 'parameters');
    return [
      ...chosen(valueAt(source, 'helm', 'valuesObject'), { ...release, origin: originBelow(helm, 'valuesObject') }),
      ...chosen(text === undefined ? undefined : readInner(text).value, {
        ...release,
        origin: { ...originBelow(helm, 'values'), inner: [] },
      }),
      ...chosen(fromParameters(parameters, readInner), { ...release, origin: originBelow(helm, 'parameters') }),
    ];
  });
}

/** Helm's own limit for an index in a parameter. */
const highestIndex = 65_536;

/** `configInline.address-pools[0].addresses[1]` as steps; a dot behind a backslash belongs to the name. */
function stepsOf(name: string): readonly (string | number)[] {
  return [...name.matchAll(/\[(\d{1,5})\]|((?:\\.|[^.[\]\\])+)/gu)].map(([, index, key]) =>
    index === undefined ? (key ?? '').replaceAll(/\\(.)/gu, '$1') : Number(index),
  );
}

/** A parameter is text; what reads as a number or a truth value is one, unless that is refused (`helm --set`). */
function parameterValue(parameter: Json, readInner: ReadInnerYaml): Json {
  const text = textAt(parameter, 'value') ?? '';
  if (valueAt(parameter, 'forceString') === true) {
    return text;
  }
  if (/^(?:true|false|-?(?:0|[1-9]\d{0,15}))$/u.test(text)) {
    return text === 'true' || (text !== 'false' && Number(text));
  }
  return text.includes('\n') ? (readInner(text).value ?? text) : text;
}

function fromParameters(parameters: readonly Json[], readInner: ReadInnerYaml): Json | undefined {
  return parameters.reduce<Json | undefined>(
    (root, parameter) => placed(root, stepsOf(textAt(parameter, 'name') ?? ''), parameterValue(parameter, readInner)),
    undefined,
  );
}

function placed(root: Json | undefined, steps: readonly (string | number)[], value: Json): Json {
  const [step, ...rest] = steps;
  if (step === undefined) {
    return value;
  }
  if (typeof step === 'string') {
    const own = isJsonObject(root) ? root : {};
    return { ...own, [step]: placed(valueAt(own, step), rest, value) };
  }
  const items = isJsonArray(root) ? [...root] : [];
  if (step > highestIndex) {
    return items;
  }
  const length = Math.max(items.length, step + 1);
  return Array.from({ length }, (_, index) =>
    index === step ? placed(items[index], rest, value) : (items[index] ?? null),
  );
}

/** Values for MetalLB's chart that a document holds: a values file, or a resource that installs the chart. */
export function chartValuesIn(document: ManifestDocument, readInner: ReadInnerYaml): readonly ChartValues[] {
  const { origin, value } = document;
  switch (textAt(value, 'kind')) {
    case 'HelmRelease':
      return helmRelease(document);
    case 'HelmChart':
    case 'HelmChartConfig':
      return helmChart(document, readInner);
    case 'Application':
      return application(document, readInner);
    case undefined:
      return chosen(value, { origin, namespace: undefined, version: undefined, isMetalLb: false });
    default:
      return [];
  }
}
