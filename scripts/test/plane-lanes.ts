import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Seconds that each file took alone on two cores; only the balance between lanes hangs on them. */
const recorded: Readonly<Record<string, number>> = {
  'controller-faults.test.ts': 45,
  'controller-oracle.test.ts': 50,
  'controller.test.ts': 30,
  'crds.test.ts': 60,
  'embedded-metallb.test.ts': 18,
  'embedded-clients.test.ts': 20,
  'embedded-kwok.test.ts': 8,
  'in-namespace.test.ts': 6,
  'kill.test.ts': 75,
  'kube-api-dual-stack.test.ts': 8,
  'kube-api.test.ts': 60,
  'kube-cluster.test.ts': 40,
  'kubectl.test.ts': 40,
  'metallb.test.ts': 60,
  'plane-build.test.ts': 1,
  'plane.test.ts': 43,
  'rbac-webhook.test.ts': 82,
  'rbac.test.ts': 76,
  'render.test.ts': 30,
  'road-faults.test.ts': 32,
  'road-storm.test.ts': 73,
  'road.test.ts': 34,
};
const unrecorded = 30;

export function planeFiles(): readonly string[] {
  return readdirSync('test/e2e', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => join('test/e2e', name));
}

const secondsOf = (file: string): number => recorded[file.replace('test/e2e/', '')] ?? unrecorded;

/** Spreads files over lanes that run at the same time: the longest first, each into the lane that is free the earliest. */
export function lanesOf(files: readonly string[], count: number): readonly (readonly string[])[] {
  const lanes = Array.from({ length: count }, (): { seconds: number; readonly files: string[] } => ({
    seconds: 0,
    files: [],
  }));
  for (const file of files.toSorted((left, right) => secondsOf(right) - secondsOf(left) || (left < right ? -1 : 1))) {
    const free = lanes.reduce((best, lane) => (lane.seconds < best.seconds ? lane : best));
    free.seconds += secondsOf(file);
    free.files.push(file);
  }
  return lanes.map((lane) => lane.files);
}
