import type { Histogram } from './histogram.ts';
import type { MetricFamily, MetricLabels } from './metric-family.ts';

/** The media type of what `expositionText` gives. */
export const expositionType = 'text/plain; version=0.0.4; charset=utf-8';

const metricName = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/u;
/** Names that begin with two underscores are Prometheus' own. */
const labelName = /^(?!__)[a-zA-Z_][a-zA-Z0-9_]*$/u;

/**
 * The text of all families in Prometheus' exposition format 0.0.4, in the order given. Throws a plain Error for what no
 * scraper would take: a name that is none or stands twice, a series that stands twice, a counter below zero.
 * https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format
 */
export function expositionText(families: readonly MetricFamily[]): string {
  const lines: string[] = [];
  const names = new Set<string>();
  for (const family of families) {
    claimNames(family, names);
    lines.push(`# HELP ${family.name} ${escapedHelp(family.help)}`, `# TYPE ${family.name} ${family.type}`);
    checkSeries(family);
    addSeries(family, lines);
  }
  return lines.map((line) => `${line}\n`).join('');
}

/** A histogram takes three more names, which no other family may have. */
function claimNames({ name, type }: MetricFamily, taken: Set<string>): void {
  const own = type === 'histogram' ? ['', '_bucket', '_sum', '_count'].map((ending) => name + ending) : [name];
  for (const one of own) {
    if (!metricName.test(one) || taken.has(one)) {
      throw new Error(`the name of a metric is malformed or stands twice: ${one}`);
    }
    taken.add(one);
  }
}

function checkSeries({ name, type, samples }: MetricFamily): void {
  const seen = new Set<string>();
  for (const { labels } of samples) {
    const names = Object.keys(labels).toSorted();
    if (names.some((label) => !labelName.test(label) || (label === 'le' && type === 'histogram'))) {
      throw new Error(`a series of ${name} has a label that may not be: ${names.join(', ')}`);
    }
    const series = JSON.stringify(names.map((label) => [label, labels[label]]));
    if (seen.has(series)) {
      throw new Error(`a series of ${name} stands twice: ${series}`);
    }
    seen.add(series);
  }
}

function addSeries(family: MetricFamily, lines: string[]): void {
  switch (family.type) {
    case 'histogram':
      for (const { labels, value } of family.samples) {
        addHistogram(family.name, labels, value, lines);
      }
      break;
    case 'counter':
    case 'gauge':
      for (const { labels, value } of family.samples) {
        if (family.type === 'counter' && !(value >= 0)) {
          throw new Error(`the counter ${family.name} is ${value}`);
        }
        lines.push(`${family.name}${labelText(labels)} ${numberText(value)}`);
      }
      break;
  }
}

/** Buckets count what is at or below their bound, those below them included. */
function addHistogram(name: string, labels: MetricLabels, histogram: Histogram, lines: string[]): void {
  let count = 0;
  for (const [index, bound] of [...histogram.bounds, Infinity].entries()) {
    count += histogram.counts[index] ?? 0;
    lines.push(`${name}_bucket${labelText({ ...labels, le: numberText(bound) })} ${count}`);
  }
  lines.push(`${name}_sum${labelText(labels)} ${numberText(histogram.sum)}`);
  lines.push(`${name}_count${labelText(labels)} ${count}`);
}

function labelText(labels: MetricLabels): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escapedValue(value)}"`);
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}

function numberText(value: number): string {
  if (Number.isFinite(value) || Number.isNaN(value)) {
    return String(value);
  }
  return value > 0 ? '+Inf' : '-Inf';
}

/** A help text ends with its line; quotes stand for themselves in it. */
function escapedHelp(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n');
}

function escapedValue(text: string): string {
  return escapedHelp(text).replaceAll('"', '\\"');
}
