/**
 * What an unquoted YAML scalar means. Kubernetes reads YAML through a parser of version 1.1 with exceptions of its own
 * (sexagesimal numbers and dates stay text, `0o17` is a number), most editors and libraries through version 1.2. The two
 * readings live here side by side, so that values follow the former and differences are told.
 */
export type PlainScalar =
  | { readonly kind: 'null' }
  | { readonly kind: 'boolean'; readonly value: boolean }
  /** `exact` is false where a double cannot hold the number that was written. */
  | { readonly kind: 'number'; readonly value: number; readonly exact: boolean }
  | { readonly kind: 'text' };

const text: PlainScalar = { kind: 'text' };
const nothing: PlainScalar = { kind: 'null' };
const yes: PlainScalar = { kind: 'boolean', value: true };
const no: PlainScalar = { kind: 'boolean', value: false };
const float = (value: number): PlainScalar => ({ kind: 'number', value, exact: true });

const infinities = ['.inf', '.Inf', '.INF'];
const numberWords: readonly (readonly [string, PlainScalar])[] = [
  ...['.nan', '.NaN', '.NAN'].map((word): readonly [string, PlainScalar] => [word, float(NaN)]),
  ...infinities.flatMap((word): readonly (readonly [string, PlainScalar])[] => [
    [word, float(Infinity)],
    [`+${word}`, float(Infinity)],
    [`-${word}`, float(-Infinity)],
  ]),
];
const nullWords: readonly (readonly [string, PlainScalar])[] = ['', '~', 'null', 'Null', 'NULL'].map((word) => [
  word,
  nothing,
]);

function booleanWords(words: string, value: PlainScalar): readonly (readonly [string, PlainScalar])[] {
  return words.split(' ').map((word) => [word, value]);
}

const kubernetesWords: ReadonlyMap<string, PlainScalar> = new Map([
  ...nullWords,
  ...numberWords,
  ...booleanWords('y Y yes Yes YES true True TRUE on On ON', yes),
  ...booleanWords('n N no No NO false False FALSE off Off OFF', no),
]);
const coreWords: ReadonlyMap<string, PlainScalar> = new Map([
  ...nullWords,
  ...numberWords,
  ...booleanWords('true True TRUE', yes),
  ...booleanWords('false False FALSE', no),
]);

const decimalFloat = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
const dotFloat = /^\.[0-9]+(?:_[0-9]+)*(?:[eE][-+]?[0-9]+(?:_[0-9]+)*)?$/;
const integer = /^([-+]?)(?:0[xX]([0-9a-fA-F]+)|0[oO]([0-7]+)|0[bB]([01]+)|0([0-7]+)|(0|[1-9][0-9]*))$/;
/** A binary number whose sign follows the prefix; the parser takes it by accident of its implementation. */
const signAfterPrefix = /^0b([-+])([01]+)$/;
const wordStart = /^[-+.yYnNtTfFoO~]/;
const largestUnsigned = 2n ** 64n - 1n;
const largestSigned = 2n ** 63n - 1n;

function withinSixtyFourBits(sign: string, magnitude: bigint): boolean {
  switch (sign) {
    case '-':
      return magnitude <= largestSigned + 1n;
    case '+':
      return magnitude <= largestSigned;
    default:
      return magnitude <= largestUnsigned;
  }
}

function signedNumber(sign: string, magnitude: bigint): PlainScalar {
  const value = Number(magnitude);
  const exact = BigInt(value) === magnitude;
  return { kind: 'number', value: sign === '-' && value !== 0 ? -value : value, exact };
}

function magnitudeOf(match: RegExpExecArray): bigint {
  const [, , hex, octal, binary, oldOctal, decimal = '0'] = match;
  if (hex !== undefined) {
    return BigInt(`0x${hex}`);
  }
  if (binary !== undefined) {
    return BigInt(`0b${binary}`);
  }
  const eights = octal ?? oldOctal;
  return BigInt(eights === undefined ? decimal : `0o${eights}`);
}

/** An integer of 64 bits in any of its notations, or undefined where the text is none or does not fit. */
function readInteger(plain: string): PlainScalar | undefined {
  const match = integer.exec(plain);
  if (match === null) {
    return undefined;
  }
  const sign = match[1] ?? '';
  const magnitude = magnitudeOf(match);
  return withinSixtyFourBits(sign, magnitude) ? signedNumber(sign, magnitude) : undefined;
}

/** A float in decimal notation; one too large for a double stays text. */
function readFloat(plain: string, pattern: RegExp): PlainScalar {
  if (!pattern.test(plain)) {
    return text;
  }
  const value = Number(plain.replaceAll('_', ''));
  if (!Number.isFinite(value)) {
    return text;
  }
  const digitsOnly = /^[-+]?[0-9]+$/.test(plain);
  return {
    kind: 'number',
    value: value === 0 ? 0 : value,
    exact: !digitsOnly || BigInt(value) === BigInt(plain.replace(/^\+/, '')),
  };
}

function readNumber(scalar: string): PlainScalar {
  if (scalar.startsWith('.')) {
    return readFloat(scalar, dotFloat);
  }
  const plain = scalar.includes('_') ? scalar.replaceAll('_', '') : scalar;
  const whole = readInteger(plain);
  if (whole !== undefined) {
    return whole;
  }
  const match = signAfterPrefix.exec(plain);
  if (match !== null) {
    const magnitude = BigInt(`0b${match[2] ?? '0'}`);
    const sign = match[1] ?? '+';
    return withinSixtyFourBits(sign, magnitude) ? signedNumber(sign, magnitude) : text;
  }
  return readFloat(plain, decimalFloat);
}

const startsNumber = (code: number): boolean => (code >= 0x30 && code <= 0x39) || code === 0x2b || code === 0x2d;

/** The scalar as Kubernetes' own parser reads it. */
export function readPlainScalar(scalar: string): PlainScalar {
  if (scalar.length <= 5 && (scalar === '' || wordStart.test(scalar))) {
    const word = kubernetesWords.get(scalar);
    if (word !== undefined) {
      return word;
    }
  }
  // No number has two dots, and most addresses have three.
  if (scalar.indexOf('.') !== scalar.lastIndexOf('.')) {
    return text;
  }
  const first = scalar.charCodeAt(0);
  return startsNumber(first) || first === 0x2e ? readNumber(scalar) : text;
}

/** The scalar as the core schema of YAML 1.2 reads it (YAML 1.2.2, section 10.3.2). */
export function readCoreScalar(scalar: string): PlainScalar {
  const word = coreWords.get(scalar);
  if (word !== undefined) {
    return word;
  }
  if (/^[-+]?[0-9]+$/.test(scalar)) {
    return signedNumber(scalar.startsWith('-') ? '-' : '', BigInt(scalar.replace(/^[-+]/, '')));
  }
  if (/^0o[0-7]+$/.test(scalar) || /^0x[0-9a-fA-F]+$/.test(scalar)) {
    return signedNumber('', BigInt(scalar));
  }
  return decimalFloat.test(scalar) ? float(Number(scalar)) : text;
}
