import { prune, withoutNulls } from '../../../domain/crd/pruning.ts';
import { metadataViolations } from '../../../domain/crd/metadata-rules.ts';
import { checkRules } from '../../../domain/crd/validation-rules.ts';
import { decodingMistake } from '../../../domain/crd/decoding.ts';
import { metadataTimeMistake } from '../../../domain/crd/time-text.ts';
import { validate } from '../../../domain/crd/validation.ts';
import type { Violation } from '../../../domain/crd/violation.ts';
import { withDefaults, withoutForbiddenNulls } from '../../../domain/crd/defaulting.ts';
import { isJsonObject, jsonEqual, textAt } from '../../../domain/json.ts';
import type { Json, JsonObject } from '../../../domain/json.ts';
import { asJson } from '../../../domain/manifest/kube-object.ts';
import type { KubeObject } from '../../../domain/manifest/kube-object.ts';
import { conversionMistake } from '../../../domain/object-rules/conversion.ts';
import { withKeptTimes } from '../../../domain/object-rules/kept-times.ts';
import { defaultedService } from '../../../domain/object-rules/service/service-defaults.ts';
import { unionOf } from '../../../domain/merge/field-set.ts';
import { mergeApply } from '../../../domain/merge/merge-apply.ts';
import { updateOwnership } from '../../../domain/merge/update-ownership.ts';
import { admit } from './admission.ts';
import { hasOwnRules, kindViolations } from '../admission/kind-violations.ts';
import { allocatedFields } from './allocated-fields.ts';
import { applyConflict, checkReadable } from '../requests/apply-refusals.ts';
import { carryMetadata, newMetadata } from './metadata.ts';
import { nameViolations } from './object-names.ts';
import { tidyMetadata } from './tidy-metadata.ts';
import { checkSameUid, checkUid, checkVersion } from './preconditions.ts';
import { RefusedFields } from './refused-fields.ts';
import type { ServedKind } from '../kinds/served-kind.ts';
import type { Target, WriterSettings } from '../requests/target.ts';
import { collectionOf } from '../kinds/served-kind.ts';
import { asServed, asStored, rememberWritten } from '../kinds/stored-form.ts';
import { countGeneration } from './generation.ts';
import { tellDoubts } from './decoding-doubts.ts';
import type { DoubtOptions } from './decoding-doubts.ts';
import { serviceRanges } from './service-ranges.ts';
import type { ServiceRanges } from './service-ranges.ts';
import { keepMetadata, keepOtherPart, resetFields } from './status-boundary.ts';
import { undecodable } from '../requests/undecodable.ts';
import type { WriteForm } from '../requests/undecodable.ts';
import type { ReviewWrite } from '../requests/write-review.ts';
import { StatusError, alreadyExists, badRequest, conflict, invalid, notFound } from '../answers/status-error.ts';

export interface WriteOptions extends DoubtOptions {
  readonly manager: string;
  readonly dryRun: boolean;
  readonly force: boolean;
  readonly subresource: '' | 'status';
  /** Puts a pod on its node, which nobody else may change of its spec. */
  readonly isBinding?: boolean;
  /** Asked right before storing; nobody is asked where there is none. */
  readonly review?: ReviewWrite;
}

interface Admitted {
  readonly admitted: KubeObject;
  readonly decoded: KubeObject;
}

interface Written {
  readonly live: KubeObject | undefined;
  /** As the client sent it. */
  readonly sent: KubeObject;
  /** With everything that the server adds. */
  readonly updated: KubeObject;
  /** With its defaults and nothing else. */
  readonly decoded: KubeObject;
}

/** Every write of an object: merge, prune, default, admit, validate, record owners, store. What changes nothing writes nothing. */
export class ObjectWriter {
  readonly #settings: WriterSettings;
  readonly #ranges: ServiceRanges;

  constructor(settings: WriterSettings) {
    this.#settings = settings;
    this.#ranges = serviceRanges(settings.store, settings.families);
  }

  create(target: Target, body: KubeObject, options: WriteOptions): KubeObject {
    if ((body.metadata.resourceVersion ?? '') !== '') {
      throw new StatusError(500, '', 'resourceVersion should not be set on objects to be created');
    }
    // What may not be is told first, then what is there already.
    const live = this.#live(target);
    const tried = live !== undefined ? { ...options, dryRun: true } : options;
    const object = this.#settle(target, undefined, readBody(target.kind, body), tried);
    if (live !== undefined) {
      throw alreadyExists(target.kind, target.name, live.metadata.deletionTimestamp !== undefined);
    }
    return object;
  }

  update(target: Target, body: KubeObject, options: WriteOptions): KubeObject {
    const live = this.#live(target);
    if (live === undefined) {
      throw notFound(target.kind, target.name);
    }
    checkUid(target, live, body, formOf(options));
    checkVersion(target, live, body);
    return this.#settle(target, live, readBody(target.kind, body), options);
  }

  /** Server-side apply; creates the object where there is none. */
  apply(
    target: Target,
    body: KubeObject,
    options: WriteOptions,
  ): { readonly object: KubeObject; readonly created: boolean } {
    const { kind } = target;
    const live = this.#live(target);
    const { uid, resourceVersion: _, ...metadata } = body.metadata;
    if (live === undefined && options.subresource !== '') {
      throw notFound(kind, target.name);
    }
    if (live === undefined && uid !== undefined && uid !== '') {
      const why = `uid mismatch: the provided object specified uid ${uid}, and no existing object was found`;
      throw conflict(kind, target.name, why);
    }
    const applied = { ...body, metadata: { ...metadata, namespace: target.namespace } };
    checkReadable(target, body);
    const merged = mergeApply({
      live,
      applied: target.namespace === '' ? { ...body, metadata } : applied,
      manager: options.manager,
      force: options.force,
      schema: kind.mergeSchema,
      time: this.#settings.timestamp(),
      subresource: options.subresource,
      ignored: resetFields(kind, options.subresource),
    });
    if (merged.conflicts !== undefined) {
      throw applyConflict(merged.conflicts);
    }
    if (live !== undefined) {
      checkVersion(target, live, body);
      checkSameUid(target, live, body);
    }
    return { object: this.#settle(target, live, merged.object, options, true), created: live === undefined };
  }

  #live({ kind, namespace, name }: Target): KubeObject | undefined {
    const stored = this.#settings.store.get(collectionOf(kind), namespace, name);
    return stored === undefined ? undefined : asServed(kind, stored);
  }

  #settle(
    target: Target,
    live: KubeObject | undefined,
    body: KubeObject,
    options: WriteOptions,
    isApplied = false,
  ): KubeObject {
    const { kind } = target;
    checkDecodable(target, body, formOf(options));
    const metadata = live === undefined ? newMetadata(target, body, this.#settings) : carryMetadata(target, live, body);
    const { subresource } = options;
    const tidied = tidyMetadata(kind, { ...body, metadata }, live, options.warn);
    const candidate = keepOtherPart(kind, live, { ...body, metadata: tidied }, subresource);
    const { admitted, decoded } = this.#admit(target, live, candidate, options);
    const counted = countGeneration(kind, live, admitted);
    const written = { live, sent: body, updated: counted, decoded };
    const recorded = isApplied ? counted : this.#withOwners(target, written, options);
    const owned = keepMetadata(kind, live, recorded, subresource);
    const { dryRun } = options;
    const reviewed = options.review?.({ target, live, object: owned, subresource, dryRun }) ?? owned;
    if (dryRun || (live !== undefined && jsonEqual(asJson(live), asJson(reviewed)))) {
      return reviewed;
    }
    const stored = this.#settings.store.put(collectionOf(kind), asStored(kind, reviewed));
    rememberWritten(kind, stored);
    return asServed(kind, stored);
  }

  /** Who owns what is decided before anything is allocated: by the object as it was sent, its defaults in place. */
  #withOwners({ kind }: Target, written: Written, { manager, subresource }: WriteOptions): KubeObject {
    const { live, sent, updated, decoded } = written;
    const ignored = unionOf(resetFields(kind, subresource), allocatedFields(kind, sent));
    const time = this.#settings.timestamp();
    const input = { live, updated: decoded, manager, subresource, ignored, time, schema: kind.mergeSchema };
    const { managedFields } = updateOwnership(input).metadata;
    const { managedFields: _, ...metadata } = updated.metadata;
    return { ...updated, metadata: managedFields === undefined ? metadata : { ...metadata, managedFields } };
  }

  #admit(target: Target, live: KubeObject | undefined, candidate: KubeObject, options: WriteOptions): Admitted {
    const { kind, name } = target;
    const { managedFields, ...metadata } = candidate.metadata;
    const pruned = prune({ ...candidate, metadata }, kind.schema);
    tellDoubts(target, candidate, pruned.unknown, options);
    const defaulted = withDefaults(kind.custom ? pruned.value : withoutNulls(pruned.value, kind.schema), kind.schema);
    const before = live === undefined ? undefined : asJson(live);
    const timed = kind.custom ? objectOf(defaulted) : withKeptTimes(objectOf(defaulted), kind.schema);
    const decoded = decode(kind, timed);
    const admitted = this.#filledIn(target, decoded, objectOrNothing(before));
    const written = { object: admitted, before: objectOrNothing(before), subresource: judgedAs(options) };
    const bySchema = schemaViolations(kind, admitted, before);
    const found = [
      ...nameViolations(target, textAt(asJson(candidate), 'metadata', 'generateName') ?? ''),
      ...metadataViolations(objectOf(admitted['metadata']), kind),
      ...(kind.custom ? [] : kindViolations(kind.kind, written)),
      ...bySchema,
    ];
    const violations = [...found, ...(kind.custom ? checkRules(admitted, before, kind.schema, found) : [])];
    if (violations.length > 0) {
      throw refuse(target, violations, bySchema);
    }
    const owners = managedFields === undefined ? {} : { managedFields };
    const whole = (object: JsonObject): KubeObject =>
      ({ ...object, metadata: { ...objectOf(object['metadata']), ...owners, name } }) as unknown as KubeObject;
    return { admitted: whole(admitted), decoded: whole(!kind.custom && kind.kind === 'Service' ? decoded : admitted) };
  }

  #filledIn({ kind, name }: Target, object: JsonObject, before: JsonObject | undefined): JsonObject {
    try {
      return kind.custom ? object : admit(kind.kind, object, before, this.#ranges);
    } catch (error) {
      throw error instanceof RefusedFields ? invalid(kind, name, error.violations) : error;
    }
  }
}

function judgedAs({ isBinding, subresource }: WriteOptions): string {
  return isBinding === true ? 'binding' : subresource;
}

/** Defaults that hang on several fields of an object. */
function decode(kind: ServedKind, object: JsonObject): JsonObject {
  return !kind.custom && kind.kind === 'Service' ? defaultedService(object) : object;
}

/** By their fields. Of a kind with rules of its own only the types are asked. */
function schemaViolations(kind: ServedKind, object: JsonObject, before: Json | undefined): readonly Violation[] {
  const found = validate(object, kind.schema, '', kind.custom ? before : undefined).toSorted((left, right) =>
    left.field < right.field ? -1 : 1,
  );
  const isRuled = !kind.custom && hasOwnRules(kind.kind);
  // Metadata have rules of their own.
  const judged = found.filter(({ field }) => !/^metadata\.(?:ownerReferences|finalizers)/u.test(field));
  return isRuled ? judged.filter(({ reason }) => reason === 'FieldValueTypeInvalid') : judged;
}

/** A body that is no apply's: nulls that the schema does not allow count as not there. */
function readBody(kind: ServedKind, body: KubeObject): KubeObject {
  return kind.custom ? (withoutForbiddenNulls(asJson(body), kind.schema) as KubeObject) : body;
}

function objectOf(value: Json | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}

function objectOrNothing(value: Json | undefined): JsonObject | undefined {
  return isJsonObject(value) ? value : undefined;
}

function formOf({ form }: WriteOptions): WriteForm {
  return form ?? { type: 'whole' };
}

/** What is merged by the server is converted, everything else decoded. */
function checkDecodable(target: Target, body: KubeObject, form: WriteForm): void {
  const { kind } = target;
  const isConverted = form.type === 'merged' || form.type === 'applied';
  const find = isConverted ? conversionMistake : decodingMistake;
  const mistake = kind.custom ? metadataTimeMistake(asJson(body)) : find(asJson(body), kind.schema);
  if (mistake !== undefined) {
    throw undecodable(target, form, body, mistake);
  }
}

/** A built-in kind fails at decoding when a value has the wrong type; a custom one at validation. */
function refuse(target: Target, violations: readonly Violation[], bySchema: readonly Violation[]): StatusError {
  const { kind, name } = target;
  const mistyped = bySchema.find((one) => one.reason === 'FieldValueTypeInvalid');
  if (!kind.custom && mistyped !== undefined) {
    const message = `${kind.kind} in version "${kind.version}" cannot be handled as a ${kind.kind}: ${mistyped.message}`;
    return badRequest(message);
  }
  return invalid(kind, name, violations);
}
