import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findKubectl } from '../contracts/yaml/kubectl.ts';
import { milliseconds, timeInTurn, type BenchRow } from './measure.ts';
import { timeWarmReads } from './warm-documents.ts';

const documents = 1_000;

function poolName(index: number): string {
  return `pool-${String(index).padStart(4, '0')}`;
}

function poolRange(index: number): string {
  const high = Math.floor(index / 32);
  const low = (index % 32) * 8;
  return `10.20.${high}.${low}-10.20.${high}.${low + 7}`;
}

/** An environment of 1,000 pools; one advertisement covers them all. */
export function writeEnvironment(folder: string, name: string, count: number = documents): void {
  const pools = Array.from(
    { length: count },
    (_, index) => `    - name: ${poolName(index)}\n      addresses:\n        - ${poolRange(index)}\n`,
  );
  const file = join(folder, 'environments', name, `config-${name}.yaml`);
  mkdirSync(join(folder, 'environments', name), { recursive: true });
  writeFileSync(
    file,
    `metallb:\n  install: true\n  l2Advertisement:\n    - name: all\n  ipAddressPool:\n${pools.join('')}`,
  );
}

/** The same 1,000 pools as a Kustomize base. */
function writeKustomization(folder: string): void {
  const pools = Array.from({ length: documents }, (_, index) =>
    [
      'apiVersion: metallb.io/v1beta1',
      'kind: IPAddressPool',
      `metadata:\n  name: ${poolName(index)}\n  namespace: metallb-system`,
      `spec:\n  addresses:\n    - ${poolRange(index)}\n`,
    ].join('\n'),
  );
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'pools.yaml'), pools.join('---\n'));
  writeFileSync(join(folder, 'kustomization.yaml'), 'resources:\n  - pools.yaml\n');
}

/** Parse, validate, render and diff against a snapshot, as whole processes, beside `kubectl kustomize` of the same pools. */
export async function benchDocuments(): Promise<readonly BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'metalwave-bench-'));
  try {
    writeEnvironment(folder, 'bench');
    writeKustomization(join(folder, 'kustomize'));
    const snapshot = join(folder, 'cluster.json');
    const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'default' } };
    const cluster = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [namespace] });
    writeFileSync(snapshot, cluster);
    const kubectl = findKubectl() ?? 'kubectl';
    const ours = ['bin/metalwave', 'plan', '--env', 'bench', '--config-repo', folder, '--live', snapshot, '-o', 'json'];
    const [time = 0, kustomize = 0] = await timeInTurn([ours, [kubectl, 'kustomize', join(folder, 'kustomize')]], 7);
    const warm = await timeWarmReads(folder, 'bench', cluster);
    return [
      {
        what: '1,000 documents: parse, validate, render, diff (whole process)',
        ours: milliseconds(time),
        alternative: `kubectl kustomize ${milliseconds(kustomize)}`,
        ratio: kustomize / time,
        target: '>= 3x faster, <= 300 ms',
        reached: kustomize / time >= 3 && time <= 300,
      },
      {
        what: '1,000 documents again in one process, content known by its blob id',
        ours: milliseconds(warm),
        alternative: `kubectl kustomize ${milliseconds(kustomize)}`,
        ratio: kustomize / warm,
        target: '<= 50 ms',
        reached: warm <= 50,
      },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
