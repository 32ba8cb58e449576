import type { PoolUsage } from '../allocation/native/pool-usage.ts';
import { type JsonObject, numberAt } from '../json.ts';

/** The largest number that JSON readers and the API's 64-bit field both take; a larger pool says this. */
const largest = 9_223_372_036_854_775_000n;

function count(value: bigint): number {
  return Number(value < largest ? value : largest);
}

/** The status of an IPAddressPool. What is kept for deleted Services is not available to others. */
export function poolStatus({ ipv4, ipv6 }: PoolUsage): JsonObject {
  return {
    assignedIPv4: count(ipv4.inUse),
    assignedIPv6: count(ipv6.inUse),
    availableIPv4: count(ipv4.free),
    availableIPv6: count(ipv6.free),
  };
}

/** True where the status that stands says just that. */
export function isPoolStatus(standing: JsonObject, wanted: JsonObject): boolean {
  return Object.keys(wanted).every((field) => numberAt(standing, field) === numberAt(wanted, field));
}
