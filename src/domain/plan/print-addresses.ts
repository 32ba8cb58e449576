import type { AddressPlan, PoolOutcome, ServiceOutcome } from '../address-plan/address-plan.ts';
import type { Colour, Palette } from '../palette.ts';
import { addressSentence, isAffected, summariseAddresses } from './address-summary.ts';
import { addressesText, capacityText, poolChanges, possibleText, rangeText, usedText } from './address-texts.ts';
import { visible } from './format-field.ts';
import type { PlannedAddresses } from './planned-addresses.ts';

/** Services that are listed unless all are asked for; a longer list is cut, not the sentence above it. */
const listedServices = 100;
const widestColumn = 44;

interface Row {
  readonly sign: string;
  readonly colour: Colour;
  readonly service: string;
  readonly what: string;
  readonly why: readonly string[];
}

const looks: { readonly [verdict in ServiceOutcome['verdict']]: readonly [sign: string, colour: Colour] } = {
  lost: ['-', 'red'],
  moved: ['~', 'yellow'],
  gained: ['+', 'green'],
  pending: ['!', 'yellow'],
  kept: ['=', 'grey'],
};

function whatOf(outcome: ServiceOutcome): string {
  const { verdict, before, advertised } = outcome;
  if (verdict === 'kept') {
    return `${addressesText(before)}${advertised.length > 0 ? ' stays' : ''}`;
  }
  return verdict === 'pending' ? 'none' : `${addressesText(before)} → ${possibleText(outcome)}`;
}

function rowOf(outcome: ServiceOutcome): Row {
  const isCalm = outcome.verdict === 'kept' && outcome.advertised.length === 0;
  const [sign, colour]: readonly [string, Colour] =
    outcome.verdict === 'kept' && !isCalm ? ['~', 'yellow'] : looks[outcome.verdict];
  return {
    sign,
    colour,
    service: visible(`${outcome.namespace}/${outcome.name}`),
    what: visible(whatOf(outcome)),
    why: [...(outcome.verdict === 'kept' ? [] : [outcome.reason]), ...outcome.advertised.map(({ reason }) => reason)],
  };
}

function columnWidth(texts: readonly string[]): number {
  return Math.min(widestColumn, Math.max(0, ...texts.map((text) => text.length)));
}

function rowLines(rows: readonly Row[], paint: Palette): readonly string[] {
  const width = columnWidth(rows.map(({ service }) => service));
  return rows.flatMap(({ sign, colour, service, what, why }) => [
    `  ${paint(colour, sign)} ${service.padEnd(width)}  ${what}`,
    ...why.map((line) => paint('grey', `      ${visible(line)}`)),
  ]);
}

/** The worst first; within one kind by name, as they come. */
const severity: readonly ServiceOutcome['verdict'][] = ['lost', 'moved', 'pending', 'gained', 'kept'];

function serviceLines(plan: AddressPlan, paint: Palette, all: boolean): readonly string[] {
  const wanted = all ? plan.services : plan.services.filter((one) => isAffected(one) || one.verdict === 'pending');
  const sorted = wanted.toSorted((left, right) => severity.indexOf(left.verdict) - severity.indexOf(right.verdict));
  const shown = all ? sorted : sorted.slice(0, listedServices);
  const more = sorted.length - shown.length;
  const note = more === 0 ? [] : [`  … and ${more} more: -v lists them all.`];
  return [...rowLines(shown.map(rowOf), paint), ...note];
}

function poolSign({ exists, added, removed }: PoolOutcome): readonly [sign: string, colour: Colour] {
  if (exists.before !== exists.after) {
    return exists.after ? ['+', 'green'] : ['-', 'red'];
  }
  return added.length + removed.length > 0 ? ['~', 'yellow'] : ['=', 'grey'];
}

function poolLines(plan: AddressPlan, paint: Palette, all: boolean): readonly string[] {
  const pools = all ? plan.pools : plan.pools.filter((pool) => poolChanges(pool));
  const width = columnWidth(pools.map(({ name }) => visible(name)));
  const lines = pools.flatMap((pool) => {
    const [sign, colour] = poolSign(pool);
    const facts = `${capacityText(pool.capacity.before, pool.capacity.after)}, in use ${usedText(pool.used)}`;
    return [
      `  ${paint(colour, sign)} ${visible(pool.name).padEnd(width)}  ${facts}`,
      ...pool.removed.map((range) => `      ${paint('red', '-')} ${rangeText(range)}`),
      ...pool.added.map((range) => `      ${paint('green', '+')} ${rangeText(range)}`),
    ];
  });
  return lines.length === 0 ? [] : [paint('bold', 'Pools'), ...lines];
}

/** True where there is something to say about addresses beside that all stay. */
export function tellsOfAddresses(addresses: PlannedAddresses): boolean {
  if (addresses.state === 'unknown') {
    return true;
  }
  const { services, pools, notes } = addresses.plan;
  const stirred = services.some((one) => isAffected(one) || one.verdict === 'pending');
  return stirred || notes.length > 0 || pools.some((pool) => poolChanges(pool));
}

/** What happens to the addresses of Services, for a terminal: in one line, then who and why, then the pools. */
export function printAddresses(addresses: PlannedAddresses, paint: Palette, all: boolean): readonly string[] {
  if (addresses.state === 'unknown') {
    return [paint('bold', `Addresses: not predicted, because ${visible(addresses.reason)}`), ''];
  }
  const { plan } = addresses;
  const inexact = plan.exact
    ? []
    : ['  Some Services have more possible addresses than were followed: what is shown of them is a sample.'];
  const refused =
    plan.refused === undefined
      ? []
      : [
          paint('red', `MetalLB would refuse its whole configuration after this change: ${visible(plan.refused)}.`),
          'It would go on with what it has, and nothing of this would come into force. A sync stops before its first write.',
          '',
        ];
  return [
    ...refused,
    paint('bold', `Addresses: ${addressSentence(summariseAddresses(plan))}.`),
    ...serviceLines(plan, paint, all),
    ...poolLines(plan, paint, all),
    ...plan.notes.map((note) => `  ${paint('yellow', '!')} ${visible(note)}`),
    ...inexact,
    '',
  ];
}
