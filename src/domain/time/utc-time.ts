const msPerDay = 86_400_000;

/** Days since 1970-01-01 of a date in the proleptic Gregorian calendar. */
function dayNumber(year: number, month: number, day: number): number {
  // Years are counted from March, so that the leap day is a year's last.
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

function dateOfDay(days: number): { readonly year: number; readonly month: number; readonly day: number } {
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const leapDays = Math.floor(dayOfEra / 1460) - Math.floor(dayOfEra / 36_524) + Math.floor(dayOfEra / 146_096);
  const yearOfEra = Math.floor((dayOfEra - leapDays) / 365);
  const before = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100);
  const dayOfYear = dayOfEra - before;
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  const day = dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1;
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day };
}

function padded(value: number, width: number): string {
  return String(value).padStart(width, '0');
}

/** A time as RFC 3339 in UTC, to the second (`2026-11-21T14:30:05Z`) or with as many further digits. */
export function formatUtc(ms: number, digits = 0): string {
  const whole = Math.trunc(ms);
  const days = Math.floor(whole / msPerDay);
  const rest = whole - days * msPerDay;
  const { year, month, day } = dateOfDay(days);
  const date = [padded(year, 4), padded(month, 2), padded(day, 2)].join('-');
  const seconds = Math.floor(rest / 1000);
  const clock = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const time = clock.map((part) => padded(part, 2)).join(':');
  const fraction =
    digits === 0
      ? ''
      : `.${padded(rest % 1000, 3)
          .padEnd(digits, '0')
          .slice(0, digits)}`;
  return `${date}T${time}${fraction}Z`;
}

const rfc3339 = /^(\d{4})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):([0-5]\d):([0-5]\d)(?:\.(\d{1,9}))?Z$/u;

/** Milliseconds since 1970 of an RFC 3339 time in UTC; undefined for anything else. */
export function parseUtc(text: string): number | undefined {
  const [, ...parts] = rfc3339.exec(text) ?? [];
  const [year, month, day, hour, minute, second] = parts.slice(0, 6).map(Number);
  if (
    year === undefined ||
    month === undefined ||
    day === undefined ||
    hour === undefined ||
    minute === undefined ||
    second === undefined
  ) {
    return undefined;
  }
  const fraction = Number((parts[6] ?? '').padEnd(3, '0').slice(0, 3));
  return dayNumber(year, month, day) * msPerDay + ((hour * 60 + minute) * 60 + second) * 1000 + fraction;
}
