import { asInt } from './operators.ts';
import { CelError, CelObject, noOverload } from './value.ts';
import type { CelList, CelValue } from './value.ts';
import type { CelFunction } from './function.ts';
import { textOf } from './function.ts';

const binary = ['Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];
const decimal = ['n', 'u', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E'];

/** Quantities are kept in billionths, as exactly as the API server keeps them. */
const scale = 1_000_000_000n;

/** A Kubernetes quantity. */
export class CelQuantity extends CelObject {
  readonly typeName = 'kubernetes.Quantity';
  readonly nano: bigint;

  constructor(nano: bigint) {
    super();
    this.nano = nano;
  }

  equals(other: CelObject): boolean {
    return other instanceof CelQuantity && other.nano === this.nano;
  }
}

/** Reads a quantity such as `1.5Gi`, `200m` or `1e3`; undefined where the text is none. */
export function parseQuantity(text: string): CelQuantity | undefined {
  const form = /^([-+]?)(\d+\.?\d*|\.\d+)(Ki|Mi|Gi|Ti|Pi|Ei|[numkMGTPE]|[eE][-+]?\d{1,3})?$/u;
  const [, sign, digits, suffix = ''] = form.exec(text) ?? [];
  if (digits === undefined) {
    return undefined;
  }
  const [whole = '', part = ''] = digits.split('.');
  const size = BigInt(`${whole}${part}`) * scale;
  const [over, under] = factorOf(suffix);
  const below = under * 10n ** BigInt(part.length);
  // What is finer than a billionth is rounded up, away from zero.
  const nano = (size * over + below - 1n) / below;
  return new CelQuantity(sign === '-' ? -nano : nano);
}

function factorOf(suffix: string): readonly [over: bigint, under: bigint] {
  if (/^[eE][-+]?\d/u.test(suffix)) {
    const power = Number(suffix.slice(1));
    return power < 0 ? [1n, 10n ** BigInt(-power)] : [10n ** BigInt(power), 1n];
  }
  const step = binary.indexOf(suffix);
  if (step >= 0) {
    return [1024n ** BigInt(step + 1), 1n];
  }
  const power = (decimal.indexOf(suffix) - decimal.indexOf('')) * 3;
  return power < 0 ? [1n, 10n ** BigInt(-power)] : [10n ** BigInt(power), 1n];
}

function quantityOf(value: CelValue | undefined): CelQuantity {
  if (!(value instanceof CelQuantity)) {
    throw noOverload();
  }
  return value;
}

function read(text: string): CelQuantity {
  const quantity = parseQuantity(text);
  if (quantity === undefined) {
    throw new CelError("quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'");
  }
  return quantity;
}

function isInteger({ nano }: CelQuantity): boolean {
  const whole = nano / scale;
  return nano % scale === 0n && whole <= 0x7fff_ffff_ffff_ffffn && whole >= -0x8000_0000_0000_0000n;
}

function method(name: string, run: (quantity: CelQuantity, args: CelList) => CelValue): readonly [string, CelFunction] {
  return [`.${name}`, ([target, ...args]) => run(quantityOf(target), args)];
}

function orderOf(left: CelQuantity, right: CelValue | undefined): number {
  const other = quantityOf(right).nano;
  return left.nano < other ? -1 : Number(left.nano > other);
}

/** The other side of a sum: a quantity or an int. */
function addend(value: CelValue | undefined): bigint {
  return typeof value === 'bigint' ? value * scale : quantityOf(value).nano;
}

export const quantityFunctions: readonly (readonly [string, CelFunction])[] = [
  ['quantity', ([text]) => read(textOf(text))],
  ['isQuantity', ([text]) => parseQuantity(textOf(text)) !== undefined],
  method('isInteger', (quantity) => isInteger(quantity)),
  method('asInteger', (quantity) => {
    if (!isInteger(quantity)) {
      throw new CelError('cannot convert value to integer');
    }
    return asInt(quantity.nano / scale);
  }),
  method('asApproximateFloat', ({ nano }) => Number(nano) / Number(scale)),
  method('sign', ({ nano }) => (nano < 0n ? -1n : BigInt(nano > 0n))),
  method('add', ({ nano }, [other]) => new CelQuantity(nano + addend(other))),
  method('sub', ({ nano }, [other]) => new CelQuantity(nano - addend(other))),
  method('isGreaterThan', (quantity, [other]) => orderOf(quantity, other) > 0),
  method('isLessThan', (quantity, [other]) => orderOf(quantity, other) < 0),
  method('compareTo', (quantity, [other]) => BigInt(orderOf(quantity, other))),
];
