import type { CelMeter, CelValue } from './value.ts';

/** A local variable of a macro, inside those around it. */
interface Local {
  readonly name: string;
  readonly value: CelValue;
  readonly outer: Local | undefined;
}

/** What an evaluation sees. */
export interface Frame {
  readonly meter: CelMeter;
  readonly global: (name: string) => CelValue | undefined;
  readonly local: Local | undefined;
}

export type Evaluate = (frame: Frame) => CelValue;

export interface Scope {
  readonly globals: ReadonlySet<string>;
  readonly locals: readonly string[];
}
