import { keptTime } from '../../../domain/crd/time-text.ts';
import { violation } from '../../../domain/crd/violation.ts';
import { numberAt } from '../../../domain/json.ts';
import type { Json } from '../../../domain/json.ts';
import { asJson } from '../../../domain/manifest/kube-object.ts';
import type { KubeObject, ObjectMeta } from '../../../domain/manifest/kube-object.ts';
import { finalizersOf } from '../requests/removal.ts';
import type { ServedKind } from '../kinds/served-kind.ts';
import { invalid } from '../answers/status-error.ts';
import type { StatusError } from '../answers/status-error.ts';
import type { Target, WriterSettings } from '../requests/target.ts';

/** Metadata of an object that is created now: what the server decides replaces what the client sent. */
export function newMetadata({ kind, namespace, name }: Target, body: KubeObject, settings: WriterSettings): ObjectMeta {
  const sent = ownMetadata(body);
  const place = namespace === '' ? {} : { namespace };
  const { generation } = body.metadata;
  const counted = kind.hasGeneration || generation === undefined || generation === 0 ? {} : { generation };
  return {
    ...withoutEmpty(sent),
    ...counted,
    ...place,
    name,
    uid: settings.newUid(),
    creationTimestamp: settings.timestamp(),
  };
}

/** Metadata of an object that is written again: identity, age and deletion stay as they are. */
export function carryMetadata({ kind, namespace, name }: Target, live: KubeObject, body: KubeObject): ObjectMeta {
  checkFinalizers(kind, live, body);
  checkDeletionTime(kind, live, body);
  const grace = numberAt(asJson(live), 'metadata', 'deletionGracePeriodSeconds');
  const { uid, creationTimestamp, deletionTimestamp, resourceVersion, generation } = live.metadata;
  const kept = {
    ...(uid === undefined ? {} : { uid }),
    ...(creationTimestamp === undefined ? {} : { creationTimestamp }),
    ...(deletionTimestamp === undefined ? {} : { deletionTimestamp }),
    ...(resourceVersion === undefined ? {} : { resourceVersion }),
    ...(generation === undefined ? {} : { generation }),
    ...(grace === undefined ? {} : { deletionGracePeriodSeconds: grace }),
  };
  const place = namespace === '' ? {} : { namespace };
  return { ...withoutEmpty(ownMetadata(body)), ...place, ...kept, name };
}

/** What a client may say of an object; nobody says any more where it is found. */
function ownMetadata(body: KubeObject): ObjectMeta {
  const { resourceVersion: _, deletionTimestamp: __, generation: ___, ...whole } = body.metadata;
  const {
    deletionGracePeriodSeconds: ____,
    selfLink: _____,
    ...sent
  } = whole as ObjectMeta & { readonly deletionGracePeriodSeconds?: Json; readonly selfLink?: Json };
  return sent;
}

/** Only a deletion says since when an object is being deleted, and how long that may take. */
function checkDeletionTime(kind: ServedKind, live: KubeObject, body: KubeObject): void {
  const { deletionTimestamp: sent } = body.metadata;
  const grace = numberAt(asJson(body), 'metadata', 'deletionGracePeriodSeconds');
  if (live.metadata.deletionTimestamp !== undefined) {
    return;
  }
  if (typeof sent === 'string') {
    throw immutable(kind, live, 'deletionTimestamp', keptTime(sent, 'deletionTimestamp'));
  }
  if (grace !== undefined) {
    throw immutable(kind, live, 'deletionGracePeriodSeconds', grace);
  }
}

/** The refusal of a change of what stays as it is. */
export function immutable(kind: ServedKind, live: KubeObject, field: string, value: Json): StatusError {
  const message = `Invalid value: ${JSON.stringify(value)}: field is immutable`;
  return invalid(kind, live.metadata.name, [violation('FieldValueInvalid', `metadata.${field}`, message)]);
}

/** What is being deleted may be held by nothing new. */
function checkFinalizers(kind: ServedKind, live: KubeObject, body: KubeObject): void {
  const before = finalizersOf(live);
  const added = finalizersOf(body).filter((one) => !before.includes(one));
  if (live.metadata.deletionTimestamp !== undefined && added.length > 0) {
    const list = `[]string{${added.map((one) => JSON.stringify(one)).join(', ')}}`;
    const why = 'no new finalizers can be added if the object is being deleted';
    const message = `Forbidden: ${why}, found new finalizers ${list}`;
    throw invalid(kind, live.metadata.name, [violation('FieldValueForbidden', 'metadata.finalizers', message)]);
  }
}

/** The server keeps no empty mapping of labels or annotations; a merge that emptied one leaves null. */
function withoutEmpty({ labels, annotations, ...rest }: ObjectMeta): ObjectMeta {
  return {
    ...rest,
    ...(isBlank(labels) ? {} : { labels }),
    ...(isBlank(annotations) ? {} : { annotations }),
  };
}

function isBlank(entries: { readonly [key: string]: string } | null | undefined): entries is null | undefined {
  return entries === undefined || entries === null || Object.keys(entries).length === 0;
}
