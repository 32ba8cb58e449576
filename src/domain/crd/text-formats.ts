import { parseAddress } from '../address/parse-address.ts';
import { parseDuration, parseTimestamp } from '../cel/time.ts';

const uuid = /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/iu;
const label = '[a-zA-Z0-9]([-a-zA-Z0-9]{0,61}[a-zA-Z0-9])?';

function isIp(family: 'ipv4' | 'ipv6', text: string): boolean {
  const address = parseAddress(text);
  return address.ok && address.value.family === family;
}

function isCidr(text: string): boolean {
  const [, first = '', digits = ''] = /^([^/]+)\/(\d{1,3})$/u.exec(text) ?? [];
  return (isIp('ipv4', first) && Number(digits) <= 32) || (isIp('ipv6', first) && Number(digits) <= 128);
}

/** Durations of Go, and those in words such as `3 days`. */
function isDuration(text: string): boolean {
  const words =
    /^\d+(?:\.\d+)? ?(?:ns|nanos?|us|µs|micros?|ms|millis?|s|secs?|seconds?|m|mins?|minutes?|h|hours?|hrs?|d|days?|w|weeks?|wks?)$/iu;
  return parseDuration(text) !== undefined || words.test(text.trim());
}

/** The formats that the API server checks; it takes every text for any other. */
const formats: { readonly [format: string]: (text: string) => boolean } = {
  ipv4: (text) => isIp('ipv4', text),
  ipv6: (text) => isIp('ipv6', text),
  cidr: isCidr,
  mac: (text) => /^(?:[0-9a-f]{2}([:-]))(?:[0-9a-f]{2}\1){4,6}[0-9a-f]{2}$/iu.test(text),
  uuid: (text) => uuid.test(text),
  uri: (text) => /^(?:[a-z][a-z\d+.-]*:|\/)[^\s]*$/iu.test(text),
  email: (text) => /^[^\s@<>]+@[^\s@<>]+$/u.test(text),
  hostname: (text) => text.length <= 255 && new RegExp(`^${label}(\\.${label})*\\.?$`, 'u').test(text),
  byte: (text) => /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/u.test(text),
  date: (text) => parseTimestamp(`${text}T00:00:00Z`) !== undefined,
  'date-time': (text) => parseTimestamp(text) !== undefined,
  datetime: (text) => parseTimestamp(text) !== undefined,
  duration: isDuration,
};

/** Whether the text has the format, or the format is one that nobody checks. */
export function isFormat(format: string, text: string): boolean {
  return (Object.hasOwn(formats, format) ? formats[format] : undefined)?.(text) ?? true;
}
