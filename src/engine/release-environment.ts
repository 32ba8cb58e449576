import { chooseObjects } from '../domain/adoption/choose-objects.ts';
import { lettingOf, planRelease, type ObjectRelease, type ReleasePlan } from '../domain/adoption/release.ts';
import { isFailure } from '../domain/failure.ts';
import { withoutEntries } from '../domain/inventory/widen.ts';
import type { ObjectId, ObjectKey } from '../domain/manifest/object-id.ts';
import type { FailureNote } from '../domain/report/run-event.ts';
import type { ClusterWriter } from '../ports/cluster.ts';
import type { FieldOwners } from '../ports/field-owners.ts';
import type { OwnershipResult } from './adopt-environment.ts';
import { noteOf } from './failure-note.ts';
import { inParallel } from './in-parallel.ts';
import { keepInventory, readInventory, type InventoryRequest, type StoredInventory } from './keep-inventory.ts';
import { observe } from './observe.ts';
import { withRetry } from './with-retry.ts';

const objectsInFlight = 16;
const attempts = 10;

export interface ReleaseRequest extends InventoryRequest {
  /** `KIND/NAME` of the objects to let go; none: all. */
  readonly objects: readonly string[];
}

export interface ReleaseWork extends ReleaseRequest {
  readonly writer: ClusterWriter;
  readonly owners: FieldOwners;
}

export interface PlannedRelease {
  readonly plan: ReleasePlan;
  readonly stored: StoredInventory;
}

/** Reads what is ours and what of it is live, and decides. Changes nothing. */
export async function planEnvironmentRelease(request: ReleaseRequest): Promise<PlannedRelease> {
  const stored = await readInventory(request);
  const entries = [...stored.inventory.entries.values()];
  const isChosen = chooseObjects(
    request.objects,
    entries.map(({ id }) => id),
  );
  const { live } = await observe(
    request,
    entries.filter(({ id }) => isChosen(id)),
  );
  return { plan: planRelease(stored.inventory, live, isChosen), stored };
}

/** Takes what is ours off one object, on top of whatever it has become; one that is gone needs nothing. */
async function letGo({ id, apiVersion, live }: ObjectRelease, work: ReleaseWork): Promise<void> {
  let now = live;
  for (let tried = 1; ; tried += 1) {
    const letting = now === undefined ? undefined : lettingOf(now, work.environment);
    const { uid = '', resourceVersion = '' } = now?.metadata ?? {};
    if (letting === undefined || uid !== (live?.metadata.uid ?? '')) {
      return;
    }
    try {
      const version = { apiVersion, id, uid, resourceVersion };
      await withRetry(() => work.owners.rewriteOwnership(version, letting, work.signal), work);
      return;
    } catch (error) {
      if (!isFailure(error, 'object-changed') || tried >= attempts) {
        throw error;
      }
      now = await withRetry(() => work.reader.get(apiVersion, id, work.signal), work);
    }
  }
}

/**
 * Carries a release out: object by object, and then their inventory entries go. Nothing is deleted. An object is forgotten
 * only once nothing of ours is on it, so ended anywhere it is safe to run again.
 */
export async function releaseEnvironment(work: ReleaseWork, planned: PlannedRelease): Promise<OwnershipResult> {
  const { plan, stored } = planned;
  const done: ObjectId[] = [];
  const forgotten: ObjectKey[] = [];
  const failures: { readonly id: ObjectId; readonly failure: FailureNote }[] = [];
  const keeper = keepInventory(work, work.writer, stored);
  try {
    await inParallel(plan.objects, objectsInFlight, async (object) => {
      try {
        if (object.verdict === 'release') {
          await letGo(object, work);
          done.push(object.id);
        }
        forgotten.push(object.key);
      } catch (error) {
        if (!isFailure(error)) {
          throw error;
        }
        failures.push({ id: object.id, failure: noteOf(error) });
      }
    });
  } finally {
    if (forgotten.length > 0) {
      await keeper.save(withoutEntries(stored.inventory, forgotten));
    }
  }
  return { done, failures };
}
