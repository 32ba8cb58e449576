import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { planJson } from '../../../src/domain/plan/plan-json.ts';
import type { Plan } from '../../../src/domain/plan/plan.ts';
import { printPlanMarkdown } from '../../../src/domain/plan/print-plan-markdown.ts';
import { printPlan } from '../../../src/domain/plan/print-plan.ts';

const live = { uid: 'u1', resourceVersion: '7' };
const apiVersion = 'metallb.io/v1beta1';

function id(name: string): Plan['changes'][number]['id'] {
  return { group: 'metallb.io', kind: 'IPAddressPool', namespace: 'metallb-system', name };
}

const plan: Plan = {
  formatVersion: 1,
  environment: 'dev',
  revision: 'r1',
  changes: [
    { action: 'delete', id: id('old'), step: 'pools', apiVersion, live },
    { action: 'release', id: id('theirs'), apiVersion, live, reason: 'it belongs to prod now' },
    { action: 'orphan', id: id('stays'), apiVersion, live, reason: 'sync.prune is off' },
    { action: 'forget', id: id('gone'), apiVersion },
  ],
  rails: [{ code: 'pool-in-use', id: id('old'), reason: '1 Service holds an address.', remedy: 'Put it back.' }],
  hash: `sha256:${'0'.repeat(64)}`,
};

describe('a plan that prunes', () => {
  it('says in text what goes, what stays and why, and what needs an approval', () => {
    const text = printPlan(plan);
    expect(text).toContain('    - delete IPAddressPool metallb-system/old\n');
    expect(text).toContain('IPAddressPool metallb-system/theirs: it belongs to prod now');
    expect(text).toContain('IPAddressPool metallb-system/stays: sync.prune is off');
    expect(text).toContain(
      `A sync of this plan needs an approval:\n  ! 1 Service holds an address.\n      Put it back.\n`,
    );
    expect(text).toContain('Plan against the cluster itself for the command that approves it.');
    expect(text).toContain('Plan: 0 to add, 0 to change, 1 to destroy.');
  });

  it('says the same in Markdown', () => {
    const text = printPlanMarkdown(plan);
    expect(text).toContain('- delete IPAddressPool metallb-system/old');
    expect(text).toContain(
      '**A sync of this plan needs an approval**\n\n- `1 Service holds an address.` `Put it back.`',
    );
  });

  it('names all that needs an approval and the command that gives it', () => {
    const command = `metalwave sync --env dev --approve ${plan.hash}`;
    const reasons = [{ reason: '2 Services may lose an address', remedy: undefined }, ...plan.rails];
    const asked = { ...plan, approval: { reasons, command } };
    expect(printPlan(asked)).toContain(
      `  ! 2 Services may lose an address.\n  ! 1 Service holds an address.\n      Put it back.\n  Where this is what you want, this approves this very plan and carries it out:\n      ${command}\n`,
    );
    expect(printPlanMarkdown(asked)).toContain(`- To approve this very plan: \`${command}\``);
    expect(planJson(asked)).toMatchObject({
      approval: {
        needed: true,
        command,
        reasons: [{ reason: '2 Services may lose an address' }, { remedy: 'Put it back.' }],
      },
    });
    expect(planJson({ ...plan, approval: { reasons: [], command } })['approval']).toEqual({
      needed: false,
      reasons: [],
    });
  });

  it('gives JSON of the published schema', () => {
    const schema: unknown = JSON.parse(
      readFileSync(new URL('../../../schemas/plan.schema.json', import.meta.url), 'utf8'),
    );
    const validate = new Ajv({ strict: false }).compile(schema as object);
    const json = planJson({ ...plan, approval: { reasons: plan.rails, command: 'metalwave sync' } });
    expect(validate(json) ? [] : validate.errors).toEqual([]);
    expect(json).toMatchObject({ summary: { destroy: 1, orphans: 1, released: 1 }, rails: [{ code: 'pool-in-use' }] });
  });
});
