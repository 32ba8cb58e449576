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
      'admission',
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

interface StepPlace {
  readonly rank: number;
  readonly wave: Wave;
}

const places: ReadonlyMap<StepName, StepPlace> = new Map(
  waves
    .flatMap((wave) => wave.steps.map((step: StepName) => ({ step, wave })))
    .map(({ step, wave }, rank) => [step, { rank, wave }]),
);

function placeOf(step: StepName): StepPlace {
  const place = places.get(step);
  if (place === undefined) {
    throw new Error(`bug: no wave holds step ${step}`);
  }
  return place;
}

/** Position in the whole order, for sorting: lower goes first. */
export function stepRank(step: StepName): number {
  return placeOf(step).rank;
}

/** The wave that holds a step. */
export function waveOf(step: StepName): Wave {
  return placeOf(step).wave;
}
