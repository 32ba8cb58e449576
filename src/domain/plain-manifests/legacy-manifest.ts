import { isJsonArray, isJsonObject, type Json, type JsonObject, listAt, textAt, valueAt } from '../json.ts';
import { type Contribution, type ManifestDocument, nothing, type ReadInnerYaml } from './contribution.ts';
import { isLegacyConfig, legacyConfig } from './legacy-config.ts';
import { isTemplate } from './placeholders.ts';
import { findingAt, type Origin, originBelow } from './origin.ts';

/** The old configuration as it was found: as a mapping of the document, or as a text inside it. */
interface Found {
  readonly value: Json;
  readonly origin: Origin;
  readonly where: 'ConfigMap' | 'configInline';
}

/**
 * The configuration of MetalLB up to 0.12 wherever it stands: the ConfigMap, Helm values, a HelmRelease, a HelmChart, an
 * Argo CD Application. Newer releases do not read it.
 */
export function readLegacyManifest(document: ManifestDocument, readInner: ReadInnerYaml): Contribution {
  return legacyIn(document, readInner).reduce<Contribution>((sum, found) => {
    const one = convert(found, document, readInner);
    return {
      resources: [...sum.resources, ...one.resources],
      services: [],
      findings: [...sum.findings, ...one.findings],
    };
  }, nothing);
}

function legacyIn({ origin, value }: ManifestDocument, readInner: ReadInnerYaml): readonly Found[] {
  switch (textAt(value, 'kind')) {
    case 'ConfigMap':
      return configMap(origin, value);
    case 'HelmRelease':
      return inline(valueAt(value, 'spec', 'values'), originBelow(origin, 'spec', 'values'));
    case 'HelmChart':
    case 'HelmChartConfig':
      return inText(value, ['spec', 'valuesContent'], origin, readInner);
    case 'Application':
      return application(origin, value, readInner);
    case undefined:
      return isLegacyConfig(value) ? [{ value, origin, where: 'ConfigMap' }] : inline(value, origin);
    default:
      return [];
  }
}

/** MetalLB read the key `config`; a ConfigMap of another purpose has other content, or peers of another kind. */
function configMap(origin: Origin, value: JsonObject): readonly Found[] {
  const text = textAt(value, 'data', 'config') ?? '';
  const inOurs = /metallb/iu.test(textAt(value, 'metadata', 'namespace') ?? '');
  const ours =
    /^[ \t]*address-pools[ \t]*:|^[ \t-]*peer-(?:address|asn)[ \t]*:/m.test(text) ||
    (inOurs && /^[ \t]*peers[ \t]*:/m.test(text));
  return ours ? [{ value: text, origin: originBelow(origin, 'data', 'config'), where: 'ConfigMap' }] : [];
}

function inline(values: Json | undefined, origin: Origin): readonly Found[] {
  const config = valueAt(values, 'configInline');
  const own = config === undefined || config === null ? [] : [config];
  const below = valueAt(values, 'metallb', 'configInline');
  return [
    ...own.map((value) => ({ value, origin: originBelow(origin, 'configInline'), where: 'configInline' as const })),
    ...(isJsonObject(below)
      ? [{ value: below, origin: originBelow(origin, 'metallb', 'configInline'), where: 'configInline' as const }]
      : []),
  ];
}

/** Values that are themselves a YAML text. */
function inText(value: JsonObject, path: Path, origin: Origin, readInner: ReadInnerYaml): readonly Found[] {
  const text = textAt(value, ...path);
  const read = text === undefined ? undefined : readInner(text);
  return inline(read?.value, { ...originBelow(origin, ...path), inner: [] });
}

type Path = readonly (string | number)[];

/** An Application has one source, or a list of them. */
function application(origin: Origin, value: JsonObject, readInner: ReadInnerYaml): readonly Found[] {
  const several = listAt(value, 'spec', 'sources').map((_, index): Path => ['spec', 'sources', index, 'helm']);
  return [['spec', 'source', 'helm'], ...several].flatMap((helm) => helmSource(origin, value, helm, readInner));
}

function helmSource(origin: Origin, value: JsonObject, helm: Path, readInner: ReadInnerYaml): readonly Found[] {
  const parameters = listAt(value, ...helm, 'parameters').flatMap((parameter, index): readonly Found[] => {
    const text = textAt(parameter, 'value');
    const at = originBelow(origin, ...helm, 'parameters', index, 'value');
    return textAt(parameter, 'name') === 'configInline' && text !== undefined
      ? [{ value: text, origin: at, where: 'configInline' }]
      : [];
  });
  return [
    ...inline(valueAt(value, ...helm, 'valuesObject'), originBelow(origin, ...helm, 'valuesObject')),
    ...inText(value, [...helm, 'values'], origin, readInner),
    ...parameters,
    ...singleParameters(origin, value, helm),
  ];
}

/** `configInline.address-pools[0].addresses[1]`, one parameter a value: told of, not put together. */
function singleParameters(origin: Origin, value: JsonObject, helm: Path): readonly Found[] {
  const path = [...helm, 'parameters'];
  const first = listAt(value, ...path).findIndex((each) => textAt(each, 'name')?.startsWith('configInline.') === true);
  return first < 0 ? [] : [{ value: {}, origin: originBelow(origin, ...path, first, 'name'), where: 'configInline' }];
}

function convert(found: Found, { value }: ManifestDocument, readInner: ReadInnerYaml): Contribution {
  const { where, origin } = found;
  // What installs a chart says elsewhere into which namespace.
  const namespace = where === 'ConfigMap' ? textAt(value, 'metadata', 'namespace') : undefined;
  const legacy = findingAt(origin, {
    code: 'legacy-format',
    part: 'key',
    message:
      where === 'ConfigMap'
        ? 'MetalLB reads no ConfigMap since 0.13: this configuration has no effect.'
        : "MetalLB's chart refuses configInline since 0.13.",
    remedy: 'Write IPAddressPool, L2Advertisement and BGPPeer resources in its place.',
  });
  if (typeof found.value === 'string' && isTemplate(found.value)) {
    return { ...nothing, findings: [legacy, findingAt(origin, openText)] };
  }
  const read = typeof found.value === 'string' ? readInner(found.value) : undefined;
  const config = read === undefined ? found.value : read.value;
  const inside = read === undefined ? origin : { ...origin, inner: [] };
  if (isJsonObject(config)) {
    const converted = legacyConfig(config, inside, namespace);
    return { resources: converted.resources, services: [], findings: [legacy, ...converted.findings] };
  }
  const message = read?.problem ?? `The old configuration is ${isJsonArray(config) ? 'a list' : 'no mapping'}.`;
  const remedy = 'Correct the text: it is YAML of its own.';
  return { ...nothing, findings: [legacy, findingAt(origin, { code: 'yaml-syntax', part: 'key', message, remedy })] };
}

const openText = {
  code: 'placeholder',
  part: 'key',
  message: 'The text is a template: it is not judged.',
  remedy: 'Validate what the template engine makes of it.',
} as const;
