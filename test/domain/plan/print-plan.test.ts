import Ajv from 'ajv';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { planJson } from '../../../src/domain/plan/plan-json.ts';
import type { Plan } from '../../../src/domain/plan/plan.ts';
import { printPlanMarkdown } from '../../../src/domain/plan/print-plan-markdown.ts';
import { printPlan } from '../../../src/domain/plan/print-plan.ts';
import { applied, inventoryOf, object, planOf, pool } from './objects.ts';

const speaker = object(`
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: speaker, namespace: metallb-system}
spec: {template: {spec: {containers: [{name: speaker, image: quay.io/metallb/speaker:v0.15.2}]}}}`);
const rule = object(
  '{apiVersion: monitoring.coreos.com/v1, kind: PrometheusRule, metadata: {name: metallb, namespace: metallb-system}, spec: {}}',
);
const secret = object(
  '{apiVersion: v1, kind: Secret, metadata: {name: bgp, namespace: metallb-system}, stringData: {password: hunter2}}',
);

function everything(): Plan {
  const changed = pool('default', '192.168.1.220-192.168.1.250');
  const held = pool('held', '10.1.0.0/24');
  const gone = pool('gone', '10.2.0.0/24');
  const kept = pool('kept', '10.3.0.0/24');
  return planOf({
    rendered: [
      { step: 'speaker', object: speaker },
      { step: 'references', object: secret },
      { step: 'pools', object: changed },
      { step: 'pools', object: pool('fresh', '10.0.0.0/24') },
      { step: 'pools', object: held },
      { step: 'pools', object: kept },
      { step: 'rules', object: rule },
    ],
    live: [applied(pool('default', '192.168.1.240-192.168.1.250')), applied(held), applied(gone), applied(kept)],
    inventory: inventoryOf(gone, kept),
    dryRuns: [
      [changed, { kind: 'object', object: applied(changed) }],
      [held, { kind: 'conflict', conflicts: [{ manager: 'kubectl-edit', field: '.spec.addresses' }] }],
    ],
    missingKinds: ['monitoring.coreos.com/v1 PrometheusRule'],
  });
}

function config(text: string): ReturnType<typeof object> {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'frr', namespace: 'metallb-system' },
    data: { daemons: text },
  };
}

describe('printPlan', () => {
  it('prints each object with its fields, wave by wave, and the summary last', () => {
    expect(printPlan(everything())).toBe(`Plan for environment prod at 4c3a513

Wave 10 metallb
  step speaker
    + create DaemonSet metallb-system/speaker
        + image of speaker: "quay.io/metallb/speaker:v0.15.2"
  step references
    + create Secret metallb-system/bgp
        + stringData.password: (sensitive)
  step pools
    ~ update IPAddressPool metallb-system/default
        ~ spec.addresses[0]: "192.168.1.240-192.168.1.250" → "192.168.1.220-192.168.1.250"
    + create IPAddressPool metallb-system/fresh
        + spec.addresses: ["10.0.0.0/24"]

Conflicts: another manager owns these fields at other values, and Metalwave never forces.
  ! IPAddressPool metallb-system/held
      .spec.addresses is owned by kubectl-edit
  A sync stops before its first write. Set the fields to the live values in the configuration, or have the other
  manager give them up, then plan again.

Skipped:
    PrometheusRule metallb-system/metallb
  because the cluster does not serve monitoring.coreos.com/v1 PrometheusRule; install the Prometheus operator to have it, or set metallb.monitoring.enabled to false

No longer in the configuration:
    IPAddressPool metallb-system/gone: its label metalwave.io/environment was taken away
  They stay in the cluster. Delete them by hand where nothing uses them, or put them back into the configuration.

1 object unchanged.
Plan: 3 to add, 1 to change, 0 to destroy.
`);
  });

  it('begins with No changes where a sync would write nothing', () => {
    const kept = pool('kept', '10.3.0.0/24');
    const plan = planOf({
      rendered: [{ step: 'pools', object: kept }],
      live: [applied(kept)],
      inventory: inventoryOf(kept),
    });
    expect(printPlan(plan)).toBe('No changes. The cluster is as environment prod at 4c3a513 wants it (1 object).\n');
  });

  it('shows of a changed text only the lines that change', () => {
    const [before, after] = [applied(config('a\nb\nc\n')), applied(config('a\nB\nc\n'))];
    const plan = planOf({
      rendered: [{ step: 'access', object: config('a\nB\nc\n') }],
      live: [before],
      dryRuns: [[after, { kind: 'object', object: after }]],
    });
    expect(printPlan(plan)).toContain(`        ~ data.daemons: text changes
            - b
            + B
`);
  });

  it('cannot be made to move the cursor or turn the reading direction', () => {
    const hostile = planOf({ rendered: [{ step: 'pools', object: pool('p', '\u001B[2J\u202Eevil\u009B') }] });
    // eslint-disable-next-line no-control-regex
    expect(printPlan(hostile)).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u0080-\u009F\u202E]/u);
  });
});

describe('printPlanMarkdown', () => {
  it('prints the summary and a diff a wave', () => {
    expect(printPlanMarkdown(everything())).toContain(`### Metalwave plan · \`prod\` at \`4c3a513\`

**Plan: 3 to add, 1 to change, 0 to destroy.** 1 object unchanged.

<details open><summary>Wave 10 metallb</summary>

\`\`\`diff
@@ step speaker @@
+ create DaemonSet metallb-system/speaker
+     image of speaker: "quay.io/metallb/speaker:v0.15.2"
@@ step references @@
+ create Secret metallb-system/bgp
+     stringData.password: (sensitive)
@@ step pools @@
! update IPAddressPool metallb-system/default
!     spec.addresses[0]: "192.168.1.240-192.168.1.250" → "192.168.1.220-192.168.1.250"
`);
  });

  it('keeps hostile values inside their block', () => {
    const value = '```\n</details> @everyone <img src=x> [a](javascript:x)';
    const text = printPlanMarkdown(planOf({ rendered: [{ step: 'pools', object: pool('p', value) }] }));
    const fences = text.split('\n').filter((line) => /^`{3,}/u.test(line));
    expect(fences).toEqual(['````diff', '````']);
    const outside = text.split('````diff')[0] ?? '';
    expect(outside).not.toContain('@everyone');
  });

  it('fits a comment however large the plan is, and says what is missing', () => {
    const rendered = Array.from({ length: 2_000 }, (_, index) => ({
      step: 'pools' as const,
      object: pool(`pool-${index}`, '10.0.0.0/24'),
    }));
    const text = printPlanMarkdown(planOf({ rendered }));
    expect(text.length).toBeLessThan(65_000);
    expect(text).toContain('more: `metalwave plan` shows them all');
    expect(text).toContain('Plan: 2000 to add');
  });
});

describe('planJson', () => {
  const schema = JSON.parse(
    readFileSync(new URL('../../../schemas/plan.schema.json', import.meta.url), 'utf8'),
  ) as object;
  const validate = new Ajv.default({ allErrors: true, strict: true }).compile(schema);

  it('is what the published schema says, for every action', () => {
    const json: unknown = JSON.parse(JSON.stringify(planJson(everything())));
    expect(validate(json), JSON.stringify(validate.errors)).toBe(true);
    expect(json).toMatchObject({
      summary: { add: 3, change: 1, destroy: 0, unchanged: 1, conflicts: 1, skipped: 1, orphans: 1 },
    });
  });

  it('shows no secret', () => {
    expect(JSON.stringify(planJson(everything()))).not.toContain('hunter2');
  });

  it('has a schema that refuses what is no plan', () => {
    expect(validate({ formatVersion: 1 })).toBe(false);
    expect(validate({ ...planJson(everything()), changes: [{ action: 'explode' }] })).toBe(false);
  });
});
