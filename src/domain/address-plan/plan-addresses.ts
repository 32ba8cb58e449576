import type { AddressPlan, ServiceOutcome } from './address-plan.ts';
import type { AddressPlanInput } from './address-plan-input.ts';
import { Advertisers } from './advertised.ts';
import { type Change, changeOf, startsWithout, worksUnknown } from './contest/change.ts';
import { type Explored, explore, type Possibilities } from './contest/explore.ts';
import type { FoundContest } from './contest/build-contest.ts';
import { findContests } from './contest/find-contests.ts';
import { sample } from './contest/sample.ts';
import { EndLists } from './end-list.ts';
import { poolOutcomes } from './pool-outcome.ts';
import { serviceOutcome, untouchedOutcome } from './service-outcome.ts';

/**
 * Slots of states that are followed in one plan: up to here an outcome is exact, and beyond it `after` is a sample. Ten
 * Services that all differ and all compete stay below; of Services that are alike some three hundred do.
 */
const exploredInAll = 150_000;

/** What a change does to every Service and pool. Pure: equal inputs give equal plans. */
export function planAddresses(input: AddressPlanInput): AddressPlan {
  const change = changeOf(input);
  const fates = fatesOf(change);
  const lists = new EndLists(change.after.config);
  const advertisers = new Advertisers(change);
  const services = change.services.map((service): ServiceOutcome => {
    const { before, after, held } = service;
    const fate = fates.get(service.key);
    const outcome =
      fate === undefined && after !== undefined && held.length > 0 && held === after.held
        ? untouchedOutcome(change, after, true)
        : outcomeOf(change, service, fate ?? unmoved(held), lists);
    const advertised = before === undefined || after === undefined ? [] : advertisers.changes(outcome, before, after);
    return { ...outcome, advertised };
  });
  const notes = notesOf(change);
  const refused = newRefusal(change);
  return {
    services,
    pools: poolOutcomes(change, services),
    exact: services.every(({ exact }) => exact),
    ...(refused === undefined ? {} : { refused }),
    notes,
  };
}

function outcomeOf(
  change: Change,
  service: Change['services'][number],
  fate: Followed,
  lists: EndLists,
): ReturnType<typeof serviceOutcome> {
  return serviceOutcome(change, { service, list: lists.of(fate.possible, service.held), ...fate });
}

interface Followed {
  readonly possible: Possibilities;
  readonly exact: boolean;
}

function unmoved(held: Change['services'][number]['held']): Followed {
  const refused = held.length === 0 ? 'nothing in this change makes MetalLB look at it again' : undefined;
  return { possible: { ends: new Map(), keeps: true, more: false, taken: undefined, refused }, exact: true };
}

/** Of a controller that has no configuration: only what the API server itself empties is empty afterwards. */
function idleFates(change: Change): ReadonlyMap<string, Followed> {
  const fates = new Map<string, Followed>();
  const waits = 'the restarted controller refuses the configuration and works without any';
  for (const { key, after, held } of change.services) {
    const emptied = after?.isLoadBalancer !== true;
    if (emptied || held.length === 0) {
      const refused = emptied ? undefined : waits;
      const ends = new Map(emptied ? [['', []]] : []);
      fates.set(key, { possible: { ends, keeps: !emptied, more: false, taken: undefined, refused }, exact: true });
    }
  }
  return fates;
}

function fatesOf(change: Change): ReadonlyMap<string, Followed> {
  if (startsWithout(change)) {
    return idleFates(change);
  }
  const fates = new Map<string, Followed>();
  const problems = change.input.before.problems.length + change.input.after.problems.length;
  const readable = problems === 0 && !worksUnknown(change);
  let left = exploredInAll;
  for (const found of findContests(change).toSorted((one, other) => one.services.length - other.services.length)) {
    const { explored, spent } = follow(found, left);
    left -= spent;
    for (const [index, service] of found.services.entries()) {
      const possible = explored.possibilities[index];
      if (possible !== undefined) {
        fates.set(service.key, { possible, exact: explored.exact && !found.simplified && readable });
      }
    }
  }
  return fates;
}

function follow({ contest }: FoundContest, limit: number): { readonly explored: Explored; readonly spent: number } {
  const { explored, spent } = explore(contest, limit);
  return { explored: explored ?? sample(contest), spent };
}

function newRefusal({ before, after, reloads }: Change): string | undefined {
  return reloads && before.config.refusal === undefined ? after.config.refusal : undefined;
}

function notesOf(change: Change): readonly string[] {
  const { input, before, after, reloads } = change;
  const notes = [...input.before.problems, ...input.after.problems];
  if (startsWithout(change)) {
    notes.push(
      `MetalLB refuses this configuration, because ${after.config.refusal ?? ''}: its restarted controller works without any, leaves the addresses of Services as they are and gives none to new ones.`,
    );
  } else if (after.config.refusal !== undefined) {
    const what = reloads ? 'MetalLB will refuse this configuration' : 'MetalLB refuses the configuration as it is';
    notes.push(`${what}, because ${after.config.refusal}: it goes on with the last one it took.`);
  } else if (before.config.refusal !== undefined) {
    notes.push(
      `MetalLB refuses the present configuration, because ${before.config.refusal}: it works with an earlier one, which is not known here.`,
    );
  }
  return [...new Set(notes)];
}
