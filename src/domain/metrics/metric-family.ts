import type { Histogram } from './histogram.ts';

export type MetricLabels = { readonly [name: string]: string };

/** One series of a counter or gauge, as it is now. */
export interface Sample {
  readonly labels: MetricLabels;
  readonly value: number;
}

export interface HistogramSample {
  readonly labels: MetricLabels;
  readonly value: Histogram;
}

/** All series of one name. A family without samples is told by its name and help alone. */
export type MetricFamily = {
  readonly name: string;
  /** One sentence for people. */
  readonly help: string;
} & (
  | { readonly type: 'counter' | 'gauge'; readonly samples: readonly Sample[] }
  | { readonly type: 'histogram'; readonly samples: readonly HistogramSample[] }
);

/** A family of one series without labels. */
export function plainMetric(type: 'counter' | 'gauge', name: string, help: string, value: number): MetricFamily {
  return { type, name, help, samples: [{ labels: {}, value }] };
}
