import { Failure } from '../failure.ts';
import type { History, Quarantined } from './history.ts';
import { shortRevision } from './rollback-target.ts';

/** The word that names every quarantined revision. */
export const everyRevision = 'all';

function notQuarantined(name: string, { environment, quarantine }: History, why: string): Failure {
  const names = quarantine.map(({ revision }) => shortRevision(revision)).join(', ');
  return new Failure({
    code: 'usage',
    retry: 'never',
    message: `${name} ${why} of ${environment}`,
    remedy: names === '' ? 'Nothing is quarantined.' : `Quarantined: ${names}; the word all names every one.`,
  });
}

/** The quarantined revisions that a name stands for: one by its revision or at least seven of its digits, or all. */
export function quarantinedRevisions(history: History, name: string): readonly Quarantined[] {
  const { quarantine } = history;
  if (name === everyRevision) {
    return quarantine;
  }
  const isShort = /^[0-9a-f]{7,}$/u.test(name);
  const found = quarantine.filter(({ revision }) => revision === name || (isShort && revision.startsWith(name)));
  if (found.length === 0) {
    throw notQuarantined(name, history, 'is no quarantined revision');
  }
  if (new Set(found.map(({ revision }) => revision)).size > 1) {
    throw notQuarantined(name, history, 'names several quarantined revisions');
  }
  return found;
}
