import type { Inventory } from '../inventory/inventory.ts';
import { objectKey, type ObjectId, type ObjectKey } from '../manifest/object-id.ts';
import type { StepName } from '../manifest/waves.ts';
import type { Rail } from '../plan/plan.ts';
import { webhookSecret, webhookService } from '../render/metallb-profile.ts';
import type { Leftover } from './leftovers.ts';
import type { PruneScope } from './prune-scope.ts';
import { isProgramStep, stepOfObject } from './step-of-object.ts';

/** From more than one in this many on, a loss looks rather like a file that was cut off or mixed up than like an edit. */
const oneIn = 4;

interface Group {
  readonly name: string;
  /** Any loss counts: such objects go only where MetalLB's engine, version or mode changes, or seems to. */
  readonly everyOne?: boolean;
  readonly holds: (step: StepName) => boolean;
}

const groups: readonly Group[] = [
  { name: 'address pools', holds: (step) => step === 'pools' },
  { name: 'advertisements', holds: (step) => step === 'advertisements' },
  { name: 'BGP peers', holds: (step) => step === 'peers' },
  { name: 'BFD profiles and communities', holds: (step) => step === 'references' },
  { name: 'monitoring objects', holds: (step) => step === 'monitors' || step === 'rules' },
  { name: "objects of MetalLB's own programs", everyOne: true, holds: isProgramStep },
];

export interface ShrinkQuestion {
  readonly leftovers: readonly Leftover[];
  readonly inventory: Inventory | undefined;
  readonly scope: PruneScope;
}

function shareOf(lost: number, all: number, name: string): string {
  if (lost < all) {
    return `${lost} of ${all} ${name} are`;
  }
  return all === 1 ? `The last of the ${name} is` : `All ${all} ${name} are`;
}

/** MetalLB's webhook, which the configuration switches: no address depends on it. */
export function isWebhookPart(id: ObjectId): boolean {
  return (
    id.kind === 'ValidatingWebhookConfiguration' ||
    (id.kind === 'Service' && id.name === webhookService) ||
    (id.kind === 'Secret' && id.name === webhookSecret)
  );
}

/** Groups that are wanted gone by the configuration's own word lose all they have. */
function isMeant(group: Group, scope: PruneScope): boolean {
  return scope.monitoringDeclined && group.holds('monitors');
}

/**
 * A file that ends too early, or another file in its place, is valid as often as not. So a plan that takes away more than
 * a quarter of one sort of objects, all of them, or any part of MetalLB itself, is shown to a person first; new ones of the
 * sort don't make it good.
 */
export function shrinkRails(deleted: readonly ObjectId[], question: ShrinkQuestion): readonly Rail[] {
  const { leftovers, inventory, scope } = question;
  const gone: ReadonlySet<ObjectKey> = new Set(
    leftovers.filter(({ action }) => action === 'forget' || action === 'release').map(({ id }) => objectKey(id)),
  );
  const before = [...(inventory?.entries ?? [])].flatMap(([key, { id }]) => (gone.has(key) ? [] : [stepOfObject(id)]));
  return groups.flatMap((group): readonly Rail[] => {
    const all = before.filter((step) => group.holds(step)).length;
    const lost = deleted.filter((id) => group.holds(stepOfObject(id)) && !isWebhookPart(id)).length;
    const few = group.everyOne === true ? lost === 0 : lost * oneIn <= all;
    if (few || isMeant(group, scope)) {
      return [];
    }
    return [
      {
        code: 'shrinks',
        id: undefined,
        reason: `${shareOf(lost, all, group.name)} no longer in the configuration: is the file whole, and is it the right one?`,
        remedy:
          'Put them back into the configuration, or, if this is meant, sync with --approve and the hash of this plan.',
      },
    ];
  });
}
