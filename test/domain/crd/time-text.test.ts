import { assert, integer, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keptTime, timeMistake } from '../../../src/domain/crd/time-text.ts';

function two(number: number): string {
  return String(number).padStart(2, '0');
}

function zoneText(minutes: number): string {
  const sign = minutes < 0 ? '-' : '+';
  return `${sign}${two(Math.floor(Math.abs(minutes) / 60))}:${two(Math.abs(minutes) % 60)}`;
}

describe('times of the API', () => {
  it('are kept in UTC and to the second, as the calendar of Date has them', () => {
    const moments = integer({ min: Date.UTC(1990, 0, 2), max: Date.UTC(2110, 0, 1) });
    assert(
      property(moments, integer({ min: -720, max: 840 }), (moment, zone) => {
        const local = new Date(moment + zone * 60_000).toISOString().slice(0, 23);
        const text = `${local}${zoneText(zone)}`;
        expect(timeMistake(text, 'startTime')).toBeUndefined();
        const utc = new Date(moment).toISOString();
        expect(keptTime(text, 'startTime')).toBe(`${utc.slice(0, 19)}Z`);
        expect(keptTime(text, 'renewTime')).toBe(`${utc.slice(0, 23)}000Z`);
      }),
    );
  });

  it.each([
    ['2023-02-29T10:00:00Z', 'day'],
    ['2023-00-01T10:00:00Z', 'month'],
    ['2023-12-01T24:00:00Z', 'hour'],
    ['2023-12-01T23:60:00Z', 'minute'],
    ['2023-12-01T23:59:60Z', 'second'],
    ['2100-02-29T00:00:00Z', 'day'],
  ])('are refused where no calendar has them: %s', (text, part) => {
    expect(timeMistake(text, 'startTime')).toBe(`parsing time "${text}": ${part} out of range`);
  });
});
