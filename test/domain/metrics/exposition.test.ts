import { spawnSync } from 'node:child_process';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expositionText, expositionType } from '../../../src/domain/metrics/exposition.ts';
import { durationBounds, emptyHistogram, observe } from '../../../src/domain/metrics/histogram.ts';
import { type MetricFamily, plainMetric } from '../../../src/domain/metrics/metric-family.ts';

const hasPromtool = spawnSync('promtool', ['--version']).status === 0;

function gauge(samples: readonly { readonly labels: { readonly [name: string]: string }; readonly value: number }[]) {
  return { type: 'gauge', name: 'pool_free', help: 'Free addresses.', samples } as const;
}

/** Reads the labels of one line back, by the rules of the format and nothing of ours. */
function labelsOf(line: string): Readonly<Record<string, string>> {
  const labels: Record<string, string> = {};
  for (const [, name = '', value = ''] of line.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/gu)) {
    labels[name] = value.replaceAll(/\\(.)/gu, (_, escaped: string) => (escaped === 'n' ? '\n' : escaped));
  }
  return labels;
}

/** The series of a histogram that has seen these values. */
function histogramLines(values: readonly number[], bounds: readonly number[]): readonly string[] {
  const value = values.reduce((histogram, one) => observe(histogram, one), emptyHistogram(bounds));
  const samples = [{ labels: { verb: 'get' }, value }];
  return expositionText([{ type: 'histogram', name: 'took_seconds', help: 'x', samples }])
    .split('\n')
    .slice(2, -1);
}

describe('the exposition text', () => {
  it('has help, type and a line a series', () => {
    const families: readonly MetricFamily[] = [
      plainMetric('counter', 'writes_total', 'Writes made.', 3),
      gauge([
        { labels: { pool: 'a', family: 'ipv4' }, value: 0.5 },
        { labels: { pool: 'b' }, value: -1 },
      ]),
    ];
    expect(expositionText(families).split('\n')).toEqual([
      '# HELP writes_total Writes made.',
      '# TYPE writes_total counter',
      'writes_total 3',
      '# HELP pool_free Free addresses.',
      '# TYPE pool_free gauge',
      'pool_free{pool="a",family="ipv4"} 0.5',
      'pool_free{pool="b"} -1',
      '',
    ]);
    expect(expositionType).toContain('version=0.0.4');
  });

  it('tells a family without series by name alone, and of nothing says nothing', () => {
    expect(expositionText([gauge([])])).toBe('# HELP pool_free Free addresses.\n# TYPE pool_free gauge\n');
    expect(expositionText([])).toBe('');
  });

  it('writes every number so that Go reads it', () => {
    const values = [0, 1e21, 1.5e-9, NaN, Infinity, -Infinity, Number.MAX_SAFE_INTEGER];
    const lines = values.map((value, index) => ({ labels: { n: String(index) }, value }));
    const written = expositionText([gauge(lines)])
      .split('\n')
      .slice(2, -1)
      .map((line) => line.split(' ')[1]);
    expect(written).toEqual(['0', '1e+21', '1.5e-9', 'NaN', '+Inf', '-Inf', '9007199254740991']);
  });

  it('lets no value of a label or help text break out of its place', () => {
    const text = fc.string({ unit: fc.constantFrom('\\', '"', '\n', 'n', '}', ' ', 'a', 'ü', '=', ',') });
    fc.assert(
      fc.property(text, text, text, (first, second, help) => {
        const family = { ...gauge([{ labels: { a: first, b: second }, value: 1 }]), help };
        const [helpLine = '', , line = '', ...rest] = expositionText([family]).split('\n');
        expect(labelsOf(line)).toEqual({ a: first, b: second });
        expect(line.endsWith('"} 1')).toBe(true);
        const told = helpLine.slice('# HELP pool_free '.length);
        expect(told.replaceAll(/\\(.)/gu, (_, escaped: string) => (escaped === 'n' ? '\n' : escaped))).toBe(help);
        expect(rest).toEqual(['']);
      }),
    );
  });

  it.each<readonly [string, readonly MetricFamily[]]>([
    ['a malformed name', [plainMetric('gauge', 'a-b', 'x', 1)]],
    ['an empty name', [plainMetric('gauge', '', 'x', 1)]],
    ['a name twice', [plainMetric('gauge', 'a', 'x', 1), plainMetric('counter', 'a', 'x', 1)]],
    [
      'the name of a histogram’s part',
      [{ type: 'histogram', name: 'a', help: 'x', samples: [] }, plainMetric('counter', 'a_count', 'x', 1)],
    ],
    ['a malformed label', [gauge([{ labels: { 'a.b': '' }, value: 1 }])]],
    ['a label that is Prometheus’ own', [gauge([{ labels: { __name__: '' }, value: 1 }])]],
    [
      'a bound as label of a histogram',
      [{ type: 'histogram', name: 'a', help: 'x', samples: [{ labels: { le: '1' }, value: emptyHistogram([1]) }] }],
    ],
    [
      'a series twice, in whatever order its labels stand',
      [
        gauge([
          { labels: { a: '1', b: '2' }, value: 1 },
          { labels: { b: '2', a: '1' }, value: 1 },
        ]),
      ],
    ],
    ['a counter below zero', [plainMetric('counter', 'a_total', 'x', -1)]],
    ['a counter that is no number', [plainMetric('counter', 'a_total', 'x', NaN)]],
  ])('refuses %s', (_, families) => {
    expect(() => expositionText(families)).toThrow(Error);
  });
});

describe('a histogram', () => {
  it('counts in each bucket all that is at or below its bound', () => {
    expect(histogramLines([0.1, 0.5, 0.5, 2, 100], [0.5, 2, 10])).toEqual([
      'took_seconds_bucket{verb="get",le="0.5"} 3',
      'took_seconds_bucket{verb="get",le="2"} 4',
      'took_seconds_bucket{verb="get",le="10"} 4',
      'took_seconds_bucket{verb="get",le="+Inf"} 5',
      'took_seconds_sum{verb="get"} 103.1',
      'took_seconds_count{verb="get"} 5',
    ]);
  });

  it('counts as many in a bucket as there are values at or below its bound', () => {
    const bounds = [1, 5, 20];
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -2, max: 30 })), (values) => {
        const counts = histogramLines(values, bounds).map((line) => Number(line.split(' ')[1]));
        const below = [...bounds, Infinity].map((bound) => values.filter((value) => value <= bound).length);
        expect(counts.slice(0, 4)).toEqual(below);
        expect(counts.slice(4)).toEqual([values.reduce((sum, value) => sum + value, 0), values.length]);
      }),
    );
  });

  it('does not change when one more value makes another', () => {
    const empty = emptyHistogram(durationBounds);
    observe(empty, 1);
    expect(empty).toEqual(emptyHistogram(durationBounds));
  });

  it.each([[[2, 1]], [[1, 1]], [[1, Infinity]], [[NaN]]])('has ascending finite bounds, not %j', (bounds) => {
    expect(() => emptyHistogram(bounds)).toThrow('ascend');
  });

  it('takes no value that is no number', () => {
    expect(() => observe(emptyHistogram([1]), NaN)).toThrow('numbers');
  });
});

describe.skipIf(!hasPromtool)('what promtool says', () => {
  it('is nothing', () => {
    const value = observe(emptyHistogram(durationBounds), 0.2);
    const text = expositionText([
      plainMetric('counter', 'test_writes_total', 'Says "a" and \\ and\na second line.', 3),
      { type: 'gauge', name: 'test_free', help: 'Free.', samples: [{ labels: { pool: 'ü"\\\n}' }, value: Infinity }] },
      {
        type: 'histogram',
        name: 'test_took_seconds',
        help: 'Took.',
        samples: [
          { labels: { verb: 'get' }, value },
          { labels: { verb: 'put' }, value },
        ],
      },
    ]);
    const checked = spawnSync('promtool', ['check', 'metrics'], { input: text, encoding: 'utf8' });
    expect([checked.status, checked.stdout, checked.stderr]).toEqual([0, '', '']);
  });
});
