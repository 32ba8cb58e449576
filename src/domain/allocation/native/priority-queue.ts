/** Additions are sorted together where they are at least this part of what is there already, so that it pays. */
const worthSorting = 1 / 4;
/** Items that were taken go from memory at so many at the latest. */
const mostTaken = 4_096;

/**
 * What comes first by `compare` is taken first. Many that are added at once are sorted once, which is several times cheaper
 * than a heap; those that come one by one go into a heap.
 */
export class PriorityQueue<Item> {
  private readonly compare: (left: Item, right: Item) => number;
  private added: Item[] = [];
  private sorted: Item[] = [];
  private taken = 0;
  private readonly heap: Item[] = [];

  constructor(compare: (left: Item, right: Item) => number) {
    this.compare = compare;
  }

  first(): Item | undefined {
    if (this.added.length > 0) {
      this.arrange();
    }
    const [ordered, other] = [this.sorted[this.taken], this.heap[0]];
    return isFirst(ordered, other, this.compare) ? ordered : other;
  }

  add(item: Item): void {
    this.added.push(item);
  }

  take(): Item | undefined {
    const first = this.first();
    if (first === undefined) {
      return undefined;
    }
    if (first === this.heap[0] && first !== this.sorted[this.taken]) {
      this.takeFromHeap();
      return first;
    }
    this.taken += 1;
    if (this.taken === this.sorted.length || this.taken === mostTaken) {
      this.sorted = this.sorted.slice(this.taken);
      this.taken = 0;
    }
    return first;
  }

  private arrange(): void {
    const { added } = this;
    const left = this.sorted.length - this.taken;
    this.added = [];
    if (added.length >= left * worthSorting) {
      this.sorted = [...this.sorted.slice(this.taken), ...added].toSorted(this.compare);
      this.taken = 0;
      return;
    }
    for (const item of added) {
      this.heap.push(item);
      this.rise(this.heap.length - 1, item);
    }
  }

  private takeFromHeap(): void {
    const last = this.heap.pop();
    if (last !== undefined && this.heap.length > 0) {
      this.sink(last);
    }
  }

  private rise(from: number, item: Item): void {
    const { heap } = this;
    let at = from;
    while (at > 0) {
      const above = (at - 1) >>> 1;
      const parent = heap[above];
      if (parent === undefined || this.compare(parent, item) <= 0) {
        break;
      }
      heap[at] = parent;
      at = above;
    }
    heap[at] = item;
  }

  private sink(item: Item): void {
    const { heap } = this;
    let at = 0;
    for (;;) {
      const below = this.lowerChild(at);
      const child = heap[below];
      if (child === undefined || this.compare(item, child) <= 0) {
        break;
      }
      heap[at] = child;
      at = below;
    }
    heap[at] = item;
  }

  private lowerChild(at: number): number {
    const left = at * 2 + 1;
    const [one, other] = [this.heap[left], this.heap[left + 1]];
    return one !== undefined && other !== undefined && this.compare(other, one) < 0 ? left + 1 : left;
  }
}

function isFirst<Item>(
  one: Item | undefined,
  other: Item | undefined,
  compare: (left: Item, right: Item) => number,
): boolean {
  return other === undefined || (one !== undefined && compare(one, other) <= 0);
}
