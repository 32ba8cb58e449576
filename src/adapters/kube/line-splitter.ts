const lineFeed = 0x0a;

/** Thrown where a line is longer than is accepted. */
export class LongLineError extends Error {
  override readonly name = 'LongLineError';
}

/** Puts lines together from chunks that are cut anywhere, also inside a character. */
export class LineSplitter {
  private readonly longest: number;
  /** Called for each whole line that isn't empty, without its end. */
  private readonly onLine: (line: string) => void;
  private held: Buffer[] = [];
  private heldBytes = 0;

  constructor(longest: number, onLine: (line: string) => void) {
    this.longest = longest;
    this.onLine = onLine;
  }

  push(chunk: Buffer): void {
    let start = 0;
    for (let end = chunk.indexOf(lineFeed); end !== -1; end = chunk.indexOf(lineFeed, start)) {
      this.hold(chunk.subarray(start, end));
      start = end + 1;
      this.endLine();
    }
    this.hold(chunk.subarray(start));
  }

  private hold(part: Buffer): void {
    if (part.length === 0) {
      return;
    }
    this.heldBytes += part.length;
    if (this.heldBytes > this.longest) {
      throw new LongLineError(`a line of more than ${this.longest} bytes`);
    }
    this.held.push(part);
  }

  private endLine(): void {
    const [only, ...more] = this.held;
    if (only === undefined) {
      return;
    }
    const line = more.length === 0 ? only : Buffer.concat(this.held, this.heldBytes);
    this.held = [];
    this.heldBytes = 0;
    this.onLine(line.toString('utf8'));
  }
}
