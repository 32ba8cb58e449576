/** How many writes of one leader are under way at a time. */
const width = 16;

/**
 * Carries jobs out, so many at a time and first come first served, each on its own: what becomes of one holds up none of
 * the others.
 */
export class Publisher<Job> {
  private readonly work: (job: Job) => Promise<void>;
  private readonly onRoom: () => void;
  private queue: Job[] = [];
  private next = 0;
  private running = 0;
  private idle: (() => void) | undefined;

  /** `onRoom` hears of every job that has ended. `work` never rejects but for a bug. */
  constructor(work: (job: Job) => Promise<void>, onRoom: () => void) {
    this.work = work;
    this.onRoom = onRoom;
  }

  /** Jobs that wait for their turn. */
  get waiting(): number {
    return this.queue.length - this.next;
  }

  push(job: Job): void {
    this.queue.push(job);
    this.pump();
  }

  /** Gives back what has not begun, and waits for what has. */
  async stop(): Promise<readonly Job[]> {
    const left = this.queue.slice(this.next);
    this.queue = [];
    this.next = 0;
    if (this.running > 0) {
      await new Promise<void>((resolve) => {
        this.idle = resolve;
      });
    }
    return left;
  }

  private pump(): void {
    while (this.running < width && this.next < this.queue.length) {
      const job = this.queue[this.next] as Job;
      this.next += 1;
      if (this.next > 1_000) {
        this.queue = this.queue.slice(this.next);
        this.next = 0;
      }
      this.running += 1;
      void this.carryOut(job);
    }
  }

  private async carryOut(job: Job): Promise<void> {
    try {
      await this.work(job);
    } finally {
      this.running -= 1;
      this.pump();
      this.onRoom();
      if (this.running === 0) {
        this.idle?.();
        this.idle = undefined;
      }
    }
  }
}
