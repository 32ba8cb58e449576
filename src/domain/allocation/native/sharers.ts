import type { ServiceView } from '../service-view.ts';
import type { Member } from './member.ts';

/** Equal for Services that may share an address as far as ports let them. The backend is empty or ends by itself. */
function groupOf({ backendKey, sharingKey }: ServiceView): string {
  return `${backendKey} ${sharingKey}`;
}

/**
 * Those who hold one address, so counted that whether another may join them, or two of them are at odds, costs the same
 * however many they are. Each counts as it was when it was counted last.
 */
export class Sharers {
  private readonly views = new Map<Member, ServiceView | undefined>();
  private readonly keys = new Map<string, number>();
  private readonly groups = new Map<string, number>();
  private readonly ports = new Map<string, number>();
  /** Those who share with nobody. */
  private loners = 0;
  /** Ports that more than one has. */
  private clashes = 0;

  /** True where no two are at odds. */
  get isPeaceful(): boolean {
    return this.views.size <= 1 || (this.loners === 0 && this.groups.size === 1 && this.clashes === 0);
  }

  /** Every sharing key among them. */
  get sharingKeys(): Iterable<string> {
    return this.keys.keys();
  }

  hasKey(sharingKey: string): boolean {
    return this.keys.has(sharingKey);
  }

  /** One more; it must not be counted yet. */
  add(member: Member): void {
    const { view } = member;
    this.views.set(member, view);
    if (view === undefined || view.sharingKey === '') {
      this.loners += 1;
      return;
    }
    change(this.keys, view.sharingKey, 1);
    change(this.groups, groupOf(view), 1);
    for (const port of new Set(view.ports)) {
      this.clashes += change(this.ports, port, 1) === 2 ? 1 : 0;
    }
  }

  /** Counts it no more, and gives the sharing key that it was counted with. */
  delete(member: Member): string {
    const view = this.views.get(member);
    if (!this.views.delete(member)) {
      return '';
    }
    if (view === undefined || view.sharingKey === '') {
      this.loners -= 1;
      return '';
    }
    change(this.keys, view.sharingKey, -1);
    change(this.groups, groupOf(view), -1);
    for (const port of new Set(view.ports)) {
      this.clashes -= change(this.ports, port, -1) === 1 ? 1 : 0;
    }
    return view.sharingKey;
  }

  /** True where all the others let it have the address. */
  mayJoin(member: Member): boolean {
    const { view } = member;
    const own = this.views.get(member);
    const others = this.views.size - (this.views.has(member) ? 1 : 0);
    if (others === 0) {
      return true;
    }
    if (view === undefined || view.sharingKey === '') {
      return false;
    }
    const group = groupOf(view);
    const isOfIt = own !== undefined && own.sharingKey !== '' && groupOf(own) === group;
    if ((this.groups.get(group) ?? 0) - (isOfIt ? 1 : 0) !== others) {
      return false;
    }
    const ownPorts = own === undefined || own.sharingKey === '' ? [] : own.ports;
    return view.ports.every((port) => (this.ports.get(port) ?? 0) === (ownPorts.includes(port) ? 1 : 0));
  }
}

function change(counts: Map<string, number>, name: string, by: 1 | -1): number {
  const count = (counts.get(name) ?? 0) + by;
  if (count === 0) {
    counts.delete(name);
  } else {
    counts.set(name, count);
  }
  return count;
}
