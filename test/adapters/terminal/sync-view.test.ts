import { describe, expect, it } from 'vitest';
import { jsonLinesView, liveView, plainView } from '../../../src/adapters/terminal/sync-view.ts';
import type { RunEvent } from '../../../src/domain/report/run-event.ts';
import { manualClock } from '../../engine/manual-clock.ts';

const id = { group: 'apps', kind: 'DaemonSet', namespace: 'metallb-system', name: 'speaker' };
const health = { status: 'InProgress', message: '1 of 3 ready' } as const;

function run(at: number): readonly RunEvent[] {
  return [
    {
      at,
      type: 'run-started',
      environment: 'dev',
      revision: '0123456789abcdef0123456789abcdef01234567+dirty',
      planHash: 'sha256:0',
      toCreate: 1,
      toUpdate: 0,
      unchanged: 1,
    },
    { at, type: 'wave-started', wave: 10, name: 'metallb', objects: 2 },
    { at, type: 'step-started', wave: 10, step: 'speaker', objects: 2 },
    { at, type: 'object-applied', step: 'speaker', id, result: 'created' },
    { at, type: 'object-applied', step: 'speaker', id, result: 'unchanged' },
    { at, type: 'step-waiting', wave: 10, step: 'speaker', waiting: [{ id, since: at, health, evidence: [] }] },
    {
      at: at + 3_000,
      type: 'step-waiting',
      wave: 10,
      step: 'speaker',
      waiting: [{ id, since: at, health, evidence: ['pod speaker-x: ImagePullBackOff'] }],
    },
    { at: at + 4_000, type: 'step-healthy', wave: 10, step: 'speaker', durationMs: 4_000 },
    { at: at + 4_000, type: 'wave-healthy', wave: 10, name: 'metallb', durationMs: 4_000 },
    { at: at + 4_000, type: 'run-finished', outcome: 'healthy', applied: 1, durationMs: 4_100, failure: undefined },
  ];
}

function written(
  view: (write: (text: string) => void) => { show: (event: RunEvent) => void; close: () => void },
): string {
  let text = '';
  const shown = view((more) => {
    text += more;
  });
  for (const event of run(1_000_000)) {
    shown.show(event);
  }
  shown.close();
  return text;
}

describe('following a sync', () => {
  it('reads as a log where nothing is redrawn, and is silent about short waits', () => {
    const text = written((write) => plainView({ write, colour: false, columns: 80, clock: manualClock() }));
    expect(text).toBe(
      [
        'Sync of dev at 0123456789ab+dirty: 1 to add, 0 to change, 1 unchanged.',
        '',
        'Wave 10 metallb (2 objects)',
        '  speaker: waiting for',
        '    DaemonSet metallb-system/speaker: 1 of 3 ready (for 3.0 s)',
        '      pod speaker-x: ImagePullBackOff',
        '  ✓ speaker         1 created, 1 unchanged   healthy (4.0 s)',
        '  wave 10 is healthy (4.0 s)',
        '',
        'Sync complete: everything is applied and healthy (1 object written, 4.1 s).',
        '',
      ].join('\n'),
    );
  });

  it('says of a refused sync that nothing was written, and no number beside it', () => {
    let text = '';
    const view = plainView({ write: (more) => (text += more), colour: false, columns: 80, clock: manualClock() });
    view.show({ at: 0, type: 'run-finished', outcome: 'refused', applied: 0, durationMs: 200, failure: undefined });
    view.close();
    expect(text).toBe('\nSync refused: nothing was written (0.2 s).\n');
  });

  it('gives machines every event as a line of JSON', () => {
    const lines = written((write) => jsonLinesView(write))
      .trimEnd()
      .split('\n');
    expect(lines.map((line) => (JSON.parse(line) as RunEvent).type)).toEqual(run(0).map((event) => event.type));
  });

  it('redraws the step at work in place and leaves only lasting lines behind', () => {
    const text = written((write) => liveView({ write, colour: false, columns: 60, clock: manualClock() }));
    const up = new RegExp(`${String.fromCodePoint(27)}\\[(\\d+)A`, 'gu');
    expect([...text.matchAll(up)].length).toBeGreaterThan(0);
    const screen: string[] = [];
    for (const line of text.split('\n')) {
      const moved = up.exec(line);
      up.lastIndex = 0;
      if (moved !== null) {
        screen.splice(screen.length - Number(moved[1]));
      }
      screen.push(line.replaceAll(new RegExp(`${String.fromCodePoint(27)}\\[\\w+`, 'gu'), ''));
    }
    expect(screen.join('\n')).not.toContain('waiting for health');
    expect(screen.join('\n')).toContain('✓ speaker');
  });
});
