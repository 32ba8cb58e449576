import { Failure } from '../failure.ts';
import type { ObjectId } from '../manifest/object-id.ts';

/** Whether an object is among those that a person named; with no name given, all are. */
export type Choice = (id: ObjectId) => boolean;

function isNamed(text: string, id: ObjectId): boolean {
  const [kind = '', ...rest] = text.split('/');
  const group = kind.indexOf('.');
  const sameKind =
    kind.toLowerCase() === id.kind.toLowerCase() ||
    (group > 0 && kind.toLowerCase() === `${id.kind}.${id.group}`.toLowerCase());
  const [first, second] = rest;
  return sameKind && (second === undefined ? first === id.name : first === id.namespace && second === id.name);
}

/**
 * The objects that `KIND/NAME` or `KIND/NAMESPACE/NAME` name, kind in any case, with its group where one wants it. A name
 * of another form, or of no object among `ids`, is a usage failure: what was meant is not done silently in part.
 */
export function chooseObjects(texts: readonly string[], ids: readonly ObjectId[]): Choice {
  for (const text of texts) {
    if (!/^[^/]+(?:\/[^/]+){1,2}$/u.test(text)) {
      throw usage(`--object ${text}: an object is named KIND/NAME or KIND/NAMESPACE/NAME`);
    }
    if (!ids.some((id) => isNamed(text, id))) {
      throw usage(`--object ${text}: there is no such object here`);
    }
  }
  return texts.length === 0 ? () => true : (id) => texts.some((text) => isNamed(text, id));
}

function usage(message: string): Failure {
  const remedy = 'The verb without --object lists the objects it is about.';
  return new Failure({ code: 'usage', retry: 'never', message, remedy });
}
