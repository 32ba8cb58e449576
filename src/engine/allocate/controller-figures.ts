import { durationBounds, emptyHistogram, type Histogram, observe } from '../../domain/metrics/histogram.ts';

/** What the controller counts. Counters only ever grow. */
export class ControllerFigures {
  decisions = 0;
  updateErrors = 0;
  claimsWritten = 0;
  claimsRefused = 0;
  published = 0;
  publishConflicts = 0;
  eventsDropped = 0;
  /** Seconds from the decision on an address to its publication. */
  latency: Histogram = emptyHistogram(durationBounds);

  claims(written: number, refused: number): void {
    this.claimsWritten += written;
    this.claimsRefused += refused;
  }

  tookSeconds(seconds: number): void {
    this.latency = observe(this.latency, seconds);
  }
}
