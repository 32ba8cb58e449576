type Rank = readonly [stability: number, major: number, minor: number];

/** Versions of a group, each once, the preferred first: v2, v1, v1beta2, v1beta1, v1alpha1, and others by name. */
export function byPriority(versions: readonly string[]): readonly string[] {
  return [...new Set(versions)].toSorted(
    (left, right) => compare(rankOf(left), rankOf(right)) || (left < right ? -1 : 1),
  );
}

function rankOf(version: string): Rank {
  const [, major = '', stage, minor = '0'] = /^v([1-9]\d*)(?:(alpha|beta)([1-9]\d*))?$/u.exec(version) ?? [];
  if (major === '') {
    return [3, 0, 0];
  }
  const stages = [undefined, 'beta', 'alpha'];
  return [stages.indexOf(stage), -Number(major), -Number(minor)];
}

function compare(left: Rank, right: Rank): number {
  return left[0] - right[0] || left[1] - right[1] || left[2] - right[2];
}
