import type { FaultSettings } from './fault-settings.ts';

/** The faults that are asked for now. */
export class FaultPlan {
  #settings: FaultSettings;
  readonly #listeners = new Set<() => void>();

  constructor(settings: FaultSettings) {
    this.#settings = settings;
  }

  /** Replaces all of them. */
  set(settings: FaultSettings): void {
    this.#settings = settings;
    for (const listener of this.#listeners) {
      listener();
    }
  }

  /** Calls the listener whenever other faults are asked for, until the returned function is called. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  isDown(node: string): boolean {
    return this.#settings.nodesDown.includes(node);
  }

  /** An image named `crash-loop` crashes always; others when asked for by a part of their name. */
  isCrashing(image: string): boolean {
    const isNamedSo = /(?:^|\/)crash-loop(?:[:@]|$)/u.test(image);
    return isNamedSo || this.#settings.crashingImages.some((part) => image.includes(part));
  }
}
