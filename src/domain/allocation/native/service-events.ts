/** Reasons as MetalLB writes them. */
export type EventReason =
  | 'IPAllocated'
  | 'ClearAssignment'
  | 'AdditionalAssignFailed'
  | 'AllocationFailed'
  | 'LoadBalancerFailed'
  | 'not enough clusterips'
  | 'deprecatedAnnotation';

export interface ServiceEvent {
  readonly type: 'Normal' | 'Warning';
  readonly reason: EventReason;
  readonly message: string;
}
