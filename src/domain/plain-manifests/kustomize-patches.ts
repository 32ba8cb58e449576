import type { Json } from '../json.ts';
import { listAt, textAt } from '../json.ts';

/** `a/b/../c` as `a/c`, with `/` between. */
function resolved(folder: string, relative: string): string {
  const steps: string[] = [];
  for (const step of `${folder}/${relative}`.split('/')) {
    if (step === '..' && steps.length > 0 && steps.at(-1) !== '..') {
      steps.pop();
    } else if (step !== '' && step !== '.') {
      steps.push(step);
    }
  }
  return steps.join('/');
}

const isKustomization = /(?:^|\/)kustomization(?:\.ya?ml)?$/iu;

/** The files that a kustomization takes for patches: parts of resources, which are none by themselves. */
export function patchesOf(file: string, value: Json): readonly string[] {
  if (!isKustomization.test(file)) {
    return [];
  }
  const folder = file.includes('/') ? file.slice(0, file.lastIndexOf('/')) : '';
  const lead = file.startsWith('/') ? '/' : '';
  const named = ['patches', 'patchesJson6902'].flatMap((key) => listAt(value, key)).map((each) => textAt(each, 'path'));
  const older = listAt(value, 'patchesStrategicMerge').map((each) => (typeof each === 'string' ? each : undefined));
  return [...named, ...older].flatMap((path) => (path === undefined ? [] : [lead + resolved(folder, path)]));
}
