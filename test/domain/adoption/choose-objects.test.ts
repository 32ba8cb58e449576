import { describe, expect, it } from 'vitest';
import { chooseObjects } from '../../../src/domain/adoption/choose-objects.ts';
import { isFailure } from '../../../src/domain/failure.ts';

const ids = [
  { group: 'metallb.io', kind: 'IPAddressPool', namespace: 'metallb-system', name: 'default' },
  { group: 'metallb.io', kind: 'IPAddressPool', namespace: 'other', name: 'default' },
  { group: '', kind: 'Namespace', namespace: '', name: 'metallb-system' },
] as const;

describe('choosing objects by name', () => {
  it.each([
    [[], [0, 1, 2]],
    [['IPAddressPool/default'], [0, 1]],
    [['ipaddresspool/other/default'], [1]],
    [
      ['IPAddressPool.metallb.io/metallb-system/default', 'namespace/metallb-system'],
      [0, 2],
    ],
  ])('%j chooses %j', (texts, chosen) => {
    const isChosen = chooseObjects(texts, ids);
    expect(ids.map((id, index) => (isChosen(id) ? index : -1)).filter((index) => index >= 0)).toEqual(chosen);
  });

  it.each([['default'], ['IPAddressPool/'], ['a/b/c/d'], ['/x'], [''], ['IPAddressPool/nope'], ['Service/default']])(
    'refuses %j',
    (text) => {
      try {
        chooseObjects([text], ids);
      } catch (error) {
        expect(isFailure(error, 'usage')).toBe(true);
        return;
      }
      throw new Error('it was accepted');
    },
  );
});
