import { managedByLabel, managedByValue } from '../identity.ts';
import { numberAt, textAt } from '../json.ts';
import { asJson, type KubeObject } from '../manifest/kube-object.ts';
import type { ObjectId } from '../manifest/object-id.ts';
import { formatUtc, parseUtc } from '../time/utc-time.ts';

export const leaseApiVersion = 'coordination.k8s.io/v1';
/** Names the holder's process to other processes of the same machine. */
const processAnnotation = 'metalwave.io/holder-process';

/** Who holds a Lease, as it says itself. Times are the holder's own wall clock: for people, never to decide by. */
export interface LockHolder {
  /** Unique for each run: `alice@build-7 process 4123 9f3c2a1b`. */
  readonly identity: string;
  readonly since: number | undefined;
  readonly renewed: number | undefined;
  readonly leaseMs: number;
  /** By which a process of the same machine can be told to be gone. */
  readonly process: string | undefined;
}

/** What a Lease says. */
export interface LeaseState {
  /** undefined: nobody. */
  readonly holder: LockHolder | undefined;
  /** How often it has changed hands. */
  readonly transitions: number;
}

/** Which Lease, and what marks it beside its manager's label. */
export interface LeaseName {
  readonly namespace: string;
  readonly name: string;
  readonly labels: { readonly [key: string]: string };
}

export function leaseIdOf({ namespace, name }: LeaseName): ObjectId {
  return { group: 'coordination.k8s.io', kind: 'Lease', namespace, name };
}

/** A Lease without a duration, or with none worth the name, is one of this length. */
const assumedLeaseMs = 30_000;

/** Reads a Lease; anything missing or odd is read as "not said", never as "free". */
export function readLease(lease: KubeObject): LeaseState {
  const json = asJson(lease);
  const identity = textAt(json, 'spec', 'holderIdentity') ?? '';
  const seconds = numberAt(json, 'spec', 'leaseDurationSeconds') ?? 0;
  const transitions = numberAt(json, 'spec', 'leaseTransitions') ?? 0;
  if (identity === '') {
    return { holder: undefined, transitions };
  }
  const holder: LockHolder = {
    identity,
    since: parseUtc(textAt(json, 'spec', 'acquireTime') ?? ''),
    renewed: parseUtc(textAt(json, 'spec', 'renewTime') ?? ''),
    leaseMs: seconds > 0 ? seconds * 1000 : assumedLeaseMs,
    process: lease.metadata.annotations?.[processAnnotation],
  };
  return { holder, transitions };
}

/** The Lease as it is written; without a holder it is free. */
export function leaseObject({ namespace, name, labels }: LeaseName, state: LeaseState): KubeObject {
  const { holder, transitions } = state;
  const process = holder?.process;
  return {
    apiVersion: leaseApiVersion,
    kind: 'Lease',
    metadata: {
      name,
      namespace,
      labels: { [managedByLabel]: managedByValue, ...labels },
      ...(process === undefined ? {} : { annotations: { [processAnnotation]: process } }),
    },
    spec: {
      leaseTransitions: transitions,
      ...(holder === undefined
        ? {}
        : {
            holderIdentity: holder.identity,
            leaseDurationSeconds: holder.leaseMs / 1000,
            ...timeField('acquireTime', holder.since),
            ...timeField('renewTime', holder.renewed),
          }),
    },
  };
}

function timeField(name: string, ms: number | undefined): { readonly [name: string]: string } {
  return ms === undefined ? {} : { [name]: formatUtc(ms, 6) };
}

/** `alice@build-7 process 4123 9f3c2a1b, since 2026-11-21T14:30:05Z, until 2026-11-21T14:31:05Z unless it is renewed`. */
export function describeHolder({ identity, since, renewed, leaseMs }: LockHolder): string {
  const from = since === undefined ? '' : `, since ${formatUtc(since)}`;
  const until = renewed === undefined ? '' : `, until ${formatUtc(renewed + leaseMs)} unless it renews it`;
  return `${identity}${from}${until}`;
}
