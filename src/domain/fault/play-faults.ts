import type { EventFault, FaultSelection, RequestFault, VerbSelection } from './fault-settings.ts';

/** A request, or an event of a watch, as faults select it. */
export interface FaultTarget {
  /** As the authorizer names it: get, list, watch, create, update, patch, delete or deletecollection. */
  readonly verb: string;
  /** With its group; '' where the path names none. */
  readonly resource: string;
  /** '' where it is about a whole collection. */
  readonly name: string;
  readonly dryRun: boolean;
  /** Its user agent, whole. */
  readonly client: string;
}

/** How many a fault has selected so far, and how often it was done. */
export interface FaultCount {
  readonly selected: number;
  readonly played: number;
}

export const notYet: FaultCount = { selected: 0, played: 0 };

/** What happens: it waits first, then the harm is done, if any. */
export interface FaultVerdict<Harm> {
  readonly delayMs: number;
  readonly harm: Harm | undefined;
  /** The counts of all faults afterwards, in their order. */
  readonly counts: readonly FaultCount[];
}

type Fault = RequestFault | EventFault;
/** Every fault but those that only make something late. */
type HarmOf<F extends Fault> = Exclude<F, { readonly ms: number }>;

/** What the faults do to a request or event. Delays add up; of those that do harm the first that is due is done. */
export function playFaults<F extends Fault>(
  faults: readonly F[],
  counts: readonly FaultCount[],
  target: FaultTarget,
  seed: number,
): FaultVerdict<HarmOf<F>> {
  let delayMs = 0;
  let harm: HarmOf<F> | undefined;
  const after = faults.map((fault, index) => {
    const count = counts[index] ?? notYet;
    if (!selects(fault, target)) {
      return count;
    }
    const selected = count.selected + 1;
    const isPlayed = isDue(fault, count) && (isDelay(fault) || harm === undefined);
    if (isPlayed && isDelay(fault)) {
      delayMs += fault.ms + drawn(seed + index, selected, fault.jitterMs ?? 0);
    } else if (isPlayed) {
      harm = fault as HarmOf<F>;
    }
    return { selected, played: count.played + (isPlayed ? 1 : 0) };
  });
  return { delayMs, harm, counts: after };
}

function isDelay(fault: Fault): fault is Extract<Fault, { readonly ms: number }> {
  return fault.fault === 'latency' || fault.fault === 'delay';
}

function isDue({ every = 1, times }: FaultSelection, { selected, played }: FaultCount): boolean {
  return (selected + 1) % every === 0 && (times === undefined || played < times);
}

function selects(
  fault: FaultSelection & VerbSelection,
  { verb, resource, name, dryRun, client }: FaultTarget,
): boolean {
  return (
    (fault.verbs === undefined || fault.verbs.some((wanted) => isVerb(wanted, verb, dryRun))) &&
    (fault.resources === undefined || fault.resources.includes(resource)) &&
    (fault.names === undefined || fault.names.includes(name)) &&
    (fault.clients === undefined || fault.clients.some((one) => client.startsWith(one)))
  );
}

function isVerb(wanted: string, verb: string, dryRun: boolean): boolean {
  const isRead = ['get', 'list', 'watch'].includes(verb);
  return wanted === verb || (wanted === 'read' && isRead) || (wanted === 'write' && !isRead && !dryRun);
}

/** From 0 to less than `range`: the same for the same seed and number, and well spread (a multiplicative hash of 32 bits). */
function drawn(seed: number, number: number, range: number): number {
  let bits = Math.imul(seed ^ Math.imul(number, 0x9e_37_79_b1), 0x85_eb_ca_6b);
  bits = Math.imul(bits ^ (bits >>> 15), 0xc2_b2_ae_35);
  return Math.floor((((bits ^ (bits >>> 13)) >>> 0) / 2 ** 32) * range);
}
