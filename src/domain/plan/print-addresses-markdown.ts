import type { AddressPlan, PoolOutcome, ServiceOutcome } from '../address-plan/address-plan.ts';
import { addressSentence, isAffected, summariseAddresses } from './address-summary.ts';
import { addressesText, capacityText, poolChanges, possibleText, rangeText, usedText } from './address-texts.ts';
import { code, tableRow } from './markdown-text.ts';
import type { PlannedAddresses } from './planned-addresses.ts';
import { counted } from './plan-summary.ts';

const shownServices = 100;
const shownPools = 50;
const shownKept = 200;

function cut<T>(items: readonly T[], limit: number, print: (item: T) => string): readonly string[] {
  const more = items.length - limit;
  return [...items.slice(0, limit).map(print), ...(more > 0 ? [tableRow([`… and ${more} more`])] : [])];
}

function table(header: readonly string[], rows: readonly string[]): string {
  return [tableRow(header), tableRow(header.map(() => '---')), ...rows].join('\n');
}

const marks: { readonly [verdict in ServiceOutcome['verdict']]: string } = {
  lost: '🔴',
  moved: '🟠',
  pending: '🟡',
  gained: '🟢',
  kept: '🟠',
};

function serviceRow(outcome: ServiceOutcome): string {
  const { namespace, name, verdict, before, reason, advertised } = outcome;
  const isKept = verdict === 'kept';
  const why = [...(isKept ? [] : [reason]), ...advertised.map((change) => change.reason)];
  const now = before.length === 0 ? '—' : code(addressesText(before));
  const after = isKept ? now : code(possibleText(outcome));
  return tableRow([
    `${marks[verdict]} ${code(`${namespace}/${name}`)}`,
    now,
    after,
    why.map((line) => code(line)).join('<br>'),
  ]);
}

const severity: readonly ServiceOutcome['verdict'][] = ['lost', 'moved', 'kept', 'pending', 'gained'];

function serviceTable(plan: AddressPlan): readonly string[] {
  const wanted = plan.services
    .filter((outcome) => isAffected(outcome) || outcome.verdict === 'pending')
    .toSorted((left, right) => severity.indexOf(left.verdict) - severity.indexOf(right.verdict));
  return wanted.length === 0 ? [] : [table(['Service', 'Now', 'After', 'Why'], cut(wanted, shownServices, serviceRow))];
}

function ranges(pool: PoolOutcome, side: 'added' | 'removed'): string {
  const texts = pool[side].map((range) => code(rangeText(range)));
  return texts.length === 0 ? '—' : texts.join('<br>');
}

function poolRow(pool: PoolOutcome): string {
  const { before, after } = pool.exists;
  const change = after ? ' new' : ' deleted';
  const capacity = capacityText(pool.capacity.before, pool.capacity.after);
  return tableRow([
    `${code(pool.name)}${before === after ? '' : change}`,
    ranges(pool, 'added'),
    ranges(pool, 'removed'),
    capacity,
    usedText(pool.used),
  ]);
}

function poolTable(plan: AddressPlan): readonly string[] {
  const pools = plan.pools.filter((pool) => poolChanges(pool));
  const header = ['Pool', 'Added', 'Removed', 'Addresses', 'In use'];
  return pools.length === 0 ? [] : [table(header, cut(pools, shownPools, poolRow))];
}

function keptDetails(plan: AddressPlan): readonly string[] {
  const kept = plan.services.filter((outcome) => outcome.verdict === 'kept' && !isAffected(outcome));
  if (kept.length === 0) {
    return [];
  }
  const rows = cut(kept, shownKept, ({ namespace, name, before }) =>
    tableRow([code(`${namespace}/${name}`), code(addressesText(before))]),
  );
  const title = `${counted(kept.length, 'Service')} ${kept.length === 1 ? 'stays as it is' : 'stay as they are'}`;
  return [`<details><summary>${title}</summary>\n\n${table(['Service', 'Address'], rows)}\n\n</details>`];
}

/** What happens to the addresses of Services, for a comment: the line, who and why, the pools; what stays is folded away. */
export function addressBlocks(addresses: PlannedAddresses | undefined): readonly string[] {
  if (addresses === undefined) {
    return [];
  }
  if (addresses.state === 'unknown') {
    return [`**Addresses: not predicted**, because ${code(addresses.reason)}`];
  }
  const { plan } = addresses;
  return [
    ...(plan.refused === undefined
      ? []
      : [`**🔴 MetalLB would refuse its whole configuration after this change:** ${code(plan.refused)}`]),
    `**Addresses: ${addressSentence(summariseAddresses(plan))}.**`,
    ...serviceTable(plan),
    ...poolTable(plan),
    ...plan.notes.map((note) => `> ${code(note)}`),
    ...(plan.exact
      ? []
      : ['Some Services have more possible addresses than were followed: what is shown of them is a sample.']),
    ...keptDetails(plan),
  ];
}
