import type { Converged } from '../../allocation/converge.ts';
import type { Contest } from './contest.ts';
import { addReasons, type Explored, type Possibilities, possibilitiesByClass, settle } from './explore.ts';
import { Simulation } from './simulation.ts';

/** Looks at Services in all runs together. */
const looksInAll = 4_000;
const mostRuns = 16;
/** Passes after which a run ends, though Services still take addresses from one another. */
const mostPasses = 20;

/** Follows some of the possible ways only. Equal contests are sampled alike. */
export function sample(contest: Contest): Explored {
  const of = possibilitiesByClass(contest);
  const count = contest.contenders.length;
  const runs = Math.max(2, Math.min(mostRuns, Math.floor(looksInAll / Math.max(count, 1))));
  for (let run = 0; run < runs; run += 1) {
    const draw = drawing(run);
    const simulation = new Simulation(contest);
    runThrough(simulation, { draw, stepwise: run % 2 === 1, of, contest });
    settle(simulation, contest, of);
  }
  return { possibilities: contest.contenders.map((_, index) => of(index)), exact: false };
}

interface Run {
  readonly contest: Contest;
  readonly draw: (count: number) => number;
  /** Every write is taken by itself; else as many as can be are taken at once. */
  readonly stepwise: boolean;
  readonly of: (index: number) => Possibilities;
}

/** A fixed sequence of numbers that looks drawn (a linear congruential generator, high bits first). */
function drawing(seed: number): (count: number) => number {
  let state = (seed * 2_654_435_761 + 12_345) % 4_294_967_296;
  return (count) => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return Math.floor((state / 4_294_967_296) * count);
  };
}

function runThrough(simulation: Simulation, run: Run): void {
  for (let writes = simulation.nextWrites(); writes.length > 0; writes = simulation.nextWrites()) {
    simulation.write(writes[run.draw(writes.length)] ?? 0);
    if (run.stepwise) {
      settleDown(simulation, run);
    }
  }
  settleDown(simulation, run);
}

function settleDown(simulation: Simulation, run: Run): void {
  if (simulation.canLoad()) {
    simulation.load();
  }
  for (let pass = 0; pass < mostPasses; pass += 1) {
    simulation.begin();
    const order = simulation.passOrder(run.draw);
    if (order.length === 0) {
      return;
    }
    lookAtAll(simulation, order, run);
  }
}

/** Where a Service was refused, those alike are refused too until something becomes free. */
function lookAtAll(simulation: Simulation, order: readonly number[], run: Run): void {
  const refused = new Map<string, Converged>();
  for (const index of order) {
    const alike = run.contest.contenders[index]?.alike ?? '';
    const before = simulation.held(index);
    const known = before.length === 0 ? refused.get(alike) : undefined;
    const look = known ?? simulation.looks(index, run.draw)[0];
    if (look === undefined) {
      continue;
    }
    simulation.look(index, look);
    if (known === undefined) {
      addReasons(run.of(index), look);
    }
    if (before.length > 0 && look.taken !== undefined) {
      refused.clear();
    }
    if (look.addresses.length === 0) {
      refused.set(alike, look);
    }
  }
}
