import type { Violation } from '../crd/violation.ts';
import type { Json } from '../json.ts';
import { invalidValue } from './field-errors.ts';

const highestPort = 65_535;
const longestName = 15;

export const protocols: readonly string[] = ['SCTP', 'TCP', 'UDP'];

export function portNumber(field: string, value: number): readonly Violation[] {
  return value >= 1 && value <= highestPort
    ? []
    : [invalidValue(field, value, `must be between 1 and ${highestPort}, inclusive`)];
}

/** Names of ports as pods give them (RFC 6335 section 5.1). */
export function portName(field: string, name: string): readonly Violation[] {
  const rules = [
    ...(name.length > longestName ? [`must be no more than ${longestName} characters`] : []),
    ...(/^[-a-z0-9]+$/u.test(name) ? [] : ['must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)']),
    ...(/[a-z]/u.test(name) ? [] : ['must contain at least one letter (a-z)']),
    ...(name.includes('--') ? ['must not contain consecutive hyphens'] : []),
    ...(/^-|-$/u.test(name) ? ['must not begin or end with a hyphen'] : []),
  ];
  return rules.map((rule) => invalidValue(field, name, rule));
}

export function portNumberOrName(field: string, value: Json | undefined): readonly Violation[] {
  return typeof value === 'string' ? portName(field, value) : portNumber(field, typeof value === 'number' ? value : 0);
}
