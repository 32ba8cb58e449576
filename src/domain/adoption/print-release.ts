import { describeObject } from '../manifest/object-id.ts';
import { plainPalette, type Palette } from '../palette.ts';
import { visible } from '../plan/format-field.ts';
import type { ReleasePlan, ReleaseVerdict } from './release.ts';

const words: { readonly [verdict in ReleaseVerdict]: string } = {
  release: '- release',
  untouched: '  forget (nothing of Metalwave is on it)',
  gone: '  forget (it is not in the cluster)',
  replaced: '  forget (another object bears its name, and stays as it is)',
};

/** The plan for a terminal. */
export function printRelease({ environment, objects }: ReleasePlan, paint: Palette = plainPalette): string {
  const lines = objects.map(({ verdict, id }) => {
    const line = `${words[verdict]} ${visible(describeObject(id))}`;
    return verdict === 'release' ? paint('yellow', line) : line;
  });
  const count = objects.filter(({ verdict }) => verdict === 'release').length;
  return `${[
    `Release plan for environment ${visible(environment)}`,
    '',
    ...lines,
    ...(lines.length === 0 ? [] : ['']),
    'Field ownership, labels and inventory entries of Metalwave go; every other value stays, and nothing is deleted.',
    `Release: ${count} to let go, ${objects.length - count} to forget.`,
  ].join('\n')}\n`;
}
