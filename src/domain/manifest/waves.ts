/**
 * The order in which an environment is applied. Within a step objects go in parallel; a step starts when the one before it
 * is healthy; the last gate counts too. Numbers are the specification's: MetalLB 10, monitoring 70.
 */
export const waves = [
  {
    number: 10,
    name: 'metallb',
    steps: [
      'namespace',
      'crds',
      'access',
      'webhook',
      'controller',
      'speaker',
      'references',
      'pools',
      'peers',
      'advertisements',
    ],
  },
  { number: 70, name: 'monitoring', steps: ['monitors', 'rules'] },
] as const;

export type Wave = (typeof waves)[number];
export type WaveNumber = Wave['number'];
export type StepName = Wave['steps'][number];

/** Position in the whole order, for sorting: lower goes first. */
export function stepRank(step: StepName): number {
  return waves.flatMap((wave): readonly StepName[] => wave.steps).indexOf(step);
}

/** The wave that holds a step. */
export function waveOf(step: StepName): Wave {
  const found = waves.find((wave) => (wave.steps as readonly StepName[]).includes(step));
  if (found === undefined) {
    throw new Error(`bug: no wave holds step ${step}`);
  }
  return found;
}
