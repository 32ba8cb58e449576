import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ipAddress } from '../../../src/domain/address/ip-address.ts';
import { formatPrefix, formatRange } from '../../../src/domain/address/ip-range.ts';
import {
  type Block,
  blockName,
  blockOf,
  blockOfName,
  claimsAt,
  emptyBlock,
  offsetIn,
  withheldRanges,
} from '../../../src/domain/claims/block.ts';
import { blockProblems, decodeBlock, encodeBlock } from '../../../src/domain/claims/block-codec.ts';
import { claimIn } from '../../../src/domain/claims/claim-in.ts';
import type { KubeObject } from '../../../src/domain/manifest/kube-object.ts';
import { address, claim, share } from './some-claims.ts';

const prefix = blockOf(address('10.0.5.0'));

function configMap(data: unknown, name = blockName(prefix)): KubeObject {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data } as KubeObject;
}

function decoded(data: unknown): Block {
  const block = decodeBlock(configMap(data));
  if (block === undefined) {
    throw new Error('it is no block');
  }
  return block;
}

describe('the name of a block', () => {
  it.each([
    ['10.0.5.77', '10.0.5.64/26', 'metalwave-claims-0a000540'],
    ['255.255.255.255', '255.255.255.192/26', 'metalwave-claims-ffffffc0'],
    ['0.0.0.0', '0.0.0.0/26', 'metalwave-claims-00000000'],
    ['2001:db8::1:23', '2001:db8::1:0/122', 'metalwave-claims-20010db8000000000000000000010000'],
    ['::ffff:10.0.5.1', '::ffff:10.0.5.0/122', 'metalwave-claims-00000000000000000000ffff0a000500'],
  ])('of %s is that of %s', (text, block, name) => {
    const found = blockOf(address(text));
    expect([formatPrefix(found), blockName(found)]).toEqual([block, name]);
    expect(blockOfName(name)).toEqual(found);
  });

  it.each([
    'metalwave-claims-',
    'metalwave-claims-0a000501',
    'metalwave-claims-0a000520',
    'metalwave-claims-0A000500',
    'metalwave-claims-0a0005',
    'x',
  ])('%s is none', (name) => {
    expect(blockOfName(name)).toBeUndefined();
    expect(decodeBlock(configMap({}, name))).toBeUndefined();
  });

  it('is found for every address, with its place in the block', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, (1n << 128n) - 1n), fc.boolean(), (value, isIpv4) => {
        const one = isIpv4 ? ipAddress('ipv4', value >> 96n) : ipAddress('ipv6', value);
        const block = blockOf(one);
        expect(blockOfName(blockName(block))).toEqual(block);
        expect(block.first + BigInt(offsetIn(block, one))).toBe(one.value);
      }),
    );
  });
});

describe('a stored block', () => {
  it('gives back the claims that were written, in the same text whatever their order', () => {
    const claims = [
      claim('10.0.5.9', 'b', '12', share('web "1"', 'TCP/80', 'UDP/53')),
      claim('10.0.5.9', 'a', '7', share('web "1"', 'TCP/443')),
      claim('10.0.5.0', 'c', '99'),
    ];
    const { block } = claimIn(emptyBlock(prefix), claims);
    const { block: reversed } = claimIn(emptyBlock(prefix), claims.toReversed());
    const written = encodeBlock(block, 'metallb-system');
    expect(JSON.stringify(encodeBlock(reversed, 'metallb-system'))).toBe(JSON.stringify(written));
    expect(written).toMatchObject({
      metadata: {
        name: 'metalwave-claims-0a000500',
        namespace: 'metallb-system',
        labels: { 'metalwave.io/state': 'claims', 'app.kubernetes.io/managed-by': 'metalwave' },
      },
      data: { '00': '[{"uid":"c","ticket":"99","service":"default/c"}]' },
    });
    expect(decodeBlock(written)).toEqual(block);
    expect(claimsAt(block, address('10.0.5.9')).map(({ uid }) => uid)).toEqual(['a', 'b']);
  });

  it('takes unchanged entries over from an earlier reading', () => {
    const { block } = claimIn(emptyBlock(prefix), [claim('10.0.5.1', 'a', '1'), claim('10.0.5.2', 'b', '1')]);
    const { block: later } = claimIn(block, [claim('10.0.5.2', 'b', '2')]);
    const read = decodeBlock(encodeBlock(later, 'x'), block);
    expect(read?.entries.get(1)).toBe(block.entries.get(1));
    expect(read?.entries.get(2)).toEqual(later.entries.get(2));
  });

  it.each([
    ['{', 'it is no JSON'],
    ['', 'it is no JSON'],
    ['{}', 'it is no list'],
    ['[null]', 'it holds something that is no mapping'],
    ['[{"ticket":"1","service":"a/b"}]', 'it has no uid'],
    ['[{"uid":"u","ticket":1,"service":"a/b"}]', 'it has no ticket'],
    ['[{"uid":"u","ticket":"1","service":""}]', 'it has no service'],
    ['[{"uid":"u","ticket":"1","service":"a/b","later":1}]', 'it has the unknown field "later"'],
    ['[{"uid":"u","ticket":"1","service":"a/b","share":{"key":"","backend":"","ports":[]}}]', 'it has no key'],
    ['[{"uid":"u","ticket":"1","service":"a/b","share":{"key":"k","ports":[]}}]', 'its backend is no text'],
    ['[{"uid":"u","ticket":"1","service":"a/b","share":{"key":"k","backend":"","ports":1}}]', 'its ports are no list'],
    ['[{"uid":"u","ticket":"1","service":"a/b"},{"uid":"u","ticket":"2","service":"a/b"}]', 'it names a Service twice'],
  ])('withholds the address whose entry is %s', (text, problem) => {
    const block = decoded({ '07': text, '08': '[]' });
    expect(blockProblems(block)).toEqual([
      `Key 07 of ConfigMap metalwave-claims-0a000500 cannot be used: ${problem}. 10.0.5.7 is not given.`,
    ]);
    expect(withheldRanges(block).map((range) => formatRange(range))).toEqual(['10.0.5.7']);
    const wanted = [claim('10.0.5.7', 'a', '1'), claim('10.0.5.8', 'b', '1')];
    const { block: after, refused, claimed } = claimIn(block, wanted);
    expect(refused).toEqual([{ claim: wanted[0], why: 'unreadable' }]);
    expect(claimed).toEqual([wanted[1]]);
    expect(encodeBlock(after, 'x')).toMatchObject({ data: { '07': text } });
  });

  it.each([
    ['a key of upper case', { data: { '0A': '[]' } }],
    ['a key of another length', { data: { '100': '[]' } }],
    ['a value that is no text', { data: { '01': 5 } }],
    ['data that is no mapping', { data: 'all' }],
    ['binary data', { binaryData: { '01': 'AAAA' } }],
  ])('gives none of its addresses with %s', (_what, fields) => {
    const block = decodeBlock({ ...configMap({}), ...fields });
    expect(block).toBeDefined();
    if (block !== undefined) {
      expect(withheldRanges(block).map((range) => formatRange(range))).toEqual(['10.0.5.0/26']);
      expect(blockProblems(block)).toEqual([expect.stringContaining('None of its 64 addresses is given')]);
      const { block: after, refused } = claimIn(block, [claim('10.0.5.7', 'a', '1')]);
      expect(refused).toMatchObject([{ why: 'unreadable' }]);
      expect(after).toBe(block);
    }
  });

  it('is empty where it has no data', () => {
    expect(decoded(undefined)).toEqual(emptyBlock(prefix));
    expect(decoded(null)).toEqual(emptyBlock(prefix));
  });
});
