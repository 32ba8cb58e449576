import type { Failure } from '../../../src/domain/failure.ts';
import type { KubeObject } from '../../../src/domain/manifest/kube-object.ts';
import type { WatchSink } from '../../../src/ports/cluster-watch.ts';

/** Remembers what it hears, in words: `replaced a,b`, `put a@7`, `gone a`, `heard`, `troubled cluster-busy`. */
export class RecordingSink implements WatchSink {
  readonly heardOf: string[] = [];
  readonly troubles: Failure[] = [];
  readonly pauses: number[] = [];
  private waiting: (() => void)[] = [];

  replaced(objects: readonly KubeObject[]): void {
    this.note(
      `replaced ${objects
        .map((object) => object.metadata.name)
        .toSorted()
        .join(',')}`,
    );
  }

  put({ metadata }: KubeObject): void {
    this.note(`put ${metadata.name}@${metadata.resourceVersion ?? ''}`);
  }

  gone({ metadata }: KubeObject): void {
    this.note(`gone ${metadata.name}`);
  }

  heard(): void {
    this.note('heard');
  }

  troubled(failure: Failure, retryInMs: number): void {
    this.troubles.push(failure);
    this.pauses.push(retryInMs);
    this.note(`troubled ${failure.code}`);
  }

  /** Without the `heard` calls. */
  get told(): readonly string[] {
    return this.heardOf.filter((entry) => entry !== 'heard');
  }

  /** Resolves once what was heard fulfils the condition; the test's own timeout is the limit. */
  async until(fulfilled: (sink: this) => boolean): Promise<void> {
    while (!fulfilled(this)) {
      await new Promise<void>((resolve) => {
        this.waiting.push(resolve);
      });
    }
  }

  private note(entry: string): void {
    this.heardOf.push(entry);
    const { waiting } = this;
    this.waiting = [];
    for (const wake of waiting) {
      wake();
    }
  }
}
