import type { IpAddress } from '../../address/ip-address.ts';
import type { Converged } from '../../allocation/converge.ts';
import { textOf } from '../address-texts.ts';
import type { Contest } from './contest.ts';
import { Simulation } from './simulation.ts';

/** Possible sets of addresses that are kept for one Service; to have none is always among them where it is possible. */
const mostEnds = 64;

/** What may become of one Service. */
export interface Possibilities {
  /** Every possible set of addresses but the one it holds, by its text. */
  readonly ends: Map<string, readonly IpAddress[]>;
  /** It may end with just what it holds, whatever that is. */
  keeps: boolean;
  /** There are more than `mostEnds`, and these are a sample. */
  more: boolean;
  /** The first reasons met, as ends of a sentence. */
  taken: string | undefined;
  refused: string | undefined;
}

/** The possibilities of each contender, and whether they are all. */
export interface Explored {
  readonly possibilities: readonly Possibilities[];
  readonly exact: boolean;
}

function noPossibilities(): Possibilities {
  return { ends: new Map(), keeps: false, more: false, taken: undefined, refused: undefined };
}

/** Notes one end of a Service. */
function addEnd(into: Possibilities, addresses: readonly IpAddress[]): void {
  const text = textOf(addresses);
  if (into.ends.size < mostEnds || into.ends.has(text) || text === '') {
    into.ends.set(text, addresses);
  } else {
    into.more = true;
  }
}

/** Notes why a look at a Service ended as it did; the first reasons stay. */
export function addReasons(into: Possibilities, look: Converged): void {
  into.taken ??= look.taken;
  into.refused ??= look.refused;
}

/**
 * Follows every order in which the controller may take the writes and look at the Services, and every draw. Services that
 * are alike count as one, and ways that come to the same are followed once. Gives up, with undefined, when more than
 * `limit` slots of states are needed.
 */
export function explore(
  contest: Contest,
  limit: number,
): { readonly explored: Explored | undefined; readonly spent: number } {
  // Every Service is looked at once at least, and each look copies all slots.
  if (contest.contenders.length ** 2 > limit) {
    return { explored: undefined, spent: 0 };
  }
  const of = possibilitiesByClass(contest);
  const start = new Simulation(contest);
  const seen = new Set([start.text()]);
  const open = [start];
  let exact = true;
  let spent = 0;
  for (let state = open.pop(); state !== undefined; state = open.pop()) {
    if (state.isDone()) {
      exact = settle(state, contest, of) && exact;
      continue;
    }
    for (const next of successors(contest, state, of)) {
      spent += contest.contenders.length;
      if (spent > limit) {
        return { explored: undefined, spent };
      }
      const text = next.text();
      if (!seen.has(text)) {
        seen.add(text);
        open.push(next);
      }
    }
  }
  const explored = { possibilities: contest.contenders.map((_, index) => of(index)), exact };
  return { explored, spent };
}

/** One place for all Services that are alike. */
export function possibilitiesByClass(contest: Contest): (index: number) => Possibilities {
  const classes = new Map<string, Possibilities>(contest.contenders.map(({ alike }) => [alike, noPossibilities()]));
  return (index) => {
    const found = classes.get(contest.contenders[index]?.alike ?? '');
    if (found === undefined) {
      throw new Error('bug: a contender without class');
    }
    return found;
  };
}

function* successors(
  contest: Contest,
  state: Simulation,
  of: (index: number) => Possibilities,
): Generator<Simulation, void, undefined> {
  for (const bit of state.nextWrites()) {
    if (contest.writes[bit]?.kind === 'service') {
      const next = state.copy();
      next.write(bit);
      yield next;
    }
  }
  for (const written of state.nextLoads()) {
    const next = state.copy();
    next.load(written);
    yield next;
  }
  const begun = state.canBegin() ? state.copy() : state;
  if (begun !== state) {
    begun.begin();
    // A pass over no Services is over at once.
    yield begun;
  }
  for (const index of begun.distinct(begun.nextServices())) {
    for (const look of begun.looks(index)) {
      addReasons(of(index), look);
      const next = begun.copy();
      next.look(index, look);
      yield next;
    }
  }
}

/** Notes the ends. A Service whose address the controller changes at every look, without end, has more than one. */
export function settle(state: Simulation, contest: Contest, of: (index: number) => Possibilities): boolean {
  let steady = true;
  contest.contenders.forEach((contender, index) => {
    if (sameTexts(state.held(index), contender.held)) {
      of(index).keeps = true;
    } else {
      addEnd(of(index), state.held(index));
    }
    if (contender.after?.policy === 'PreferDualStack' && contender.after.clusterFamilies.length === 1) {
      steady = turns(state, index, of(index)) && steady;
    }
  });
  return steady;
}

const longestTurn = 4;

function turns(state: Simulation, index: number, into: Possibilities): boolean {
  const turning = state.copy();
  for (let turn = 0; turn < longestTurn; turn += 1) {
    const before = turning.held(index);
    const [look] = turning.looks(index);
    if (look === undefined || sameTexts(look.addresses, before)) {
      return true;
    }
    turning.look(index, look);
    addEnd(into, look.addresses);
  }
  return false;
}

function sameTexts(left: readonly IpAddress[], right: readonly IpAddress[]): boolean {
  return left === right || textOf(left) === textOf(right);
}
