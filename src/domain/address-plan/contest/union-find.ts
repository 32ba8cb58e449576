/** Which names belong together, by chains of pairs that were joined. */
export class UnionFind {
  private readonly parents = new Map<string, string>();

  /** The name that stands for all that belong together with this one. */
  root(name: string): string {
    let here = name;
    for (let parent = this.parents.get(here); parent !== undefined; parent = this.parents.get(here)) {
      const above = this.parents.get(parent);
      if (above !== undefined) {
        this.parents.set(here, above);
      }
      here = parent;
    }
    return here;
  }

  join(left: string, right: string): void {
    const [from, to] = [this.root(left), this.root(right)];
    if (from !== to) {
      this.parents.set(from, to);
    }
  }

  joinAll(names: readonly string[]): void {
    const [first, ...others] = names;
    for (const other of others) {
      this.join(other, first ?? other);
    }
  }
}
