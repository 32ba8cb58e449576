/** Options every verb takes. */
export const globalOptions = {
  help: { type: 'boolean', short: 'h', description: 'show this page' },
  'no-color': { type: 'boolean', description: 'no colours (NO_COLOR does the same)' },
  quiet: { type: 'boolean', short: 'q', description: 'only results and errors' },
  verbose: { type: 'boolean', short: 'v', description: 'more detail, and the causes of failures' },
} as const;

/** Where the configuration comes from. */
export const sourceOptions = {
  'config-repo': {
    type: 'string',
    value: 'PATH|URL',
    description: 'the configuration repository (default: this folder, or METALWAVE_CONFIG_REPO)',
  },
  revision: {
    type: 'string',
    value: 'REF',
    description: 'branch, tag or commit; without it a local folder is read as it stands',
  },
  'config-path': {
    type: 'string',
    value: 'PATH',
    description: 'folder inside the repository that holds environments/',
  },
  'verify-signatures': {
    type: 'string',
    choices: ['none', 'head', 'all'],
    description:
      'refuse a commit, or all since the deployed one, that no trusted key signed (METALWAVE_GIT_VERIFY_SIGNATURES)',
  },
  'verified-since': {
    type: 'string',
    value: 'COMMIT',
    description:
      'with all: start from this commit, and not from what the cluster says is deployed (METALWAVE_GIT_VERIFIED_SINCE)',
  },
} as const;

/** Which cluster, and with which rights. */
export const clusterOptions = {
  kubeconfig: {
    type: 'string',
    value: 'FILE',
    description: 'kubeconfig file (default: KUBECONFIG, ~/.kube/config, or in-cluster)',
  },
  context: {
    type: 'string',
    value: 'NAME',
    description: "kubeconfig context (default: the environment's, else the current one)",
  },
} as const;

/** The one environment a verb works on. */
export const environmentOption = {
  env: { type: 'string', short: 'e', value: 'ENV', description: 'the environment: environments/ENV/config-ENV.yaml' },
} as const;

/** What every verb takes that carries out a plan. */
export const runOptions = {
  'dry-run': { type: 'boolean', description: 'show the plan and stop' },
  approve: {
    type: 'string',
    value: 'HASH',
    description: 'go on with the plan of this hash, whatever in it needs an approval',
  },
  wait: { type: 'boolean', description: 'wait while another run holds the lock (at most an hour)' },
  output: {
    type: 'string',
    short: 'o',
    choices: ['text', 'jsonl'],
    description: 'form of the progress (default: text)',
  },
} as const;

/** Codes with which a verb ends that carries out a plan. */
export const runExits: readonly string[] = [
  '0  applied and healthy',
  '1  failed, refused, not healthy in time, or locked by another run',
  '2  could not run',
  '3  needs an approval, is suspended or quarantined',
  '130  interrupted',
];

/** For verbs that change who owns objects, and show it first. */
export const ownershipOptions = {
  yes: { type: 'boolean', short: 'y', description: 'carry it out; without it nothing is changed' },
  object: {
    type: 'string',
    multiple: true,
    value: 'KIND/NAME',
    description: 'only this object, for example IPAddressPool/default (KIND/NAMESPACE/NAME where that is needed)',
  },
} as const;
