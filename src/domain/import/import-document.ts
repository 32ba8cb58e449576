import { isJsonArray, isJsonObject, type JsonObject, listAt, textAt, valueAt } from '../json.ts';
import type { FoundResource, ManifestDocument, ReadInnerYaml } from '../plain-manifests/contribution.ts';
import { originBelow } from '../plain-manifests/origin.ts';
import { readManifest } from '../plain-manifests/read-manifests.ts';
import { carriedLabels, isOfTools } from './carried-labels.ts';
import { importChartValues } from './chart-settings.ts';
import { chartValuesIn } from './chart-values.ts';
import { emptyPart, type ImportedPart, type ImportNote, joinedParts } from './imported.ts';
import { importK3sAnsible, isK3sAnsible } from './k3s-ansible.ts';
import { importKubespray, isKubespray } from './kubespray.ts';
import { notesOf } from './notes-of-findings.ts';

/** True for an environment of Metalwave: it has its pools under `metallb`, which no manifest and no chart has. */
export function isEnvironmentDocument(value: JsonObject): boolean {
  return isJsonArray(valueAt(value, 'metallb', 'ipAddressPool'));
}

/** What one document holds for an environment, in whatever form; undefined where it has nothing to do with MetalLB. */
export function importDocument(document: ManifestDocument, readInner: ReadInnerYaml): ImportedPart | undefined {
  const { origin, value } = document;
  if (textAt(value, 'kind') === 'List') {
    const items = listAt(value, 'items').flatMap((item, index) =>
      isJsonObject(item)
        ? [importDocument({ origin: originBelow(origin, 'items', index), value: item }, readInner)]
        : [],
    );
    const found = items.filter((item) => item !== undefined);
    return found.length === 0 ? undefined : joinedParts(...found);
  }
  const values = chartValuesIn(document, readInner);
  if (values.length > 0) {
    return joinedParts(...values.map((each) => importChartValues(each)));
  }
  if (textAt(value, 'kind') === undefined && (isKubespray(value) || isK3sAnsible(value))) {
    return joinedParts(
      isKubespray(value) ? importKubespray(document) : emptyPart,
      isK3sAnsible(value) ? importK3sAnsible(document) : emptyPart,
    );
  }
  return fromManifest(document, readInner);
}

function fromManifest(document: ManifestDocument, readInner: ReadInnerYaml): ImportedPart | undefined {
  const read = readManifest(document, readInner);
  if (read === undefined || read.services.length > 0) {
    return undefined;
  }
  const unreadable = read.findings.filter(({ code }) => code === 'yaml-syntax');
  return {
    ...emptyPart,
    resources: read.resources,
    notes: [
      ...notesOf(read.findings.filter(({ code }) => code !== 'yaml-syntax')),
      ...metadataNotes(document, read.resources),
    ],
    problems: unreadable,
    isLegacy:
      read.findings.some(({ code }) => code === 'legacy-format') && textAt(document.value, 'kind') !== 'AddressPool',
  };
}

/** Labels that an environment can hold are carried over; annotations it has none of. */
function metadataNotes(
  { origin, value }: ManifestDocument,
  resources: readonly FoundResource[],
): readonly ImportNote[] {
  const carried = new Set(resources.flatMap((resource) => Object.keys(carriedLabels(resource))));
  return (['labels', 'annotations'] as const).flatMap((part) => {
    const found = valueAt(value, 'metadata', part);
    const names = isJsonObject(found)
      ? Object.keys(found).filter((name) => !isOfTools(name) && !(part === 'labels' && carried.has(name)))
      : [];
    const subject = `${textAt(value, 'kind') ?? ''} ${textAt(value, 'metadata', 'name') ?? ''}`;
    return names.length === 0
      ? []
      : [
          {
            origin: originBelow(origin, 'metadata', part),
            message: `The ${part} ${names.join(', ')} of ${subject} are not carried over: ${part === 'labels' ? 'an environment has no place for them there, or Kubernetes refuses them' : 'an environment has none'}.`,
            remedy:
              part === 'labels'
                ? 'They stay on an object that is there already; where an advertisement selects pools by them, name the pools in ipAddressPools.'
                : 'They stay on an object that is there already.',
          },
        ];
  });
}
