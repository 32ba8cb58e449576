import { formatAddress, holdsAddress, type IpAddress } from '../address/ip-address.ts';
import type { Decision } from '../allocation/native/decision.ts';
import { type JsonObject, textAt } from '../json.ts';
import { addressCondition, conditionEntry, type ConditionText, refusalText, says } from './address-condition.ts';
import { addressTexts, conditionOf, isPublished, poolAnnotation, type ServiceRecord } from './service-record.ts';

/** What the status is to say. */
export type ServiceDecision = Pick<Decision, 'wanted' | 'pool' | 'refused' | 'considered'>;

/** One write of a Service's status. */
export interface Publication {
  /** Addresses that its status doesn't hold yet: each needs a claim made at the very version that is written over. */
  readonly added: readonly IpAddress[];
  /** Addresses that its status loses. */
  readonly lost: readonly IpAddress[];
  readonly annotations: { readonly [name: string]: string | null } | undefined;
  readonly status: JsonObject;
}

/**
 * The write that brings a Service's status to what is decided; undefined where it says that already. `fenced` are addresses
 * claimed at this very version that aren't wanted: whoever may still publish them is stopped by a write that makes a new
 * version, whatever it says, so that the claims can be given back.
 */
export function publicationOf(
  record: ServiceRecord,
  decision: ServiceDecision,
  fenced: readonly IpAddress[],
  now: number,
): Publication | undefined {
  const added = decision.wanted.filter((address) => !isPublished(record, address));
  const lost = record.view.held.filter((held) => !holdsAddress(decision.wanted, held));
  const ingress = changedIngress(record, decision.wanted);
  const annotations = changedAnnotations(record, decision);
  const isSilent = ingress === undefined && annotations === undefined;
  const conditions = changedConditions(record, wantedText(record, decision), isSilent ? fenced : [], now);
  if (isSilent && conditions === undefined) {
    return undefined;
  }
  const loadBalancer =
    ingress === undefined ? {} : { loadBalancer: { ingress: ingress.length === 0 ? null : ingress } };
  return { added, lost, annotations, status: { ...loadBalancer, ...conditions } };
}

/** undefined where it holds exactly these, in whatever order. What is said of an address that stays is left as it is. */
function changedIngress(record: ServiceRecord, wanted: readonly IpAddress[]): readonly JsonObject[] | undefined {
  if (record.ingress.length === wanted.length && wanted.every((address) => isPublished(record, address))) {
    return undefined;
  }
  // The API server clears the status of a Service of another type by itself.
  if (!record.view.isLoadBalancer && record.ingress.length === 0) {
    return undefined;
  }
  return wanted.map((address) => {
    const ip = formatAddress(address);
    return record.ingress.find((entry) => textAt(entry, 'ip') === ip) ?? { ip };
  });
}

function changedAnnotations(record: ServiceRecord, { wanted, pool }: ServiceDecision): Publication['annotations'] {
  if (wanted.length === 0) {
    return record.pool === undefined || !record.view.isLoadBalancer ? undefined : { [poolAnnotation]: null };
  }
  return pool === undefined || pool === record.pool ? undefined : { [poolAnnotation]: pool };
}

/** What there is to say: why it waits, or why it isn't given what it asks for while it keeps what it has. */
function wantedText({ view }: ServiceRecord, decision: ServiceDecision): ConditionText | undefined {
  const { wanted, refused } = decision;
  if (!view.isLoadBalancer) {
    return undefined;
  }
  if (wanted.length === 0) {
    return { status: 'False', reason: 'NoAddress', message: refusalText('False', decision) };
  }
  return refused === undefined
    ? undefined
    : { status: 'True', reason: 'AddressKept', message: refusalText('True', decision) };
}

/** undefined where they say that already. */
function changedConditions(
  record: ServiceRecord,
  text: ConditionText | undefined,
  fenced: readonly IpAddress[],
  now: number,
): JsonObject | undefined {
  const before = conditionOf(record);
  const others = record.conditions.filter((condition) => textAt(condition, 'type') !== addressCondition);
  const wanted = fenced.length === 0 ? text : fencingText(record, text, fenced);
  if (wanted !== undefined) {
    return says(before, wanted) ? undefined : { conditions: [...others, conditionEntry(wanted, before, now)] };
  }
  const isOver = before !== undefined && textAt(before, 'reason') !== fencedReason;
  return isOver ? { conditions: others.length === 0 ? null : others } : undefined;
}

const fencedReason = 'ClaimReturned';

/** It names the version that it is written over, so it is never what stands there already. */
function fencingText(
  record: ServiceRecord,
  text: ConditionText | undefined,
  fenced: readonly IpAddress[],
): ConditionText {
  const returned = `What was claimed at version ${record.version} is given back: ${addressTexts(fenced).join(' and ')}.`;
  return text === undefined
    ? { status: 'True', reason: fencedReason, message: returned }
    : { ...text, message: `${text.message}. ${returned}` };
}
