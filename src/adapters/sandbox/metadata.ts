import type { KubeObject, ObjectMeta } from '../../domain/manifest/kube-object.ts';
import type { Target, WriterSettings } from './target.ts';

/** Metadata of an object that is created now: what the server decides replaces what the client sent. */
export function newMetadata({ namespace, name }: Target, body: KubeObject, settings: WriterSettings): ObjectMeta {
  const { resourceVersion: _, deletionTimestamp: __, generation: ___, ...sent } = body.metadata;
  const place = namespace === '' ? {} : { namespace };
  return { ...withoutEmpty(sent), ...place, name, uid: settings.newUid(), creationTimestamp: settings.timestamp() };
}

/** Metadata of an object that is written again: identity, age and deletion stay as they are. */
export function carryMetadata({ namespace, name }: Target, live: KubeObject, body: KubeObject): ObjectMeta {
  const { uid, creationTimestamp, deletionTimestamp, resourceVersion, generation } = live.metadata;
  const kept = {
    ...(uid === undefined ? {} : { uid }),
    ...(creationTimestamp === undefined ? {} : { creationTimestamp }),
    ...(deletionTimestamp === undefined ? {} : { deletionTimestamp }),
    ...(resourceVersion === undefined ? {} : { resourceVersion }),
    ...(generation === undefined ? {} : { generation }),
  };
  const place = namespace === '' ? {} : { namespace };
  return { ...withoutEmpty(body.metadata), ...place, ...kept, name };
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
