import { readCoreScalar, readPlainScalar } from './plain-scalar.ts';
import type { PlainScalar } from './plain-scalar.ts';

/** Why an unquoted scalar should be written otherwise: what is the matter and the spelling that leaves no doubt. */
export interface ScalarDoubt {
  readonly code: 'yaml-ambiguous-scalar' | 'yaml-number-range';
  readonly message: string;
  readonly remedy: string;
}

function sameReading(left: PlainScalar, right: PlainScalar): boolean {
  if (left.kind === 'boolean' && right.kind === 'boolean') {
    return left.value === right.value;
  }
  if (left.kind === 'number' && right.kind === 'number') {
    return left.value === right.value || (Number.isNaN(left.value) && Number.isNaN(right.value));
  }
  return left.kind === right.kind;
}

function describe(reading: PlainScalar): string {
  switch (reading.kind) {
    case 'null':
      return 'null';
    case 'boolean':
      return String(reading.value);
    case 'number':
      return `the number ${String(reading.value)}`;
    case 'text':
      return 'text';
  }
}

/** The spelling of a reading that every parser takes alike. */
function plainSpelling(reading: PlainScalar, scalar: string): string {
  return reading.kind === 'boolean' || reading.kind === 'number' ? String(reading.value) : JSON.stringify(scalar);
}

/** The doubt about an unquoted scalar, or undefined where every reader takes it alike and JSON can hold it. */
export function scalarDoubt(scalar: string): ScalarDoubt | undefined {
  const reading = readPlainScalar(scalar);
  const quoted = JSON.stringify(scalar);
  if (reading.kind === 'number' && !Number.isFinite(reading.value)) {
    return {
      code: 'yaml-number-range',
      message: `\`${scalar}\` is not a number that JSON, and so Kubernetes, can hold.`,
      remedy: `Write a finite number, or ${quoted} in quotes where text is meant.`,
    };
  }
  if (reading.kind === 'number' && !reading.exact) {
    return {
      code: 'yaml-number-range',
      message: `The number \`${scalar}\` has more digits than can be kept: it would become ${String(reading.value)}.`,
      remedy: `Write ${quoted} in quotes where text is meant, or a number of at most 15 digits.`,
    };
  }
  const elsewhere = readCoreScalar(scalar);
  if (sameReading(reading, elsewhere)) {
    return undefined;
  }
  const spelling = plainSpelling(reading, scalar);
  return {
    code: 'yaml-ambiguous-scalar',
    message: `Without quotes Kubernetes reads \`${scalar}\` as ${describe(reading)}, readers of YAML 1.2 as ${describe(elsewhere)}.`,
    remedy:
      spelling === quoted
        ? `Write ${quoted} in quotes.`
        : `Write ${spelling} where that is meant, or ${quoted} in quotes where text is meant.`,
  };
}
