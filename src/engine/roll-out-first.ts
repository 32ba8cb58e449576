import { Failure } from '../domain/failure.ts';
import type { KubeObject } from '../domain/manifest/kube-object.ts';
import { describeObject } from '../domain/manifest/object-id.ts';
import { beforeGrowing, isObserved } from '../domain/manifest/roll-out-first.ts';
import { applyChange, type ChangeWriter, type WritingChange } from './apply-change.ts';
import { withRetry } from './with-retry.ts';

const pollMs = 200;
const patienceMs = 30_000;

/**
 * Applies a change, and where it makes a Deployment grow together with a new template, the template first: the old pods are
 * on their way out before there are more.
 */
export async function applyInOrder(
  change: WritingChange,
  live: KubeObject | undefined,
  world: ChangeWriter,
): Promise<KubeObject> {
  const first = beforeGrowing(change.object, live);
  if (first === undefined) {
    return applyChange(change, live, world);
  }
  const written = await applyChange({ ...change, object: first }, live, world);
  return applyChange(change, await observed(change, written, world), world);
}

async function observed(change: WritingChange, written: KubeObject, world: ChangeWriter): Promise<KubeObject> {
  const deadline = world.clock.monotonic() + patienceMs;
  let now: KubeObject | undefined = written;
  while (now !== undefined && !isObserved(now)) {
    if (world.clock.monotonic() >= deadline) {
      throw new Failure({
        code: 'cluster-error',
        retry: 'later',
        message: `${describeObject(change.id)} is not rolled out: no controller of Deployments looks at it.`,
        remedy: 'See whether kube-controller-manager runs, then run the sync again.',
      });
    }
    await world.clock.sleep(pollMs, world.signal);
    now = await withRetry(() => world.reader.get(change.object.apiVersion, change.id, world.signal), world);
  }
  return now ?? written;
}
