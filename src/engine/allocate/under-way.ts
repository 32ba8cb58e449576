/** Services whose plan is being carried out: none has two at a time. */
export class UnderWay {
  private readonly busy = new Set<string>();
  /** Of these, the ones to look at again when it has been. */
  private readonly afterwards = new Set<string>();
  private readonly look: (uid: string) => void;

  /** `look` has the loop look at a Service. */
  constructor(look: (uid: string) => void) {
    this.look = look;
  }

  begin(uid: string): void {
    this.busy.add(uid);
  }

  /** True where it has to wait for its turn; it is looked at when that has come. */
  holdsUp(uid: string): boolean {
    const isBusy = this.busy.has(uid);
    if (isBusy) {
      this.afterwards.add(uid);
    }
    return isBusy;
  }

  end(uid: string): void {
    this.busy.delete(uid);
    if (this.afterwards.delete(uid)) {
      this.look(uid);
    }
  }

  clear(): void {
    this.busy.clear();
    this.afterwards.clear();
  }
}
