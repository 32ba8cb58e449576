import type { Verb } from './verb.ts';

export interface VerbEntry {
  readonly name: string;
  readonly summary: string;
  load(): Promise<Verb>;
}

/** Every verb, in the order of the help page. A verb's code is loaded when it runs. */
export const verbTable: readonly VerbEntry[] = [
  {
    name: 'validate',
    summary: 'find every mistake in the configuration',
    load: async () => (await import('./verbs/validate.ts')).validate,
  },
  {
    name: 'render',
    summary: 'print the manifests an environment stands for',
    load: async () => (await import('./verbs/render.ts')).render,
  },
  {
    name: 'plan',
    summary: 'show what a sync would change',
    load: async () => (await import('./verbs/plan.ts')).plan,
  },
  {
    name: 'diff',
    summary: 'show where the cluster differs, field by field',
    load: async () => (await import('./verbs/diff.ts')).diff,
  },
  {
    name: 'snapshot',
    summary: 'keep in a file what plans need of a cluster',
    load: async () => (await import('./verbs/snapshot.ts')).snapshot,
  },
  {
    name: 'sync',
    summary: 'apply an environment in waves that wait for health',
    load: async () => (await import('./verbs/sync.ts')).sync,
  },
  {
    name: 'status',
    summary: 'say whether an environment is in sync and healthy',
    load: async () => (await import('./verbs/status.ts')).status,
  },
  {
    name: 'init',
    summary: 'write the configuration of a new environment',
    load: async () => (await import('./verbs/init.ts')).init,
  },
  {
    name: 'import',
    summary: 'write an environment from what is there, and prove that nothing changes',
    load: async () => (await import('./verbs/import.ts')).importVerb,
  },
  {
    name: 'history',
    summary: 'show the last runs, approvals and quarantined revisions',
    load: async () => (await import('./verbs/history.ts')).history,
  },
  {
    name: 'rollback',
    summary: 'deploy an earlier healthy revision and keep the bad one away',
    load: async () => (await import('./verbs/rollback.ts')).rollback,
  },
  {
    name: 'suspend',
    summary: 'stop syncs of an environment, with a reason',
    load: async () => (await import('./verbs/suspend.ts')).suspend,
  },
  {
    name: 'resume',
    summary: 'let syncs run again, and release quarantined revisions',
    load: async () => (await import('./verbs/resume.ts')).resume,
  },
  {
    name: 'adopt',
    summary: 'take over objects that are in the cluster already, field by field',
    load: async () => (await import('./verbs/adopt.ts')).adopt,
  },
  {
    name: 'release',
    summary: 'let go of what an environment owns, and delete nothing',
    load: async () => (await import('./verbs/release.ts')).release,
  },
  {
    name: 'explain',
    summary: 'say what a finding means and how to repair it',
    load: async () => (await import('./verbs/explain.ts')).explain,
  },
  {
    name: 'controller',
    summary: "give addresses to Services, in the place of MetalLB's controller",
    load: async () => (await import('./verbs/controller.ts')).controller,
  },
  {
    name: 'quickstart',
    summary: 'try it all on an embedded control plane: no Docker, no Kubernetes, no root',
    load: async () => (await import('./verbs/quickstart.ts')).quickstart,
  },
];
