import type { Stage } from './fixtures.ts';

/** One behaviour of the API: its sentence, and the requests that show it, in a namespace of their own. */
export type ContractCase = readonly [behaviour: string, run: (stage: Stage) => Promise<void>];
