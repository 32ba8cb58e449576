import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { milliseconds, timeInTurn, type BenchRow } from './measure.ts';

function writeConfig(folder: string, lists: string): readonly string[] {
  mkdirSync(join(folder, 'environments', 'x'), { recursive: true });
  writeFileSync(join(folder, 'environments', 'x', 'config-x.yaml'), `metallb:\n${lists}`);
  return ['bin/metalwave', 'validate', '--config-repo', folder];
}

function poolsText(count: number, ranges: number): string {
  const pools = Array.from({ length: count }, (_, index) => {
    const block = `10.${index >> 8}.${index & 255}`;
    const entries = Array.from(
      { length: ranges },
      (_each, at) => `        - ${block}.${at * 20}-${block}.${at * 20 + 9}\n`,
    );
    return `    - name: pool-${index}\n      addresses:\n${entries.join('')}`;
  });
  return `  ipAddressPool:\n${pools.join('')}`;
}

function advertisementsText(count: number): string {
  const each = Array.from({ length: count }, (_, at) => `    - name: a-${at}\n      ipAddressPools: [pool-${at}]\n`);
  return `  l2Advertisement:\n${each.join('')}`;
}

/** Validation of large files as whole processes; twice the pools must take at most a little over twice the time. */
export async function benchLargeConfigs(): Promise<readonly BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'metalwave-bench-'));
  try {
    const commands = [
      writeConfig(join(folder, 'thousand'), poolsText(1_000, 1) + advertisementsText(1_000)),
      writeConfig(join(folder, 'half'), poolsText(5_000, 10)),
      writeConfig(join(folder, 'whole'), poolsText(10_000, 10)),
    ];
    const [thousand = 0, half = 0, whole = 0] = await timeInTurn(commands, 5);
    return [
      {
        what: 'validate 1,000 pools and 1,000 advertisements (whole process)',
        ours: milliseconds(thousand),
        alternative: '',
        ratio: undefined,
        target: '<= 300 ms',
        reached: thousand <= 300,
      },
      {
        what: 'validate 10,000 pools of 10 ranges (whole process)',
        ours: milliseconds(whole),
        alternative: `5,000 pools ${milliseconds(half)}`,
        ratio: whole / half,
        target: '<= 3 s, <= 2.2x of half as many',
        reached: whole <= 3_000 && whole / half <= 2.2,
      },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
