import type { KubeObject } from '../../../domain/manifest/kube-object.ts';
import type { Target } from '../requests/target.ts';
import { undecodable } from '../requests/undecodable.ts';
import type { WriteForm } from '../requests/undecodable.ts';

/** What is made of doubts about a body. */
export interface DoubtOptions {
  /** What becomes of fields that are unknown or there twice. */
  readonly validation: 'Ignore' | 'Warn' | 'Strict';
  /** What strict decoding holds against the text of the body: as the client is warned of it, and as it is refused. */
  readonly doubts?: readonly string[];
  readonly refusal?: string;
  readonly warn?: (text: string) => void;
  /** How the object came; whole unless given. */
  readonly form?: WriteForm;
}

/** Of a custom object metadata is read first; what else is unknown is told in the order of the names. */
function byName(left: string, right: string): number {
  return rank(left) < rank(right) ? -1 : 1;
}

function rank(path: string): string {
  return `${path.startsWith('metadata.') ? 0 : 1}${path}`;
}

/** Refuses or tells, as was asked for, what stands twice in a body and the fields of its object that nobody knows. */
export function tellDoubts(
  target: Target,
  object: KubeObject,
  unknown: readonly string[],
  options: DoubtOptions,
): void {
  const { validation, form = { type: 'whole' }, doubts = [], refusal = '', warn } = options;
  if (validation === 'Ignore' || (doubts.length === 0 && unknown.length === 0)) {
    return;
  }
  const inOrder = target.kind.custom ? unknown.toSorted(byName) : unknown;
  const told = inOrder.map((path) => `unknown field ${JSON.stringify(path)}`).filter((one) => !doubts.includes(one));
  if (validation === 'Strict') {
    const all = [...(refusal === '' ? [] : [refusal]), ...told].join(', ');
    throw undecodable(target, form, object, `strict decoding error: ${all}`);
  }
  for (const text of [...doubts, ...told]) {
    warn?.(text);
  }
}
