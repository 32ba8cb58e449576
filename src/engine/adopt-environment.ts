import { adoptionsOf, type ObjectAdoption } from '../domain/adoption/adoption.ts';
import { Failure, isFailure } from '../domain/failure.ts';
import { confirmEntries, markPending, type ConfirmedWrite } from '../domain/inventory/widen.ts';
import type { KubeObject } from '../domain/manifest/kube-object.ts';
import { describeObject, type ObjectId } from '../domain/manifest/object-id.ts';
import type { FailureNote } from '../domain/report/run-event.ts';
import type { ClusterWriter } from '../ports/cluster.ts';
import { judgeObject, type AdoptionRequest, type PlannedAdoption } from './adopt-plan.ts';
import { noteOf } from './failure-note.ts';
import { inParallel } from './in-parallel.ts';
import { keepInventory, type InventoryKeeper } from './keep-inventory.ts';
import { withRetry } from './with-retry.ts';

const objectsInFlight = 16;
/** Controllers write status all the time, so an object may have moved several times before we get at it. */
const attempts = 10;

export interface AdoptionWork extends AdoptionRequest {
  readonly writer: ClusterWriter;
}

/** What adopting, or letting go, has come to. */
export interface OwnershipResult {
  readonly done: readonly ObjectId[];
  readonly failures: readonly { readonly id: ObjectId; readonly failure: FailureNote }[];
}

function fenceOf({ metadata }: KubeObject): { readonly uid: string; readonly resourceVersion: string } {
  return { uid: metadata.uid ?? '', resourceVersion: metadata.resourceVersion ?? '' };
}

/** Takes the fields, then applies. Both writes are fenced by the state that was judged, and neither is forced. */
async function takeAndApply(judged: ObjectAdoption, live: KubeObject, work: AdoptionWork): Promise<KubeObject> {
  const { owners, writer, signal } = work;
  const { id, object, managedFields } = judged;
  const version = { apiVersion: object.apiVersion, id, ...fenceOf(live) };
  const taken =
    managedFields === undefined
      ? live
      : await withRetry(() => owners.rewriteOwnership(version, { managedFields, withoutLabels: [] }, signal), work);
  return judged.verdict === 'defer' ? taken : withRetry(() => writer.apply(object, fenceOf(taken), signal), work);
}

function changedMeanwhile(id: ObjectId, cause: unknown): Failure {
  return new Failure({
    code: 'object-changed',
    retry: 'later',
    message: `${describeObject(id)} was changed by someone else after the plan was shown`,
    remedy: 'Run adopt again: it plans anew on what is there now.',
    cause,
  });
}

/**
 * Adopts one object. What moved since the plan is judged anew: it goes on only where adopting still means the same.
 */
async function adoptObject(planned: ObjectAdoption, work: AdoptionWork, keeper: InventoryKeeper): Promise<KubeObject> {
  let judged = planned;
  for (let tried = 1; ; tried += 1) {
    const { live, id, object } = judged;
    if (live === undefined) {
      throw new Error('bug: an absent object was to be adopted');
    }
    if (judged.verdict === 'ours') {
      return live;
    }
    try {
      return await takeAndApply(judged, live, work);
    } catch (error) {
      if (!isFailure(error, 'object-changed') || tried >= attempts) {
        throw error;
      }
      const now = await withRetry(() => work.reader.get(object.apiVersion, id, work.signal), work);
      const sameObject = now !== undefined && now.metadata.uid === live.metadata.uid;
      judged = await judgeObject(work, judged, sameObject ? now : undefined, keeper.inventory);
      if (judged.verdict !== planned.verdict && judged.verdict !== 'ours') {
        throw changedMeanwhile(id, error);
      }
    }
  }
}

function pendingWrite({ id, hash, object, live }: ObjectAdoption): Parameters<typeof markPending>[1][number] {
  return { id, hash, object, live: { uid: live?.metadata.uid ?? '' } };
}

/**
 * Carries an adoption out: the inventory first, then object by object. Nothing is done while an object is in the way.
 * Ended anywhere it is safe to run again: what is done is found done.
 */
export async function adoptEnvironment(work: AdoptionWork, planned: PlannedAdoption): Promise<OwnershipResult> {
  const { plan, stored } = planned;
  if (adoptionsOf(plan, 'blocked').length > 0) {
    throw new Error('bug: an adoption was to be carried out with objects in the way');
  }
  const objects = adoptionsOf(plan, 'adopt', 'defer');
  const done: ObjectId[] = [];
  const failures: { readonly id: ObjectId; readonly failure: FailureNote }[] = [];
  if (objects.length === 0) {
    return { done, failures };
  }
  const keeper = keepInventory(work, work.writer, stored);
  const pending = markPending(
    stored.inventory,
    objects.map((object) => pendingWrite(object)),
  );
  await keeper.save(pending);
  const confirmed: ConfirmedWrite[] = [];
  try {
    await inParallel(objects, objectsInFlight, async (object) => {
      try {
        const { metadata } = await adoptObject(object, work, keeper);
        done.push(object.id);
        if (object.verdict === 'adopt') {
          confirmed.push({ change: object, uid: metadata.uid });
        }
      } catch (error) {
        if (!isFailure(error)) {
          throw error;
        }
        failures.push({ id: object.id, failure: noteOf(error) });
      }
    });
  } finally {
    if (confirmed.length > 0) {
      await keeper.save(confirmEntries(pending, confirmed));
    }
  }
  return { done, failures };
}
