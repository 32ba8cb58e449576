import { patterns } from '../../src/domain/metallb/patterns.ts';
import { closedObject, flag, integer, type JsonSchema, list, text } from './json-schema.ts';

function duration(description: string, fallback: string): JsonSchema {
  return text(description, { pattern: patterns.duration.pattern, maxLength: 64, default: fallback });
}

const retry = closedObject('What happens when a sync fails.', {
  limit: integer('How often it is tried again; 0 never.', { minimum: 0, maximum: 100, default: 3 }),
  backoff: closedObject('Pauses between attempts.', {
    duration: duration('The first pause.', '5s'),
    factor: integer('By what each pause is longer than the one before.', { minimum: 1, maximum: 10, default: 2 }),
    maxDuration: duration('The longest pause.', '3m'),
  }),
});

const window = closedObject(
  'Times at which a sync may or may not run.',
  {
    kind: text('What the window does.', { enum: ['allow', 'deny'] }),
    schedule: text('When it opens, in cron notation.', { minLength: 9, examples: ['0 22 * * 1-5'] }),
    duration: text('How long it stays open.', { pattern: patterns.duration.pattern, maxLength: 64, examples: ['2h'] }),
    timeZone: text('Time zone of the schedule, as in the IANA database.', {
      default: 'UTC',
      examples: ['Europe/Berlin'],
    }),
    manualSync: flag('Whether a person may start a sync outside all the same.', false),
  },
  { required: ['kind', 'schedule', 'duration'] },
);

/** `sync`. */
export const syncSchema: JsonSchema = closedObject('How the environment is brought to its cluster.', {
  automated: flag('Sync by itself when a revision differs.', false),
  prune: flag('Delete objects that are no longer in the configuration.', false),
  selfHeal: flag('Undo changes made in the cluster.', false),
  waveTimeout: duration('How long one wave may take to become healthy.', '5m'),
  retry,
  windows: list('Sync windows. Without any a sync may run at all times.', window, {
    default: [],
    examples: [[{ kind: 'deny', schedule: '0 8 * * 1-5', duration: '10h', timeZone: 'Europe/Berlin' }]],
  }),
  impactBudget: closedObject('How much of what is live one sync may change without an approval.', {
    services: integer('Services that may change or lose an address.', { minimum: 0, default: 0, examples: [2] }),
  }),
  rollback: closedObject('What happens when a sync is not healthy in time.', {
    onFailure: flag('Deploy the last healthy revision again, and quarantine the one that failed.', false),
  }),
});

const gate = closedObject(
  'One condition. Which keys beside `type` it needs depends on the type.',
  {
    type: text('What is asked.', { enum: ['soak', 'alerts', 'window', 'approval', 'http', 'prometheus'] }),
    duration: text('For soak: how long the change must have been healthy.', {
      pattern: patterns.duration.pattern,
      maxLength: 64,
      examples: ['24h'],
    }),
    count: integer('For approval: how many people must agree.', { minimum: 1, examples: [2] }),
    url: text('For http: the address that must answer 200.', {
      pattern: patterns.url.pattern,
      examples: ['https://checks.example.com/load-balancing'],
    }),
    query: text('For prometheus: the expression that must give a value other than 0.', {
      examples: ['min(probe_success{job="edge"})'],
    }),
  },
  { required: ['type'] },
);

/** `promotion`. */
export const promotionSchema: JsonSchema = closedObject('How changes arrive from another environment.', {
  from: text('The environment that changes are carried over from.', {
    pattern: patterns.dnsLabel.pattern,
    maxLength: 63,
    examples: ['dev'],
  }),
  gates: list('What must hold before they are; all of it.', gate, {
    default: [],
    examples: [
      [
        { type: 'soak', duration: '24h' },
        { type: 'approval', count: 2 },
      ],
    ],
  }),
});
