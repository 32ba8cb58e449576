import type { AddressPlan, AddressVerdict, ServiceOutcome } from '../address-plan/address-plan.ts';

/** How many Services each thing happens to; the verdicts together are all Services. */
export interface AddressSummary {
  readonly lost: number;
  /** Of `lost`: those that lose one only if MetalLB chooses so. */
  readonly mayLose: number;
  readonly moved: number;
  readonly mayMove: number;
  readonly gained: number;
  readonly pending: number;
  readonly kept: number;
  /** Of `kept`: those that fewer or other nodes or peers advertise. */
  readonly advertisedOtherwise: number;
}

function isCertain(outcome: ServiceOutcome): boolean {
  const { verdict, before, after } = outcome;
  if (verdict === 'lost') {
    return after.every((addresses) => addresses.length < before.length);
  }
  return after.every((addresses) => addresses.join(' ') !== before.join(' '));
}

function of(plan: AddressPlan, ...verdicts: readonly AddressVerdict[]): readonly ServiceOutcome[] {
  return plan.services.filter(({ verdict }) => verdicts.includes(verdict));
}

/** True where the change does something to the Service: it stays neither as it is nor without an address as before. */
export function isAffected({ verdict, advertised }: ServiceOutcome): boolean {
  return (verdict !== 'kept' && verdict !== 'pending') || advertised.length > 0;
}

export function summariseAddresses(plan: AddressPlan): AddressSummary {
  const uncertain = (verdict: AddressVerdict): number =>
    of(plan, verdict).filter((outcome) => !isCertain(outcome)).length;
  return {
    lost: of(plan, 'lost').length,
    mayLose: uncertain('lost'),
    moved: of(plan, 'moved').length,
    mayMove: uncertain('moved'),
    gained: of(plan, 'gained').length,
    pending: of(plan, 'pending').length,
    kept: of(plan, 'kept').length,
    advertisedOtherwise: of(plan, 'kept').filter(({ advertised }) => advertised.some(({ change }) => change !== 'more'))
      .length,
  };
}

/** One clause for one Service and for several, as the first of the sentence and after it. */
interface Clause {
  readonly count: number;
  readonly first: readonly [one: string, several: string];
  readonly next: readonly [one: string, several: string];
}

function clausesOf(summary: AddressSummary): readonly Clause[] {
  const { lost, mayLose, moved, mayMove, gained, pending, kept } = summary;
  return [
    {
      count: lost - mayLose,
      first: ['loses its address', 'lose their address'],
      next: ['loses its own', 'lose theirs'],
    },
    {
      count: mayLose,
      first: ['may lose its address', 'may lose their address'],
      next: ['may lose it', 'may lose theirs'],
    },
    { count: moved - mayMove, first: ['moves to another address', 'move to other addresses'], next: ['moves', 'move'] },
    {
      count: mayMove,
      first: ['may move to another address', 'may move to other addresses'],
      next: ['may move', 'may move'],
    },
    { count: gained, first: ['gets an address', 'get an address'], next: ['gets a new one', 'get a new one'] },
    {
      count: pending,
      first: ['stays without an address', 'stay without an address'],
      next: ['stays without', 'stay without'],
    },
    { count: kept, first: ['keeps its address', 'keep their addresses'], next: ['keeps its own', 'keep theirs'] },
  ];
}

/** What happens to whom, in one line: `2 Services lose their address, 1 moves, 37 keep theirs`. */
export function addressSentence(summary: AddressSummary): string {
  const clauses = clausesOf(summary).filter(({ count }) => count > 0);
  const texts = clauses.map(({ count, first, next }, index) => {
    const [one, several] = index === 0 ? first : next;
    const noun = count === 1 ? ' Service' : ' Services';
    return `${count}${index === 0 ? noun : ''} ${count === 1 ? one : several}`;
  });
  const { advertisedOtherwise: otherwise } = summary;
  const note = otherwise === 0 ? [] : [`${otherwise} of them advertised otherwise`];
  return texts.length === 0 ? 'there is no Service of type LoadBalancer' : [...texts, ...note].join(', ');
}
