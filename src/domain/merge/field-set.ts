/**
 * One step of a field path in the notation of managedFields v1:
 * `f:NAME` a field of a mapping, `k:{…}` an element of a keyed list by its key fields, `v:…` an element of a set by its value,
 * `i:N` an element by position. Keys and values are canonical JSON, so equal steps are equal texts.
 */
export type PathElement = string;

/**
 * A set of field paths as a tree. `member` says whether the path that leads here belongs to the set itself; a mapping may
 * hold members below without being one. No node is empty save the root, so two equal sets are equal trees.
 */
export interface FieldSet {
  readonly member: boolean;
  readonly children: ReadonlyMap<PathElement, FieldSet>;
}

const noChildren: ReadonlyMap<PathElement, FieldSet> = new Map();

export const emptySet: FieldSet = { member: false, children: noChildren };
export const memberSet: FieldSet = { member: true, children: noChildren };

export function isEmptySet(set: FieldSet): boolean {
  return !set.member && set.children.size === 0;
}

/** A node out of its parts; empty children are dropped, which keeps the invariant of FieldSet. */
export function fieldSet(member: boolean, children: Iterable<readonly [PathElement, FieldSet]>): FieldSet {
  const kept = new Map<PathElement, FieldSet>();
  for (const [element, child] of children) {
    if (!isEmptySet(child)) {
      kept.set(element, child);
    }
  }
  if (kept.size > 0) {
    return { member, children: kept };
  }
  return member ? memberSet : emptySet;
}

/** The set of exactly these paths. */
export function fieldSetOf(paths: Iterable<readonly PathElement[]>): FieldSet {
  let result = emptySet;
  for (const path of paths) {
    const single = path.reduceRight<FieldSet>((below, element) => fieldSet(false, [[element, below]]), memberSet);
    result = unionOf(result, single);
  }
  return result;
}

export function unionOf(left: FieldSet, right: FieldSet): FieldSet {
  if (isEmptySet(left)) {
    return right;
  }
  if (isEmptySet(right)) {
    return left;
  }
  const children = new Map(left.children);
  for (const [element, child] of right.children) {
    const other = children.get(element);
    children.set(element, other === undefined ? child : unionOf(other, child));
  }
  return { member: left.member || right.member, children };
}

export function intersectionOf(left: FieldSet, right: FieldSet): FieldSet {
  const shared: [PathElement, FieldSet][] = [];
  for (const [element, child] of left.children) {
    const other = right.children.get(element);
    if (other !== undefined) {
      shared.push([element, intersectionOf(child, other)]);
    }
  }
  return fieldSet(left.member && right.member, shared);
}

/** The paths of `left` that are not in `right`. A path stays when only one above or below it is in `right`. */
export function differenceOf(left: FieldSet, right: FieldSet): FieldSet {
  const rest: [PathElement, FieldSet][] = [];
  for (const [element, child] of left.children) {
    const other = right.children.get(element);
    rest.push([element, other === undefined ? child : differenceOf(child, other)]);
  }
  return fieldSet(left.member && !right.member, rest);
}

/** The paths of `left` that are neither in `right` nor below a path of `right`. */
export function withoutSubtrees(left: FieldSet, right: FieldSet): FieldSet {
  if (right.member) {
    return emptySet;
  }
  const rest: [PathElement, FieldSet][] = [];
  for (const [element, child] of left.children) {
    const other = right.children.get(element);
    rest.push([element, other === undefined ? child : withoutSubtrees(child, other)]);
  }
  return fieldSet(left.member, rest);
}

export function setsEqual(left: FieldSet, right: FieldSet): boolean {
  if (left.member !== right.member || left.children.size !== right.children.size) {
    return false;
  }
  for (const [element, child] of left.children) {
    const other = right.children.get(element);
    if (other === undefined || !setsEqual(child, other)) {
      return false;
    }
  }
  return true;
}

/** Every path of the set: at each node first the members of its level by their text, then what is below them, in that order too. */
export function pathsOf(set: FieldSet): readonly (readonly PathElement[])[] {
  const paths: (readonly PathElement[])[] = [];
  collect(set, [], paths);
  return paths;
}

function collect(set: FieldSet, prefix: readonly PathElement[], into: (readonly PathElement[])[]): void {
  const children = [...set.children].toSorted(([left], [right]) => (left < right ? -1 : 1));
  for (const [element, child] of children) {
    if (child.member) {
      into.push([...prefix, element]);
    }
  }
  for (const [element, child] of children) {
    collect(child, [...prefix, element], into);
  }
}
