import { type IpAddress, sameAddress } from '../../domain/address/ip-address.ts';
import { mayPublish } from '../../domain/claims/evidence.ts';
import { Failure } from '../../domain/failure.ts';
import { isOlderVersion } from '../../domain/manifest/resource-version.ts';
import type { ObjectId } from '../../domain/manifest/object-id.ts';
import type { ServicePlan } from '../../domain/publication/plan-service.ts';
import type { Publication } from '../../domain/publication/publish-service.ts';
import type { ServiceRecord } from '../../domain/publication/service-record.ts';
import type { ClusterReader } from '../../ports/cluster.ts';
import type { StatusWriter } from '../../ports/status-writer.ts';
import type { AllocationState } from './allocation-state.ts';
import type { RetryPace } from './retry-times.ts';

interface Parts {
  readonly state: AllocationState;
  readonly reader: ClusterReader;
  readonly statuses: StatusWriter;
}

/** What became of one plan. `moved`: what it was made from is no more, so nothing was written by it. */
export type WriteOutcome =
  | { readonly kind: 'written' | 'moved' }
  | { readonly kind: 'failed'; readonly failure: Failure; readonly pace: RetryPace };

function idOf({ view }: ServiceRecord): ObjectId {
  return { group: '', kind: 'Service', namespace: view.namespace, name: view.name };
}

/** Writes Services' status, and takes what the server answers for the latest word about them. */
export class ServiceWriter {
  private readonly parts: Parts;

  constructor(parts: Parts) {
    this.parts = parts;
  }

  /** Writes over the very state that the plan was made from, or not at all. */
  async write({ record, decision }: ServicePlan, publication: Publication, signal: AbortSignal): Promise<WriteOutcome> {
    const { state, statuses } = this.parts;
    const target = { uid: record.uid, version: record.version, holds: record.view.held };
    const stored = state.claims.claimsOf(record.uid);
    const isClaimed = decision.wanted.every((address) =>
      stored.some((claim) => sameAddress(claim.address, address) && mayPublish(claim, target)),
    );
    if (!isClaimed || state.services.records.get(record.uid) !== record || signal.aborted) {
      return { kind: 'moved' };
    }
    const { annotations, status } = publication;
    try {
      if (await this.isMistaken(record, publication)) {
        return { kind: 'moved' };
      }
    } catch (error) {
      return this.failed(record, error, signal);
    }
    const bound = { apiVersion: 'v1', id: idOf(record), uid: record.uid, resourceVersion: record.version };
    try {
      const patch = { ...bound, ...(annotations === undefined ? {} : { annotations }), status };
      state.services.see(await statuses.patchStatus(patch, signal));
      return { kind: 'written' };
    } catch (error) {
      return this.failed(record, error, signal);
    }
  }

  /**
   * Reads one Service from the server's latest state: a list of that name, for which the right to list is enough. An answer
   * that lacks it and is older than what is known of it, as a cache on the way may give, tells nothing.
   */
  async readAnew(
    uid: string,
    { namespace, name }: Pick<ObjectId, 'namespace' | 'name'>,
    signal: AbortSignal,
  ): Promise<'there' | 'gone' | 'unknown'> {
    const { state, reader } = this.parts;
    const options = { namespace, fieldSelector: `metadata.name=${name}` };
    const { items, resourceVersion } = await reader.list('v1', 'Service', options, signal);
    const live = items.find(({ metadata }) => metadata.uid === uid);
    if (live !== undefined) {
      state.services.see(live);
      return 'there';
    }
    const versions = state.claims.claimsOf(uid).map(({ ticket }) => ticket);
    const known = state.services.records.get(uid)?.version;
    if ([...versions, known ?? resourceVersion].some((version) => isOlderVersion(resourceVersion, version))) {
      return 'unknown';
    }
    state.services.lose(uid);
    return 'gone';
  }

  /**
   * A status that holds an address shows that the Service's claim of it was there. Where only another's is known, what we know
   * may be from before that, so it is read anew before the address is taken away. True where it was so.
   */
  private async isMistaken({ uid }: ServiceRecord, { lost }: Publication): Promise<boolean> {
    const { claims } = this.parts.state;
    const isOthers = (address: IpAddress): boolean => {
      const holders = claims.claimsAt(address).map((claim) => claim.uid);
      return holders.length > 0 && !holders.includes(uid);
    };
    const doubted = lost.filter((address) => isOthers(address));
    if (doubted.length === 0) {
      return false;
    }
    await claims.readAnew(doubted);
    return doubted.some((address) => !isOthers(address));
  }

  private async failed(record: ServiceRecord, error: unknown, signal: AbortSignal): Promise<WriteOutcome> {
    if (!(error instanceof Failure)) {
      if (signal.aborted) {
        return { kind: 'moved' };
      }
      throw error;
    }
    if (error.code === 'object-changed' || error.code === 'object-not-found') {
      try {
        const found = await this.readAnew(record.uid, idOf(record), signal);
        return found === 'gone' ? { kind: 'moved' } : { kind: 'failed', failure: error, pace: 'soon' };
      } catch (reading) {
        return reading instanceof Failure
          ? { kind: 'failed', failure: reading, pace: 'soon' }
          : this.failed(record, reading, signal);
      }
    }
    return { kind: 'failed', failure: error, pace: error.retry === 'now' ? 'soon' : 'late' };
  }
}
