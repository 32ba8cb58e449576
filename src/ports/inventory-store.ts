import type { Inventory } from '../domain/inventory/inventory.ts';

/** Keeps the inventory of one environment in its cluster. */
export interface InventoryStore {
  /** What is stored; undefined where nothing ever was. Unreadable or of a newer format is a Failure. */
  load(environment: string, signal: AbortSignal): Promise<Inventory | undefined>;
  /** Stores it whole, on top of the version that `load` or the last `save` saw; `object-changed` where another wrote meanwhile. */
  save(inventory: Inventory, signal: AbortSignal): Promise<void>;
}
