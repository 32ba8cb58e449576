import type { Violation } from '../../../domain/crd/violation.ts';

/** An object that cannot be filled in: what its fields say is refused before the rest is looked at. */
export class RefusedFields extends Error {
  readonly violations: readonly Violation[];

  constructor(violations: readonly Violation[]) {
    super(violations.map(({ field, message }) => `${field}: ${message}`).join(', '));
    this.name = 'RefusedFields';
    this.violations = violations;
  }
}
