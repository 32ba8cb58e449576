/** A binary heap: what comes first by `compare` is taken first. */
export class PriorityQueue<Item> {
  private readonly items: Item[] = [];
  private readonly compare: (left: Item, right: Item) => number;

  constructor(compare: (left: Item, right: Item) => number) {
    this.compare = compare;
  }

  first(): Item | undefined {
    return this.items[0];
  }

  add(item: Item): void {
    this.items.push(item);
    this.rise(this.items.length - 1, item);
  }

  take(): Item | undefined {
    const first = this.items[0];
    const last = this.items.pop();
    if (last !== undefined && this.items.length > 0) {
      this.sink(last);
    }
    return first;
  }

  private rise(from: number, item: Item): void {
    let at = from;
    while (at > 0) {
      const above = (at - 1) >>> 1;
      const parent = this.items[above];
      if (parent === undefined || this.compare(parent, item) <= 0) {
        break;
      }
      this.items[at] = parent;
      at = above;
    }
    this.items[at] = item;
  }

  private sink(item: Item): void {
    let at = 0;
    for (;;) {
      const below = this.lowerChild(at);
      const child = this.items[below];
      if (child === undefined || this.compare(item, child) <= 0) {
        break;
      }
      this.items[at] = child;
      at = below;
    }
    this.items[at] = item;
  }

  private lowerChild(at: number): number {
    const left = at * 2 + 1;
    const [one, other] = [this.items[left], this.items[left + 1]];
    return one !== undefined && other !== undefined && this.compare(other, one) < 0 ? left + 1 : left;
  }
}
