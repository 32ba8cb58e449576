import type { DocumentPlace, Finding } from '../finding/finding.ts';
import { nearestName } from '../finding/nearest-name.ts';
import { isJsonArray, isJsonObject, type Json, type JsonObject, textAt, valueAt } from '../json.ts';
import { metalLbApi, metalLbGroup } from '../metallb/api.ts';
import { type MetalLbKind, storageVersion } from '../metallb/kind.ts';
import type { Contribution, FoundResource, ManifestDocument } from './contribution.ts';
import { addressPool } from './address-pool.ts';
import { findingAt, type Origin, originBelow } from './origin.ts';
import { unknownKeys } from './object-keys.ts';

/** Kinds that a person writes. */
const configured = metalLbApi.filter((kind) => kind.config !== undefined);

/** The group, however it was written: nobody else has one that starts so. */
const groupLike = /^(?:metallb\.(?:io|universe\.tf)|metallb)(?:\/|$)/i;

/** The kind that a document means, or undefined where it is none of MetalLB's configuration. */
function meantKind(document: ManifestDocument): MetalLbKind | 'AddressPool' | undefined {
  const apiVersion = textAt(document.value, 'apiVersion') ?? '';
  const kind = textAt(document.value, 'kind') ?? '';
  const exact = configured.find((each) => each.kind === kind);
  if (exact !== undefined) {
    return groupLike.test(apiVersion) || apiVersion === '' || !apiVersion.includes('/') ? exact : undefined;
  }
  if (!groupLike.test(apiVersion)) {
    return undefined;
  }
  if (kind === 'AddressPool') {
    return kind;
  }
  const others = metalLbApi.filter((each) => each.config === undefined).map((each) => each.kind);
  const nearest = nearestName(kind, ['MetalLB', 'AddressPool', ...others, ...configured.map((each) => each.kind)]);
  return configured.find((each) => each.kind === nearest);
}

/** True for a document in MetalLB's group, of whatever kind. */
export function isOfMetalLb(document: ManifestDocument): boolean {
  return groupLike.test(textAt(document.value, 'apiVersion') ?? '') || meantKind(document) !== undefined;
}

/** What a resource of MetalLB's API configures, in any version there ever was. */
export function readMetalLbObject(document: ManifestDocument): Contribution {
  const kind = meantKind(document);
  if (kind === undefined) {
    return { resources: [], services: [], findings: [] };
  }
  if (kind === 'AddressPool') {
    return addressPool(document);
  }
  const findings = [
    ...kindFindings(document, kind),
    ...unknownKeys(document, kind.kind),
    ...strayAnnotations(document, kind.kind),
  ];
  return { resources: [resourceOf(document, kind)], services: [], findings };
}

function resourceOf({ origin, value }: ManifestDocument, kind: MetalLbKind): FoundResource {
  const { config } = kind;
  if (config === undefined) {
    throw new Error(`bug: ${kind.kind} is no part of the config`);
  }
  const name = valueAt(value, 'metadata', 'name');
  const spec = specOf(value);
  const namespace = textAt(value, 'metadata', 'namespace');
  const labels = valueAt(value, 'metadata', 'labels');
  return {
    list: config.key,
    kind: kind.kind,
    value: { ...spec, ...(name === undefined || name === null ? {} : { name }) },
    ...(isJsonObject(labels) ? { labels } : {}),
    namespace,
    namespaceOrigin: originBelow(origin, 'metadata', ...(namespace === undefined ? [] : ['namespace'])),
    origin: originBelow(origin, 'spec'),
    parts: new Map([['/name', originBelow(origin, 'metadata', 'name')]]),
  };
}

/** The spec as MetalLB gets it, which has no labels. A passwordSecret without a name, as dumps have it, is none to MetalLB. */
function specOf(value: JsonObject): JsonObject {
  const spec = withoutNulls(valueAt(value, 'spec') ?? {});
  if (!isJsonObject(spec)) {
    return {};
  }
  const { passwordSecret, labels: _labels, ...rest } = spec;
  const isNone = isJsonObject(passwordSecret) && Object.keys(passwordSecret).length === 0;
  return isNone || passwordSecret === undefined ? rest : { ...rest, passwordSecret };
}

/** The API server drops keys without a value before it looks at the rest. */
function withoutNulls(value: Json): Json {
  if (isJsonArray(value)) {
    return value.map((item) => withoutNulls(item));
  }
  if (isJsonObject(value)) {
    return Object.fromEntries(
      Object.entries(value).flatMap(([key, inner]) => (inner === null ? [] : [[key, withoutNulls(inner)]])),
    );
  }
  return value;
}

function kindFindings({ origin, value }: ManifestDocument, kind: MetalLbKind): readonly Finding<DocumentPlace>[] {
  const apiVersion = textAt(value, 'apiVersion') ?? '';
  const written = textAt(value, 'kind') ?? '';
  const versions = kind.versions.map((version) => `${metalLbGroup}/${version.name}`);
  const right = `${metalLbGroup}/${storageVersion(kind).name}`;
  const findings: Finding<DocumentPlace>[] = [];
  if (written !== kind.kind) {
    const message = `MetalLB has no kind ${written}: the API server refuses the document.`;
    findings.push(
      findingAt(originBelow(origin, 'kind'), { code: 'kind-unknown', message, remedy: `Write ${kind.kind}.` }),
    );
  }
  if (apiVersion === '') {
    findings.push(...withoutVersion(origin, value, right));
  } else if (!versions.includes(apiVersion)) {
    const message = `${kind.kind} is not served as ${apiVersion}.`;
    findings.push(versionFinding(origin, { code: 'api-version-unknown', message, remedy: `Write ${right}.` }));
  } else if (apiVersion !== right) {
    findings.push(deprecated(origin, kind, apiVersion, right), ...laterFields(origin, value, kind, apiVersion));
  }
  return findings;
}

/** A key in the wrong letter case is told of as such. */
function withoutVersion(origin: Origin, value: JsonObject, right: string): readonly Finding<DocumentPlace>[] {
  const message = 'The document has no apiVersion: the API server refuses it.';
  return Object.keys(value).some((key) => key.toLowerCase() === 'apiversion')
    ? []
    : [findingAt(originBelow(origin, 'kind'), { code: 'missing-key', message, remedy: `Add apiVersion: ${right}.` })];
}

function versionFinding(origin: Origin, remark: Parameters<typeof findingAt>[1]): Finding<DocumentPlace> {
  return findingAt(originBelow(origin, 'apiVersion'), remark);
}

function deprecated(origin: Origin, kind: MetalLbKind, apiVersion: string, right: string): Finding<DocumentPlace> {
  const message = `${kind.kind} ${apiVersion} is deprecated, and only readable where MetalLB's conversion webhook runs.`;
  return versionFinding(origin, { code: 'api-version-deprecated', message, remedy: `Write ${right}.` });
}

/** Fields that only the newer version of a kind has. */
function laterFields(
  origin: Origin,
  value: JsonObject,
  kind: MetalLbKind,
  apiVersion: string,
): readonly Finding<DocumentPlace>[] {
  const spec = valueAt(value, 'spec');
  const fieldsOf = (name: string): readonly string[] =>
    Object.keys(kind.versions.find((version) => name.endsWith(`/${version.name}`))?.spec?.fields ?? {});
  const [own, newer] = [fieldsOf(apiVersion), fieldsOf(`/${storageVersion(kind).name}`)];
  const later = isJsonObject(spec) ? newer.filter((field) => Object.hasOwn(spec, field) && !own.includes(field)) : [];
  return later.map((field) =>
    findingAt(originBelow(origin, 'spec', field), {
      code: 'unknown-key',
      part: 'key',
      message: `${field} is no field of ${kind.kind} in ${apiVersion}.`,
      remedy: `Write apiVersion: ${metalLbGroup}/${storageVersion(kind).name}.`,
    }),
  );
}

/** Annotations for Services say nothing on MetalLB's own resources. */
function strayAnnotations({ origin, value }: ManifestDocument, kind: string): readonly Finding<DocumentPlace>[] {
  const annotations = valueAt(value, 'metadata', 'annotations');
  const names = isJsonObject(annotations) ? Object.keys(annotations) : [];
  return names
    .filter((name) => /^metallb\.(?:io|universe\.tf)\//.test(name))
    .map((name) =>
      findingAt(originBelow(origin, 'metadata', 'annotations', name), {
        code: 'annotation-without-effect',
        part: 'key',
        message: `MetalLB reads ${name} on Services only; on a resource of kind ${kind} it does nothing.`,
        remedy: 'Move it to the Service, or remove it.',
      }),
    );
}
