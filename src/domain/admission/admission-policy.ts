/** One thing that must hold, in CEL as the API server runs it, and what it answers where it doesn't. */
export interface AdmissionRule {
  readonly expression: string;
  readonly message: string;
  /** In CEL: the message with the words that are at fault. */
  readonly messageExpression?: string;
}

/** A value that rules share, by name. */
export interface AdmissionVariable {
  readonly name: string;
  readonly expression: string;
}

/**
 * What the API server asks of the objects of one kind whenever somebody writes them, with no program behind it. Where an
 * expression fails the object passes: a check that is broken must never stand in the way of an installation.
 */
export interface AdmissionPolicy {
  readonly group: string;
  readonly version: string;
  readonly resource: string;
  /** Refuse what breaks a rule, or let it pass with a warning. */
  readonly action: 'Deny' | 'Warn';
  /** Where it applies: in MetalLB's namespace, or in every one. */
  readonly scope: 'metallb' | 'everywhere';
  /** Writes that are looked at; others pass. */
  readonly conditions: readonly AdmissionVariable[];
  readonly variables: readonly AdmissionVariable[];
  readonly rules: readonly AdmissionRule[];
}

/** An object that was there before the rules may still be labelled, finalized and reported on. */
export const specIsNew: AdmissionVariable = {
  name: 'spec-is-new',
  expression: 'oldObject == null || object.spec != oldObject.spec',
};
