import type { AddressPlan } from '../domain/address-plan/address-plan.ts';
import type { MetalLbSettings } from '../domain/environment/environment.ts';
import type { ProgramReport } from '../domain/health/configuration/evidence.ts';
import type { Waiting } from '../domain/report/run-event.ts';
import type { Clock } from '../ports/clock.ts';
import type { ClusterReader } from '../ports/cluster.ts';
import type { PodReader } from '../ports/pod-reader.ts';
import { awaitConfiguration, type ConfigurationVerdict } from './await-configuration.ts';
import { awaitServices, type ServicesVerdict } from './await-services.ts';
import { readConfiguration } from './read-configuration.ts';

export interface MetalLbGate {
  readonly reader: ClusterReader & PodReader;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly metallb: MetalLbSettings;
  /** undefined where Services could not be read for the plan. */
  readonly addresses: AddressPlan | undefined;
}

/** One look after a change: how long it may wait, since when, and who hears of the wait. */
export interface MetalLbLook {
  /** Monotonic time of the last write; undefined where nothing was written. */
  readonly wroteAt: number | undefined;
  readonly deadline: number;
  readonly onWaiting: (waiting: readonly Waiting[]) => void;
}

export interface MetalLbVerdict {
  readonly taken: number;
  readonly unknown: ConfigurationVerdict['unknown'];
  readonly services: ServicesVerdict | undefined;
  readonly waiting: readonly Waiting[];
}

/** What MetalLB's programs say before the change: only against it can be told what they have looked at since. */
export async function readBefore(gate: MetalLbGate): Promise<readonly ProgramReport[]> {
  return readConfiguration({ ...gate, pods: gate.reader });
}

/**
 * Objects that are stored are not yet in force. MetalLB is healthy after a change when each program that can be asked has
 * taken it, and each Service that had an address holds the one it should. Where nothing was written, Services are left
 * alone: what is wrong with them has another cause.
 */
export async function gateMetalLb(
  gate: MetalLbGate,
  before: readonly ProgramReport[],
  look: MetalLbLook,
): Promise<MetalLbVerdict> {
  const { taken, unknown, waiting } = await awaitConfiguration({ ...gate, ...look, pods: gate.reader, before });
  if (waiting.length > 0 || gate.addresses === undefined || look.wroteAt === undefined) {
    return { taken, unknown, services: undefined, waiting };
  }
  const services = await awaitServices({ ...gate, ...look, planned: gate.addresses });
  return { taken, unknown, services, waiting: services.waiting };
}
