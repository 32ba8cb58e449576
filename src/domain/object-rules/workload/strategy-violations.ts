import type { Violation } from '../../crd/violation.ts';
import { isJsonObject, textAt, valueAt } from '../../json.ts';
import type { Json } from '../../json.ts';
import { forbidden, invalidValue, notSupported, required } from '../field-errors.ts';
import { nonNegative } from '../pod/probe-violations.ts';

const percentRule =
  "a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')";
const whole = 100;

/** A count, or a share as `25%`. */
export function countOrPercent(field: string, value: Json | undefined): readonly Violation[] {
  if (typeof value === 'string') {
    return /^[0-9]+%$/u.test(value) ? [] : [invalidValue(field, value, percentRule)];
  }
  return nonNegative(field, typeof value === 'number' ? value : undefined);
}

function notOverWhole(field: string, value: Json | undefined): readonly Violation[] {
  return amountOf(value) > whole && typeof value === 'string' && value.endsWith('%')
    ? [invalidValue(field, value, 'must not be greater than 100%')]
    : [];
}

function amountOf(value: Json | undefined): number {
  if (typeof value === 'string') {
    return /^[0-9]+%$/u.test(value) ? Number(value.slice(0, -1)) : 0;
  }
  return typeof value === 'number' ? value : 0;
}

export function deploymentStrategy(strategy: Json | undefined): readonly Violation[] {
  const type = textAt(strategy, 'type') ?? '';
  const rolling = valueAt(strategy, 'rollingUpdate');
  const field = 'spec.strategy';
  if (type === 'Recreate') {
    const rule = "may not be specified when strategy `type` is 'Recreate'";
    return rolling === undefined ? [] : [forbidden(`${field}.rollingUpdate`, rule)];
  }
  if (type !== 'RollingUpdate') {
    const shown = { Type: type, RollingUpdate: null };
    return [notSupported(field, shown, ['Recreate', 'RollingUpdate'])];
  }
  const unavailable = valueAt(rolling, 'maxUnavailable');
  const surge = valueAt(rolling, 'maxSurge');
  const at = `${field}.rollingUpdate`;
  const isStuck = amountOf(unavailable) === 0 && amountOf(surge) === 0;
  return [
    ...countOrPercent(`${at}.maxUnavailable`, unavailable),
    ...countOrPercent(`${at}.maxSurge`, surge),
    ...(isStuck ? [invalidValue(`${at}.maxUnavailable`, unavailable, 'may not be 0 when `maxSurge` is 0')] : []),
    ...notOverWhole(`${at}.maxUnavailable`, unavailable),
  ];
}

export function updateStrategy(strategy: Json | undefined): readonly Violation[] {
  const type = textAt(strategy, 'type') ?? '';
  const rolling = valueAt(strategy, 'rollingUpdate');
  const field = 'spec.updateStrategy';
  if (type === 'OnDelete') {
    return [];
  }
  if (type !== 'RollingUpdate') {
    return [notSupported(field, { Type: type, RollingUpdate: null }, ['RollingUpdate', 'OnDelete'])];
  }
  const at = `${field}.rollingUpdate`;
  return isJsonObject(rolling) ? rollingDaemons(at, rolling['maxUnavailable'], rolling['maxSurge']) : [required(at)];
}

function rollingDaemons(field: string, unavailable: Json | undefined, surge: Json | undefined): readonly Violation[] {
  const found = [
    ...countOrPercent(`${field}.maxUnavailable`, unavailable),
    ...countOrPercent(`${field}.maxSurge`, surge),
  ];
  const isBoth = amountOf(unavailable) > 0 && amountOf(surge) > 0;
  const isNone = amountOf(unavailable) === 0 && amountOf(surge) === 0;
  return [
    ...found,
    ...(isBoth ? [invalidValue(`${field}.maxSurge`, surge, 'may not be set when maxUnavailable is non-zero')] : []),
    ...(isNone && found.length === 0 ? [required(`${field}.maxUnavailable`, 'cannot be 0 when maxSurge is 0')] : []),
    ...notOverWhole(`${field}.maxUnavailable`, unavailable),
    ...notOverWhole(`${field}.maxSurge`, surge),
  ];
}
