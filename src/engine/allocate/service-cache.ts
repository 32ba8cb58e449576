import type { KubeObject } from '../../domain/manifest/kube-object.ts';
import { isOlderVersion } from '../../domain/manifest/resource-version.ts';
import { type ServiceRecord, serviceRecord } from '../../domain/publication/service-record.ts';

/** Hears what becomes of Services. */
export interface ServiceListener {
  changed(record: ServiceRecord): void;
  gone(uid: string): void;
}

/** Answers to writes may come after the news that a Service is gone; that many are remembered, so that none comes back. */
const mostRemembered = 8_192;

/**
 * Services as they were last seen, in a watch or in the answer to a write, whichever told of the later state. A Service is
 * its uid: one that is deleted and made anew is another.
 */
export class ServiceCache {
  readonly records: Map<string, ServiceRecord> = new Map();
  private readonly departed = new Set<string>();
  private readonly listener: ServiceListener;
  private version: string | undefined;

  constructor(listener: ServiceListener) {
    this.listener = listener;
  }

  /** The version of the last complete list; undefined before the first. */
  get listVersion(): string | undefined {
    return this.version;
  }

  /** True where it is known for sure that the Service is no more. */
  isGone(uid: string): boolean {
    return this.departed.has(uid);
  }

  /** Takes a state of a Service, unless a later one is known. */
  see(object: KubeObject): void {
    const { uid = '', resourceVersion = '' } = object.metadata;
    const known = this.records.get(uid);
    const isOld =
      known !== undefined && (known.version === resourceVersion || isOlderVersion(resourceVersion, known.version));
    if (isOld || this.departed.has(uid)) {
      return;
    }
    const record = serviceRecord(object);
    this.records.set(uid, record);
    this.listener.changed(record);
  }

  /** A complete list: what it lacks is gone, unless it is known from later than the list. */
  replace(objects: readonly KubeObject[], version: string): void {
    this.version = version;
    const listed = new Set(objects.map(({ metadata }) => metadata.uid ?? ''));
    for (const [uid, record] of this.records) {
      if (!listed.has(uid) && !isOlderVersion(version, record.version)) {
        this.lose(uid);
      }
    }
    for (const object of objects) {
      this.see(object);
    }
  }

  /** It is gone for good. */
  lose(uid: string): void {
    this.departed.add(uid);
    if (this.departed.size > mostRemembered) {
      for (const oldest of this.departed) {
        this.departed.delete(oldest);
        break;
      }
    }
    this.records.delete(uid);
    this.listener.gone(uid);
  }
}
