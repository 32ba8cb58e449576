import type { KubeObject } from '../../../src/domain/manifest/kube-object.ts';
import type { WatchSink } from '../../../src/ports/cluster-watch.ts';

/** Keeps what a watch says is there, by name. */
export class FollowedObjects implements WatchSink {
  private readonly versions = new Map<string, string>();
  private readonly onChange: () => void;

  constructor(onChange: () => void) {
    this.onChange = onChange;
  }

  /** `name@version` of each object, sorted. */
  told(): readonly string[] {
    return [...this.versions].map(([name, version]) => `${name}@${version}`).toSorted();
  }

  replaced(objects: readonly KubeObject[]): void {
    this.versions.clear();
    for (const object of objects) {
      this.versions.set(object.metadata.name, object.metadata.resourceVersion ?? '');
    }
    this.onChange();
  }

  put({ metadata }: KubeObject): void {
    this.versions.set(metadata.name, metadata.resourceVersion ?? '');
    this.onChange();
  }

  gone({ metadata }: KubeObject): void {
    this.versions.delete(metadata.name);
    this.onChange();
  }

  heard(): void {
    this.onChange();
  }

  troubled(): void {
    this.onChange();
  }
}
