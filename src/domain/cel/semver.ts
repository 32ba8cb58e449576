import { CelReceiver, textOf } from './function.ts';
import type { CelFunction } from './function.ts';
import { asInt } from './operators.ts';
import { CelError, type CelObject, noOverload } from './value.ts';
import type { CelList, CelValue } from './value.ts';

const number = '(0|[1-9]\\d*)';
const identifier = '(?:0|[1-9]\\d*|\\d*[A-Za-z-][\\dA-Za-z-]*)';
const form = new RegExp(
  `^${number}\\.${number}\\.${number}(?:-(${identifier}(?:\\.${identifier})*))?(?:\\+[\\dA-Za-z-]+(?:\\.[\\dA-Za-z-]+)*)?$`,
  'u',
);

/** A semantic version (semver.org 2.0.0). What it says of its build counts for nothing. */
class CelSemver extends CelReceiver {
  readonly typeName = 'kubernetes.Semver';
  /** Major, minor, patch. */
  readonly numbers: readonly bigint[];
  /** Of a version before the release; empty of a release. */
  readonly before: readonly string[];

  constructor(numbers: readonly bigint[], before: readonly string[]) {
    super();
    this.numbers = numbers;
    this.before = before;
  }

  equals(other: CelObject): boolean {
    return other instanceof CelSemver && compareVersions(this, other) === 0;
  }

  call(method: string, [other]: CelList): CelValue {
    const place = ['major', 'minor', 'patch'].indexOf(method);
    if (place >= 0) {
      return asInt(this.numbers[place] ?? 0n);
    }
    if (!(other instanceof CelSemver)) {
      throw noOverload();
    }
    const order = compareVersions(this, other);
    switch (method) {
      case 'isLessThan':
        return order < 0;
      case 'isGreaterThan':
        return order > 0;
      case 'compareTo':
        return BigInt(order);
      default:
        throw noOverload();
    }
  }
}

function compareVersions(left: CelSemver, right: CelSemver): number {
  for (const [index, value] of left.numbers.entries()) {
    const other = right.numbers[index] ?? 0n;
    if (value !== other) {
      return value < other ? -1 : 1;
    }
  }
  const [mine, theirs] = [left.before, right.before];
  if (mine.length === 0 || theirs.length === 0) {
    return Math.sign(theirs.length - mine.length);
  }
  for (const [index, part] of mine.entries()) {
    const other = theirs[index];
    const order = other === undefined ? 1 : compareIdentifiers(part, other);
    if (order !== 0) {
      return order;
    }
  }
  return Math.sign(mine.length - theirs.length);
}

/** Numbers come before words (semver.org 2.0.0, 11.4). */
function compareIdentifiers(left: string, right: string): number {
  const [isNumber, isOther] = [left, right].map((text) => /^\d+$/u.test(text));
  if (isNumber === true && isOther === true) {
    return Number(BigInt(left) > BigInt(right)) - Number(BigInt(left) < BigInt(right));
  }
  return isNumber === isOther ? Number(left > right) - Number(left < right) : Number(isOther) - Number(isNumber);
}

function parseSemver(text: string, isLoose: boolean): CelSemver | undefined {
  const [, major, minor, patch, before = ''] = form.exec(isLoose ? normalized(text) : text) ?? [];
  if (major === undefined || minor === undefined || patch === undefined) {
    return undefined;
  }
  const parts = before === '' ? [] : before.split('.');
  return new CelSemver(
    [major, minor, patch].map((digits) => BigInt(digits)),
    parts,
  );
}

/** Without a `v` before it and zeros before its numbers, and with the numbers that are missing. */
function normalized(text: string): string {
  const [, numbers = '', rest = ''] = /^v?([\d.]*)(.*)$/u.exec(text) ?? [];
  const given = numbers.split('.').map((digits) => digits.replace(/^0+(?=\d)/u, ''));
  const missing = given.length < 3 ? Array.from({ length: 3 - given.length }, () => '0') : [];
  return `${[...given, ...missing].join('.')}${rest}`;
}

function read([text, loose = false]: CelList): CelSemver | undefined {
  if (typeof loose !== 'boolean') {
    throw noOverload();
  }
  return parseSemver(textOf(text), loose);
}

const ofVersions: CelFunction = () => {
  throw noOverload();
};

/** What versions do by themselves is here only by its name. */
export const semverFunctions: readonly (readonly [string, CelFunction])[] = [
  [
    'semver',
    (args) => {
      const version = read(args);
      if (version === undefined) {
        throw new CelError('No Major.Minor.Patch elements found');
      }
      return version;
    },
  ],
  ['isSemver', (args) => read(args) !== undefined],
  ['.major', ofVersions],
  ['.minor', ofVersions],
  ['.patch', ofVersions],
];
