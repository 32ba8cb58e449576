/** Names longer than this are never compared letter by letter: the cost of a comparison is the product of the lengths. */
const longestCompared = 128;

/**
 * The candidate that a mistyped name most likely means, or undefined where none is close. Close means that at most a third
 * of the letters (at least one) was inserted, left out, replaced or swapped with a neighbour. Letter case counts for nothing.
 * Between equally close candidates the first given wins.
 */
export function nearestName(name: string, candidates: Iterable<string>): string | undefined {
  const wanted = name.toLowerCase();
  if (wanted.length === 0 || wanted.length > longestCompared) {
    return undefined;
  }
  let nearest: string | undefined;
  let nearestDistance = Math.max(1, Math.floor(wanted.length / 3)) + 1;
  for (const candidate of candidates) {
    const distance = distanceBelow(wanted, candidate.toLowerCase(), nearestDistance);
    if (distance !== undefined) {
      nearest = candidate;
      nearestDistance = distance;
    }
    if (nearestDistance === 0) {
      break;
    }
  }
  return nearest;
}

/** The edit distance (optimal string alignment), or undefined where it is `limit` or more. */
function distanceBelow(from: string, to: string, limit: number): number | undefined {
  if (Math.abs(from.length - to.length) >= limit) {
    return undefined;
  }
  let beforeLast: readonly number[] = [];
  let last: readonly number[] = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row += 1) {
    const current = nextRow(from, to, row, last, beforeLast);
    // A swap reaches back two rows, so only two hopeless rows together end the comparison early.
    if (Math.min(...current) >= limit && Math.min(...last) >= limit) {
      return undefined;
    }
    beforeLast = last;
    last = current;
  }
  const distance = last[to.length] ?? limit;
  return distance < limit ? distance : undefined;
}

function nextRow(
  from: string,
  to: string,
  row: number,
  last: readonly number[],
  beforeLast: readonly number[],
): readonly number[] {
  const current = [row];
  for (let column = 1; column <= to.length; column += 1) {
    const same = from[row - 1] === to[column - 1];
    const swapped = row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
    current.push(
      Math.min(
        cell(last, column) + 1,
        cell(current, column - 1) + 1,
        cell(last, column - 1) + (same ? 0 : 1),
        swapped ? cell(beforeLast, column - 2) + 1 : Infinity,
      ),
    );
  }
  return current;
}

function cell(row: readonly number[], column: number): number {
  return row[column] ?? Infinity;
}
