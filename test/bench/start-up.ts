import { milliseconds, timeInTurn, type BenchRow } from './measure.ts';

const rounds = 15;

/** Whole processes, from start to exit, beside a node that does nothing. */
export async function benchStartUp(): Promise<readonly BenchRow[]> {
  const [bare = 0, version = 0, validate = 0] = await timeInTurn(
    [
      ['node', '-e', '0'],
      ['bin/metalwave', '--version'],
      ['bin/metalwave', 'validate', '--config-repo', '.'],
    ],
    rounds,
  );
  return [
    { what: '--version', time: version },
    { what: 'validate (the example environments)', time: validate },
  ].map(({ what, time }) => ({
    what,
    ours: milliseconds(time),
    alternative: `bare node ${milliseconds(bare)}`,
    ratio: time / bare,
    target: '<= 100 ms',
    reached: time <= 100,
  }));
}
