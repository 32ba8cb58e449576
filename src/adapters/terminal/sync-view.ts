import type { RunEvent } from '../../domain/report/run-event.ts';
import type { Clock } from '../../ports/clock.ts';
import { plainPalette } from '../../domain/palette.ts';
import { ansiPalette } from './palette.ts';
import { emptyTally, linesOf, waitingLines, type StepTally } from './sync-lines.ts';

/** Follows a run; `close` leaves the terminal as a shell expects it. */
export interface SyncView {
  readonly show: (event: RunEvent) => void;
  readonly close: () => void;
}

/** Shorter waits are no news in a log. */
const patienceMs = 2_000;
const redrawEveryMs = 120;
const repeatWaitingMs = 5_000;
const waitingShown = 5;

interface Screen {
  readonly write: (text: string) => void;
  readonly colour: boolean;
  readonly columns: number;
  readonly clock: Clock;
}

function tallied(tally: StepTally, event: RunEvent): StepTally {
  if (event.type === 'step-started') {
    return emptyTally;
  }
  return event.type === 'object-applied' ? { ...tally, [event.result]: tally[event.result] + 1 } : tally;
}

/** JSON lines, one event each, for machines. */
export function jsonLinesView(write: (text: string) => void): SyncView {
  return {
    show: (event) => {
      write(`${JSON.stringify(event)}\n`);
    },
    close: () => undefined,
  };
}

/** Plain lines for logs and pipes. What a gate waits for is said when it changes, and again every five seconds. */
export function plainView(screen: Screen): SyncView {
  const paint = screen.colour ? ansiPalette : plainPalette;
  let lastWaiting = '';
  let lastAt = 0;
  let tally = emptyTally;
  return {
    show: (event) => {
      tally = tallied(tally, event);
      if (event.type === 'step-waiting' || event.type === 'prune-waiting') {
        const place = event.type === 'step-waiting' ? event.step : 'prune';
        if (event.waiting.every((one) => event.at - one.since < patienceMs)) {
          return;
        }
        const names = event.waiting.map((one) => `${one.id.name} ${one.health.message}`).join();
        if (names !== lastWaiting || event.at - lastAt >= repeatWaitingMs) {
          lastWaiting = names;
          lastAt = event.at;
          const lines = waitingLines(event.waiting, event.at, waitingShown);
          screen.write(`  ${place}: waiting for\n${lines.join('\n')}\n`);
        }
        return;
      }
      for (const line of linesOf(event, tally, paint)) {
        screen.write(`${line}\n`);
      }
    },
    close: () => undefined,
  };
}

/** On a terminal: finished steps stay, the step at work is redrawn in place with its counts and what it waits for. */
export function liveView(screen: Screen): SyncView {
  const paint = screen.colour ? ansiPalette : plainPalette;
  let drawn = 0;
  let lastDraw = 0;
  let step = { name: '', objects: 0, applied: 0 };
  let tally = emptyTally;
  let waiting: readonly string[] = [];

  function erase(): void {
    if (drawn > 0) {
      screen.write(`\u001B[${drawn}A\u001B[J`);
      drawn = 0;
    }
  }
  function draw(force: boolean): void {
    const now = screen.clock.monotonic();
    if (step.name === '' || (!force && now - lastDraw < redrawEveryMs)) {
      return;
    }
    lastDraw = now;
    erase();
    const applying = step.name === 'prune' ? 'deleting' : 'applying';
    const state = step.applied < step.objects ? applying : 'waiting for health';
    const head = `    ${step.name.padEnd(15)} ${step.applied}/${step.objects} ${state}`;
    const lines = [head, ...waiting].map((line) => line.slice(0, screen.columns - 1));
    lines[0] = paint('cyan', lines[0] ?? '');
    screen.write(`${lines.join('\n')}\n`);
    drawn = lines.length;
  }
  function follow(event: RunEvent): boolean {
    if (event.type === 'step-started') {
      step = { name: event.step, objects: event.objects, applied: 0 };
      waiting = [];
    } else if (event.type === 'object-applied') {
      step = { ...step, applied: step.applied + 1 };
    } else if (event.type === 'step-waiting' || event.type === 'prune-waiting') {
      waiting = waitingLines(event.waiting, event.at, waitingShown);
    } else {
      return false;
    }
    return true;
  }
  return {
    show: (event) => {
      tally = tallied(tally, event);
      if (follow(event)) {
        draw(event.type !== 'object-applied');
        return;
      }
      erase();
      if (event.type === 'prune-started') {
        step = { name: 'prune', objects: event.objects, applied: 0 };
        waiting = [];
      } else if (event.type === 'object-pruned') {
        step = { ...step, applied: step.applied + 1 };
      } else if (
        event.type === 'prune-finished' ||
        event.type === 'step-healthy' ||
        event.type === 'wave-stopped' ||
        event.type === 'run-finished'
      ) {
        step = { name: '', objects: 0, applied: 0 };
      }
      for (const line of linesOf(event, tally, paint)) {
        screen.write(`${line}\n`);
      }
      draw(true);
    },
    close: erase,
  };
}
