import { describe, expect, it } from 'vitest';
import { releaseRevisions } from '../../../src/domain/history/change-history.ts';
import { emptyHistory, type History } from '../../../src/domain/history/history.ts';
import { quarantinedRevisions } from '../../../src/domain/history/quarantined-revisions.ts';

const revisions = [`1234567${'a'.repeat(33)}`, `1234567${'b'.repeat(33)}`, 'unversioned'];
const history: History = {
  ...emptyHistory('dev'),
  quarantine: revisions.map((revision) => ({ revision, renderedHash: 'h', reason: 'r', by: 'b', at: 1 })),
};

function left(name: string): readonly string[] {
  const released = releaseRevisions(history, quarantinedRevisions(history, name));
  return released.quarantine.map(({ revision }) => revision);
}

describe('releasing what is quarantined', () => {
  it('takes one by its revision or enough of its digits, or all by that word', () => {
    expect(left('1234567a')).toEqual(revisions.slice(1));
    expect(left('unversioned')).toEqual(revisions.slice(0, 2));
    expect(left('all')).toEqual([]);
  });

  it.each([
    ['1234567', 'names several'],
    ['7654321', 'is no quarantined revision'],
    ['123456', 'is no quarantined revision'],
    ['', 'is no quarantined revision'],
  ])('does not guess what %s means', (name, message) => {
    expect(() => quarantinedRevisions(history, name)).toThrow(message);
  });

  it('says that there is none where none is', () => {
    expect(quarantinedRevisions(emptyHistory('dev'), 'all')).toEqual([]);
    expect(() => quarantinedRevisions(emptyHistory('dev'), '1234567')).toThrow('is no quarantined revision of dev');
  });
});
