/** kstatus' six words. `Unknown` means that it could not be found out, never that it is bad. */
export type HealthStatus = 'Current' | 'InProgress' | 'Failed' | 'Terminating' | 'NotFound' | 'Unknown';

export interface Health {
  readonly status: HealthStatus;
  /** One sentence: what is there and what is waited for, with the numbers. */
  readonly message: string;
}
