import { describe, expect, it } from 'vitest';
import { type Block, blockOf, claimsAt, emptyBlock } from '../../../src/domain/claims/block.ts';
import { encodeBlock } from '../../../src/domain/claims/block-codec.ts';
import { type Claim, isClaimNeeded, shareOf } from '../../../src/domain/claims/claim.ts';
import { claimIn } from '../../../src/domain/claims/claim-in.ts';
import { mayPublish, mayRelease } from '../../../src/domain/claims/evidence.ts';
import { releaseFrom } from '../../../src/domain/claims/release-from.ts';
import { decodeService } from '../../../src/domain/allocation/service-view.ts';
import { address, claim, share } from './some-claims.ts';

const one = '10.0.5.1';
const empty = emptyBlock(blockOf(address(one)));

function holding(...claims: readonly Claim[]): Block {
  const { block, refused } = claimIn(empty, claims);
  expect(refused).toEqual([]);
  return block;
}

describe('a claim', () => {
  it('is refused where another Service holds the address', () => {
    const block = holding(claim(one, 'a', '5'));
    const step = claimIn(block, [claim(one, 'b', '6'), claim('10.0.5.2', 'b', '6')]);
    expect(step.refused).toEqual([{ claim: claim(one, 'b', '6'), why: 'taken', holder: claim(one, 'a', '5') }]);
    expect(step.claimed).toEqual([claim('10.0.5.2', 'b', '6')]);
  });

  it('that stands already changes nothing', () => {
    const block = holding(claim(one, 'a', '5', share('k', 'TCP/80', 'TCP/81')));
    const step = claimIn(block, [claim(one, 'a', '5', share('k', 'TCP/81', 'TCP/80'))]);
    expect(step.claimed).toHaveLength(1);
    expect(step.block).toBe(block);
  });

  it('is renewed by a later version, and never by an earlier one', () => {
    const block = holding(claim(one, 'a', '9'));
    const later = claimIn(block, [claim(one, 'a', '10')]);
    expect(claimsAt(later.block, address(one))).toEqual([claim(one, 'a', '10')]);
    const earlier = claimIn(later.block, [claim(one, 'a', '9')]);
    expect(earlier.refused).toMatchObject([{ why: 'outdated', holder: { ticket: '10' } }]);
    expect(earlier.block).toBe(later.block);
  });

  it.each(['x', '', '010', '1.5', '-1'])('is not renewed by %j, which has no order', (version) => {
    expect(claimIn(holding(claim(one, 'a', '9')), [claim(one, 'a', version)]).refused).toMatchObject([
      { why: 'outdated' },
    ]);
  });

  it.each([
    ['another key', share('other', 'TCP/443')],
    ['a port in common', share('k', 'TCP/80')],
    ['another backend', { key: 'k', backend: '{"app":"x"}', ports: ['TCP/443'] }],
    ['no key', undefined],
  ])('is refused beside one that shares with %s', (_what, other) => {
    const block = holding(claim(one, 'a', '5', share('k', 'TCP/80')));
    expect(claimIn(block, [claim(one, 'b', '6', other)]).refused).toMatchObject([{ why: 'taken' }]);
  });

  it('stands beside one that shares, and is held against all of them', () => {
    const block = holding(claim(one, 'a', '5', share('k', 'TCP/80')), claim(one, 'b', '6', share('k', 'TCP/443')));
    expect(claimIn(block, [claim(one, 'c', '7', share('k', 'TCP/443'))]).refused).toMatchObject([
      { holder: { uid: 'b' } },
    ]);
    expect(claimIn(block, [claim(one, 'a', '8', share('k', 'TCP/443'))]).refused).toMatchObject([
      { holder: { uid: 'b' } },
    ]);
  });

  it('is refused where the block has no more room, and the ConfigMap stays below its bound', () => {
    const key = 'ü'.repeat(1500);
    let block = empty;
    let count = 0;
    for (;;) {
      const step = claimIn(block, [claim(`10.0.5.${count % 64}`, `uid-${count}`, '5', share(key, `TCP/${count}`))]);
      block = step.block;
      if (step.refused.length > 0) {
        expect(step.refused).toMatchObject([{ why: 'full' }]);
        break;
      }
      count += 1;
    }
    expect(count).toBeGreaterThan(150);
    expect(new TextEncoder().encode(JSON.stringify(encodeBlock(block, 'x'))).length).toBeLessThan(1_048_576);
    expect(claimIn(block, [claim('10.0.5.0', 'uid-0', '6', share(key, 'TCP/0'))]).claimed).toHaveLength(1);
  });

  it('holds hundreds of Services that share one address', () => {
    const claims = Array.from({ length: 300 }, (_, index) =>
      claim(one, `uid-${index}`, '5', share('k', `TCP/${index}`)),
    );
    expect(claimIn(empty, claims).claimed).toHaveLength(300);
  });

  it('of an absurdly large sharing key is refused by itself', () => {
    expect(claimIn(empty, [claim(one, 'a', '5', share('k'.repeat(9000)))]).refused).toMatchObject([{ why: 'full' }]);
  });

  it('is needed for what is new, shared otherwise or not yet published, and not after a restart', () => {
    const stored = claim(one, 'a', '5');
    expect(isClaimNeeded(claim(one, 'a', '9'), undefined, true)).toBe(true);
    expect(isClaimNeeded(claim(one, 'a', '9'), stored, true)).toBe(false);
    expect(isClaimNeeded(claim(one, 'a', '9'), stored, false)).toBe(true);
    expect(isClaimNeeded(claim(one, 'a', '5'), stored, false)).toBe(false);
    expect(isClaimNeeded(claim(one, 'a', '9', share('k')), stored, true)).toBe(true);
  });

  it('records what a Service shares', () => {
    const service = {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'web', namespace: 'a', annotations: { 'metallb.io/allow-shared-ip': 'k' } },
      spec: { externalTrafficPolicy: 'Local', selector: { app: 'x' }, ports: [{ port: 443 }, { port: 80 }] },
    };
    expect(shareOf(decodeService(service))).toEqual({ key: 'k', backend: '{"app":"x"}', ports: ['TCP/443', 'TCP/80'] });
    expect(shareOf(decodeService({ ...service, metadata: { name: 'web', namespace: 'a' } }))).toBeUndefined();
  });
});

describe('publishing', () => {
  const ticket = claim(one, 'a', '5');
  it.each([
    ['at the version of the ticket', { uid: 'a', version: '5', holds: [] }, true],
    ['at a later version', { uid: 'a', version: '6', holds: [] }, false],
    ['at an earlier version', { uid: 'a', version: '4', holds: [] }, false],
    ['on a Service of another uid', { uid: 'b', version: '5', holds: [] }, false],
    ['what the status says already', { uid: 'a', version: '6', holds: [address(one)] }, true],
    ['beside another address of the status', { uid: 'a', version: '6', holds: [address('10.0.5.2')] }, false],
  ])('%s', (_what, target, allowed) => {
    expect(mayPublish(ticket, target)).toBe(allowed);
  });
});

describe('a release', () => {
  const ticket = claim(one, 'a', '99');
  const seen = { kind: 'seen', holds: [] } as const;
  it.each([
    ['the Service is gone', { kind: 'gone' } as const, true],
    ['a later list lacks it', { kind: 'absent', listVersion: '100' } as const, true],
    ['an earlier list lacks it', { kind: 'absent', listVersion: '98' } as const, false],
    ['a list of the same version lacks it', { kind: 'absent', listVersion: '99' } as const, false],
    ['it was seen past the ticket without the address', { ...seen, version: '100' }, true],
    ['it was seen past the ticket with the address', { ...seen, version: '100', holds: [address(one)] }, false],
    ['it was seen at the ticket', { ...seen, version: '99' }, false],
    ['it was seen before', { ...seen, version: '9' }, false],
    ['it was seen at a version without order', { ...seen, version: 'z100' }, false],
    ['it was written over the ticket', { ...seen, version: 'z100', follows: '99' }, true],
    ['it was written over something else', { ...seen, version: 'z100', follows: '98' }, false],
    ['its versions are beyond any number type', { ...seen, version: `1${'0'.repeat(60)}` }, true],
  ])('when %s', (_what, sighting, allowed) => {
    expect(mayRelease(ticket, sighting)).toBe(allowed);
    const step = releaseFrom(holding(ticket), [{ address: address(one), uid: 'a', sighting }]);
    expect([step.released.length, step.block.entries.size]).toEqual(allowed ? [1, 0] : [0, 1]);
  });

  it('is held against the ticket that stands now', () => {
    const { block } = claimIn(holding(ticket), [claim(one, 'a', '105')]);
    const release = { address: address(one), uid: 'a', sighting: { ...seen, version: '100' } };
    expect(releaseFrom(block, [release]).kept).toEqual([{ release, why: 'unproven', claim: claim(one, 'a', '105') }]);
  });

  it('of what is not there changes nothing, and takes no other claim along', () => {
    const sighting = { kind: 'gone' } as const;
    const block = holding(claim(one, 'a', '5', share('k', 'TCP/1')), claim(one, 'b', '5', share('k', 'TCP/2')));
    expect(releaseFrom(block, [{ address: address(one), uid: 'c', sighting }]).block).toBe(block);
    const step = releaseFrom(block, [{ address: address(one), uid: 'a', sighting }]);
    expect(claimsAt(step.block, address(one)).map(({ uid }) => uid)).toEqual(['b']);
    expect(step.block.size).toBeLessThan(block.size);
  });
});
