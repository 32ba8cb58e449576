import type { MetalLbLine } from '../environment/environment.ts';

/** A release of MetalLB without the leading `v`. */
export type Release = `${number}.${number}.${number}`;

/** The release of each line that the product is tested against; it stands for the line where no exact version is named. */
export const testedRelease: { readonly [line in MetalLbLine]: Release } = {
  '0.14': '0.14.9',
  '0.15': '0.15.2',
  '0.16': '0.16.1',
};

export const metalLbLines: readonly MetalLbLine[] = ['0.14', '0.15', '0.16'];

/** The line a version belongs to (`0.15.2`, `v0.15.2`, `0.15`), or undefined where the product does not know it. */
export function lineOf(version: string): MetalLbLine | undefined {
  const match = /^v?(\d+\.\d+)(?:\.\d+)?(?:-[0-9A-Za-z.-]+)?$/.exec(version);
  return metalLbLines.find((line) => line === match?.[1]);
}

/** The release that a version names: itself without `v`, or for a bare line its tested release. */
export function releaseOf(version: string): Release {
  const match = /^v?(\d+)\.(\d+)\.(\d+)/.exec(version);
  if (match !== null) {
    return `${Number(match[1])}.${Number(match[2])}.${Number(match[3])}`;
  }
  const line = lineOf(version);
  if (line === undefined) {
    throw new Error(`bug: ${version} is no known MetalLB version; decode checks it`);
  }
  return testedRelease[line];
}

/** True where `release` is `since` or later. Without `since` every release is. */
export function isSince(release: Release, since: Release | undefined): boolean {
  if (since === undefined) {
    return true;
  }
  const wanted = since.split('.').map(Number);
  const have = release.split('.').map(Number);
  for (const [index, part] of wanted.entries()) {
    const difference = (have[index] ?? 0) - part;
    if (difference !== 0) {
      return difference > 0;
    }
  }
  return true;
}
