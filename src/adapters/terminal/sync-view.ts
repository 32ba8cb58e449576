import type { RunEvent } from '../../domain/report/run-event.ts';
import type { Clock } from '../../ports/clock.ts';
import { plainPalette, type Palette } from '../../domain/palette.ts';
import { ansiPalette } from './palette.ts';
import { emptyTally, isProgress, linesOf, waitingLines, type StepTally } from './sync-lines.ts';

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

/** What the live view redraws: the step at work, how far it is, and what it waits for. */
interface AtWork {
  readonly name: string;
  readonly objects: number;
  readonly applied: number;
  readonly waiting: readonly string[];
}

const idle: AtWork = { name: '', objects: 0, applied: 0, waiting: [] };

const ends: ReadonlySet<RunEvent['type']> = new Set(['prune-finished', 'step-healthy', 'wave-stopped', 'run-finished']);

function atWorkAfter(at: AtWork, event: RunEvent): AtWork {
  if (event.type === 'step-started' || event.type === 'prune-started') {
    const name = event.type === 'step-started' ? event.step : 'prune';
    return { name, objects: event.objects, applied: 0, waiting: [] };
  }
  if (event.type === 'object-applied' || event.type === 'object-pruned') {
    return { ...at, applied: at.applied + 1 };
  }
  if (event.type === 'step-waiting' || event.type === 'prune-waiting') {
    return { ...at, waiting: waitingLines(event.waiting, event.at, waitingShown) };
  }
  return ends.has(event.type) ? idle : at;
}

function drawnLines(at: AtWork, columns: number, paint: Palette): readonly string[] {
  const applying = at.name === 'prune' ? 'deleting' : 'applying';
  const state = at.applied < at.objects ? applying : 'waiting for health';
  const head = `    ${at.name.padEnd(15)} ${at.applied}/${at.objects} ${state}`;
  const [first = '', ...rest] = [head, ...at.waiting].map((line) => line.slice(0, columns - 1));
  return [paint('cyan', first), ...rest];
}

/** On a terminal: finished steps stay, the step at work is redrawn in place with its counts and what it waits for. */
export function liveView(screen: Screen): SyncView {
  const paint = screen.colour ? ansiPalette : plainPalette;
  let drawn = 0;
  let lastDraw = 0;
  let tally = emptyTally;
  let at = idle;

  function erase(): void {
    if (drawn > 0) {
      screen.write(`\u001B[${drawn}A\u001B[J`);
      drawn = 0;
    }
  }
  function draw(force: boolean): void {
    const now = screen.clock.monotonic();
    if (at.name === '' || (!force && now - lastDraw < redrawEveryMs)) {
      return;
    }
    lastDraw = now;
    erase();
    const lines = drawnLines(at, screen.columns, paint);
    screen.write(`${lines.join('\n')}\n`);
    drawn = lines.length;
  }
  return {
    show: (event) => {
      tally = tallied(tally, event);
      at = atWorkAfter(at, event);
      if (isProgress(event)) {
        draw(event.type !== 'object-applied');
        return;
      }
      erase();
      for (const line of linesOf(event, tally, paint)) {
        screen.write(`${line}\n`);
      }
      draw(true);
    },
    close: erase,
  };
}
