import type { KubeObject } from '../../../domain/manifest/kube-object.ts';
import { StatusError, conflict } from '../answers/status-error.ts';
import { storageOf } from '../kinds/served-kind.ts';
import type { Target } from '../requests/target.ts';
import type { WriteForm } from '../requests/undecodable.ts';
import { immutable } from './metadata.ts';

/** A whole object is bound to the uid that it names; a patch would change it, which nobody can. */
export function checkUid(target: Target, live: KubeObject, body: KubeObject, form: WriteForm): void {
  const { uid = '' } = body.metadata;
  if (uid === '' || uid === live.metadata.uid) {
    return;
  }
  if (form.type !== 'whole') {
    throw immutable(target.kind, live, 'uid', uid);
  }
  const facts = `UID in precondition: ${uid}, UID in object meta: ${live.metadata.uid ?? ''}`;
  throw conflict(target.kind, target.name, storageError(target, facts));
}

/** A broken precondition is told as its storage tells it. */
function storageError({ kind, namespace, name }: Target, facts: string): string {
  const key = ['/registry', storageOf(kind), ...(namespace === '' ? [] : [namespace]), name].join('/');
  const code = `StorageError: invalid object, Code: 4, Key: ${key}, ResourceVersion: 0`;
  return `${code}, AdditionalErrorMsg: Precondition failed: ${facts}`;
}

export function checkVersion({ kind, name }: Target, live: KubeObject, body: KubeObject): void {
  const { resourceVersion = '' } = body.metadata;
  if (!/^\d*$/u.test(resourceVersion)) {
    throw new StatusError(500, '', `strconv.ParseUint: parsing ${JSON.stringify(resourceVersion)}: invalid syntax`);
  }
  if (!['', '0'].includes(resourceVersion) && resourceVersion !== live.metadata.resourceVersion) {
    const why = 'the object has been modified; please apply your changes to the latest version and try again';
    throw conflict(kind, name, why);
  }
}

export function checkSameUid({ kind }: Target, live: KubeObject, body: KubeObject): void {
  const { uid = '' } = body.metadata;
  if (uid !== '' && uid !== live.metadata.uid) {
    throw immutable(kind, live, 'uid', uid);
  }
}
