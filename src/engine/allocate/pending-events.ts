import type { ServiceEvent } from '../../domain/publication/event-object.ts';
import type { ServiceRecord } from '../../domain/publication/service-record.ts';
import type { EventQueue } from './event-queue.ts';

/** Events of decisions whose write is still to come: told when it was made, so that nothing is told that isn't so. */
export class PendingEvents {
  private readonly events: EventQueue;
  private readonly pending = new Map<string, Map<string, ServiceEvent>>();

  constructor(events: EventQueue) {
    this.events = events;
  }

  /** A later decision's word takes the place of an earlier one's of the same reason. */
  keep(uid: string, events: readonly ServiceEvent[]): void {
    if (events.length > 0) {
      const kept = this.pending.get(uid) ?? new Map<string, ServiceEvent>();
      for (const event of events) {
        kept.set(event.reason, event);
      }
      this.pending.set(uid, kept);
    }
  }

  tell(record: ServiceRecord): void {
    for (const event of this.pending.get(record.uid)?.values() ?? []) {
      this.events.offer(record, event);
    }
    this.pending.delete(record.uid);
  }

  drop(uid: string): void {
    this.pending.delete(uid);
  }
}
