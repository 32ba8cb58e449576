/**
 * What one program of MetalLB says of the configuration that it runs on. Since 0.15.3 it writes a ConfigurationState;
 * before, its metrics tell.
 */
export type ConfigurationEvidence =
  | {
      readonly kind: 'state';
      /** Status of the condition: True, False or Unknown. */
      readonly valid: string;
      readonly reason: string;
      readonly message: string;
      /** Moves whenever the program has looked at the configuration again (within the second it may not). */
      readonly resourceVersion: string;
    }
  | {
      readonly kind: 'metrics';
      readonly loaded: boolean;
      readonly stale: boolean;
      /** Reconciliations so far, of whatever kind; it starts again with the program. */
      readonly updates: number;
      readonly updateErrors: number;
    }
  | {
      readonly kind: 'silent';
      readonly why: string;
      /** True where asking again is in vain: no right to ask, or nobody there who could answer. */
      readonly final: boolean;
    };

/** A running pod of MetalLB and what it says. */
export interface ProgramReport {
  readonly component: 'controller' | 'speaker';
  readonly pod: string;
  readonly node: string;
  readonly evidence: ConfigurationEvidence;
}
