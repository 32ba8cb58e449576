import type { IpAddress, IpFamily } from '../../address/ip-address.ts';
import type { Occupants } from '../allocate.ts';
import type { AllocationPool } from '../pool-config.ts';
import type { ServiceView } from '../service-view.ts';
import type { Member } from './member.ts';
import type { Occupancy } from './occupancy.ts';

/** What one Service must know of the others. A Service made anew may take over what is kept of its forerunner's. */
export class Beside implements Occupants {
  private readonly occupancy: Occupancy;
  private readonly member: Member;
  private readonly others: 'all' | 'stronger';

  constructor(occupancy: Occupancy, member: Member, others: 'all' | 'stronger') {
    this.occupancy = occupancy;
    this.member = member;
    this.others = others;
  }

  conflict(_: ServiceView, address: IpAddress): string | undefined {
    return this.occupancy.conflict(this.member, address, this.others);
  }

  firstFitting(_: ServiceView, pool: AllocationPool, family: IpFamily): IpAddress | undefined {
    return this.occupancy.firstFitting(this.member, pool, family);
  }
}
