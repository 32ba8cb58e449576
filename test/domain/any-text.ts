import * as fc from 'fast-check';

const isSurrogate = (point: number): boolean => point >= 0xd800 && point <= 0xdfff;

/** Any character there is, control characters and unassigned ones among them; fast-check's own table of them takes long to build. */
export const anyCharacter: fc.Arbitrary<string> = fc
  .oneof(fc.nat(0x7f), fc.nat(0xffff), fc.nat(0x10_ffff))
  .filter((point) => !isSurrogate(point))
  .map((point) => String.fromCodePoint(point));
