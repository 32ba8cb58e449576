import { isJsonObject, listAt, textAt, valueAt } from '../json.ts';
import type { Json, JsonObject } from '../json.ts';
import { labelValue, qualifiedName } from './name-rules.ts';
import type { Violation } from './violation.ts';
import { violation } from './violation.ts';

const annotationBytes = 256 * 1024;
const standardFinalizers: ReadonlySet<string> = new Set(['orphan', 'foregroundDeletion', 'kubernetes']);

const openKinds: ReadonlySet<string> = new Set(['CustomResourceDefinition', 'Namespace']);

/** What every object's metadata has to hold to, its name apart: labels, annotations, finalizers, owners. */
export function metadataViolations(
  metadata: JsonObject,
  kind: { readonly kind: string; readonly custom: boolean },
): readonly Violation[] {
  const { generation } = metadata;
  const isNegative = typeof generation === 'number' && generation < 0;
  return [
    ...(isNegative ? [invalid('metadata.generation', generation, 'must be greater than or equal to 0')] : []),
    ...labelPairViolations('metadata.labels', metadata['labels']),
    ...annotationViolations(metadata['annotations']),
    ...ownerViolations(listAt(metadata, 'ownerReferences')),
    ...finalizerViolations(listAt(metadata, 'finalizers'), kind),
  ];
}

function invalid(field: string, value: Json, rule: string): Violation {
  return violation('FieldValueInvalid', field, `Invalid value: ${JSON.stringify(value)}: ${rule}`);
}

/** Labels of an object, or those that a selector asks for. */
export function labelPairViolations(field: string, labels: Json | undefined): readonly Violation[] {
  return Object.entries(isJsonObject(labels) ? labels : {}).flatMap(([key, value]) => [
    ...qualifiedName(key).map((rule) => invalid(field, key, rule)),
    ...(typeof value === 'string' ? labelValue(value) : []).map((rule) => invalid(field, value, rule)),
  ]);
}

function annotationViolations(annotations: Json | undefined): readonly Violation[] {
  const entries = Object.entries(isJsonObject(annotations) ? annotations : {});
  const size = entries.reduce(
    (sum, [key, value]) => sum + key.length + (typeof value === 'string' ? value.length : 0),
    0,
  );
  return [
    ...entries.flatMap(([key]) =>
      qualifiedName(key.toLowerCase()).map((rule) => invalid('metadata.annotations', key, rule)),
    ),
    ...(size > annotationBytes
      ? [
          violation(
            'FieldValueTooLong',
            'metadata.annotations',
            `Too long: may not be more than ${annotationBytes} bytes`,
          ),
        ]
      : []),
  ];
}

function ownerViolations(owners: readonly Json[]): readonly Violation[] {
  const field = 'metadata.ownerReferences';
  const empty = owners.flatMap((owner) =>
    ['apiVersion', 'kind', 'name', 'uid']
      .filter((name) => isEmpty(name, textAt(owner, name) ?? ''))
      .map((name) => {
        const rule = name === 'apiVersion' ? 'version must not be empty' : 'must not be empty';
        return invalid(`${field}.${name}`, textAt(owner, name) ?? '', rule);
      }),
  );
  const events = owners
    .filter((owner) => textAt(owner, 'apiVersion') === 'v1' && textAt(owner, 'kind') === 'Event')
    .map((owner) => invalid(field, owner, '/v1, Kind=Event is disallowed from being an owner'));
  const [first, second] = owners.filter((owner) => valueAt(owner, 'controller') === true);
  if (first === undefined || second === undefined) {
    return [...empty, ...events];
  }
  const named = [first, second].map((owner) => `${textAt(owner, 'kind') ?? ''}/${textAt(owner, 'name') ?? ''}`);
  const rule = `Only one reference can have Controller set to true. Found "true" in references for ${named.join(' and ')}`;
  return [...empty, ...events, invalid(field, owners, rule)];
}

/** A version of too many parts is none. */
function isEmpty(name: string, value: string): boolean {
  return value === '' || (name === 'apiVersion' && value.split('/').length > 2);
}

/** A finalizer that is not one of the server's own needs a domain. Namespaces and definitions have more. */
function finalizerViolations(
  finalizers: readonly Json[],
  { kind, custom }: { readonly kind: string; readonly custom: boolean },
): readonly Violation[] {
  const isBoth = finalizers.includes('orphan') && finalizers.includes('foregroundDeletion');
  const rule = 'finalizer orphan and foregroundDeletion cannot be both set';
  const found = finalizers.flatMap((finalizer, index): readonly Violation[] => {
    const name = typeof finalizer === 'string' ? finalizer : '';
    const malformed = qualifiedName(name).map((rule) => invalid('metadata.finalizers', name, rule));
    if (custom || name.includes('/') || standardFinalizers.has(name) || openKinds.has(kind)) {
      return malformed;
    }
    const neither = 'name is neither a standard finalizer name nor is it fully qualified';
    return [...malformed, invalid(`metadata.finalizers[${index}]`, name, neither)];
  });
  return [...found, ...(isBoth ? [invalid('metadata.finalizers', finalizers, rule)] : [])];
}
